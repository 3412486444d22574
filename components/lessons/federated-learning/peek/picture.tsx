'use client';

import { useEffect, useRef } from 'react';

const SIDE = 28;

/** A picture of 28 × 28 grey values from 0 (paper) to 1 (ink). What it shows is said beside it. */
export function Picture({ values }: { values: ArrayLike<number> }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const picture = context.createImageData(SIDE, SIDE);
    for (let i = 0; i < SIDE * SIDE; i++) {
      const grey = 255 * (1 - (values[i] ?? 0));
      picture.data.set([grey, grey, grey, 255], i * 4);
    }
    context.putImageData(picture, 0, 0);
  }, [values]);
  return (
    <canvas
      ref={canvas}
      width={SIDE}
      height={SIDE}
      className="aspect-square w-full max-w-36 rounded border border-line [image-rendering:pixelated]"
    />
  );
}
