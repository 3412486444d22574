'use client';

import { useEffect, useRef } from 'react';

const SIDE = 28;

interface DigitPictureProps {
  /** 28 × 28 values from 0 (paper). */
  pixels: ArrayLike<number>;
  /** The value of full ink. */
  ink?: number;
  /** Its size, and the like. */
  className: string;
  /** What it is, for those who do not see it; left out where what stands around it says so. */
  name?: string;
}

/** A digit of MNIST. */
export function DigitPicture({ pixels, ink = 255, className, name }: DigitPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const picture = context.createImageData(SIDE, SIDE);
    for (let i = 0; i < SIDE * SIDE; i++) {
      // Ink on paper: MNIST stores white on black.
      const grey = 255 * (1 - (pixels[i] ?? 0) / ink);
      picture.data.set([grey, grey, grey, 255], i * 4);
    }
    context.putImageData(picture, 0, 0);
  }, [pixels, ink]);
  return (
    <canvas
      ref={canvas}
      width={SIDE}
      height={SIDE}
      {...(name === undefined ? {} : { role: 'img', 'aria-label': name })}
      className={`rounded border border-line [image-rendering:pixelated] ${className}`}
    />
  );
}
