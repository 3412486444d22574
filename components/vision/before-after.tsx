'use client';

import { useState } from 'react';
import type { RgbaPicture } from '@/lib/vision/pictures';
import { DetectionCanvas, type DetectionCanvasProps, widest } from './detection-canvas';

export interface BeforeAfterProps extends Omit<DetectionCanvasProps, 'before' | 'split'> {
  /** The same picture as it was; null while there is none to compare with. */
  before: RgbaPicture | null;
  /** What it is called after: "noisy". */
  after: string;
  /** What to do, before the line was moved. */
  hint?: string;
}

/** A picture before and after, with a line between that one drags across it, or moves with the arrow keys. */
export function BeforeAfter({
  before,
  after,
  hint = 'Drag across the picture to see it without the noise.',
  ...canvas
}: BeforeAfterProps) {
  const [percent, setPercent] = useState(0);
  const { picture } = canvas;
  // Frames of a camera may be a step apart: two pictures of different size are not one picture.
  const fits = picture && before && picture.width === before.width && picture.height === before.height;
  return (
    <div className="grid gap-1.5">
      <div
        className="relative mx-auto w-full rounded-control has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
        style={{ maxWidth: widest(picture ? picture.width / picture.height : (canvas.aspect ?? 1)) }}
      >
        <DetectionCanvas {...canvas} before={fits ? before : null} split={percent / 100} />
        {fits ? (
          <>
            <span
              aria-hidden="true"
              style={{ left: `clamp(1.25rem, ${percent}%, calc(100% - 1.25rem))` }}
              className="pointer-events-none absolute bottom-2 grid h-7 w-9 -translate-x-1/2 place-items-center rounded-full border border-white bg-black/75 text-sm text-white"
            >
              ◂▸
            </span>
            <input
              type="range"
              min={0}
              max={100}
              step={1}
              value={percent}
              aria-label="Clean picture, from the left"
              aria-valuetext={`${percent} % clean, the rest ${after}`}
              onChange={(event) => setPercent(Number(event.target.value))}
              // A finger that moves up or down scrolls the page.
              style={{ touchAction: 'pan-y' }}
              className="absolute inset-0 m-0 h-full w-full cursor-ew-resize opacity-0"
              data-before-after
            />
          </>
        ) : null}
      </div>
      <p className="text-sm text-secondary">
        {percent === 0
          ? hint
          : `Left of the line clean, right of it ${after}.${canvas.detections.length > 0 ? ` The boxes are those of the ${after} picture.` : ''}`}
      </p>
    </div>
  );
}
