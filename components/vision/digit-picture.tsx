'use client';

import { useEffect, useRef } from 'react';

const SIDE = 28;

/** A digit of MNIST. What stands around it says which. @param className its size, and the like */
export function DigitPicture({ pixels, className }: { pixels: Uint8Array; className: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const picture = context.createImageData(SIDE, SIDE);
    for (let i = 0; i < SIDE * SIDE; i++) {
      // Ink on paper: MNIST stores white on black.
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
      className={`rounded border border-line [image-rendering:pixelated] ${className}`}
    />
  );
}
