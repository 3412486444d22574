'use client';

import { useEffect, useRef } from 'react';

const SIDE = 28;

/** A digit as ink on paper. @param name what it is, for those who do not see it */
export function Picture({ pixels, name }: { pixels: Uint8Array; name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const picture = context.createImageData(SIDE, SIDE);
    for (let i = 0; i < SIDE * SIDE; i++) {
      // MNIST stores white on black.
      const grey = 255 - (pixels[i] ?? 0);
      picture.data.set([grey, grey, grey, 255], i * 4);
    }
    context.putImageData(picture, 0, 0);
  }, [pixels]);
  return (
    <canvas
      ref={canvas}
      width={SIDE}
      height={SIDE}
      role="img"
      aria-label={name}
      className="aspect-square w-full max-w-44 rounded border border-line [image-rendering:pixelated]"
    />
  );
}
