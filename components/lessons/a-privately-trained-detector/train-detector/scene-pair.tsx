'use client';

import { useEffect, useRef } from 'react';
import type { WatchedScene } from '../experiments/train-detector';

const SIDE = 64;
type Boxes = readonly { box: readonly [number, number, number, number]; classId: number; score?: number }[];

const NAMES = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'symbol'];

export function SceneView({
  pixels,
  boxes,
  names = NAMES,
  dashed,
  colour,
  caption,
}: {
  pixels: Uint8Array;
  boxes: Boxes;
  /** Of the classes. */
  names?: readonly string[] | undefined;
  dashed: boolean;
  colour: string;
  caption: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const picture = context.createImageData(SIDE, SIDE);
    for (let i = 0; i < SIDE * SIDE; i++) {
      const grey = pixels[i] ?? 0;
      picture.data.set([grey, grey, grey, 255], i * 4);
    }
    context.putImageData(picture, 0, 0);
  }, [pixels]);
  const found = boxes.map(({ classId }) => names[classId]).join(', ');
  return (
    <figure className="min-w-0">
      <div
        className="relative aspect-square overflow-hidden rounded-control border border-line"
        role="img"
        aria-label={`${caption}: ${found === '' ? 'nothing' : found}`}
      >
        <canvas
          ref={canvas}
          width={SIDE}
          height={SIDE}
          className="absolute inset-0 h-full w-full [image-rendering:pixelated]"
        />
        <svg viewBox={`0 0 ${SIDE} ${SIDE}`} aria-hidden="true" className="absolute inset-0 h-full w-full">
          {boxes.map(({ box: [x1, y1, x2, y2], classId }) => (
            <g key={`${classId} ${x1} ${y1}`}>
              <rect
                x={x1}
                y={y1}
                width={Math.max(0, x2 - x1)}
                height={Math.max(0, y2 - y1)}
                fill="none"
                stroke={colour}
                strokeWidth="1"
                strokeDasharray={dashed ? '3 2' : undefined}
              />
              <rect
                x={x1}
                y={Math.max(0, y1 - 7)}
                width={1 + 4.2 * (names[classId] ?? '').length}
                height="7"
                fill={colour}
              />
              <text x={x1 + 1} y={Math.max(0, y1 - 7) + 5.8} fontSize="6.5" fill="var(--surface)">
                {names[classId]}
              </text>
            </g>
          ))}
        </svg>
      </div>
      <figcaption className="mt-1 text-xs text-secondary">
        {caption}: {found === '' ? 'nothing' : found}
      </figcaption>
    </figure>
  );
}

/** The same test scenes as the two models see them, one under the other. */
export function ScenePairs({
  scenes,
  label,
  names = NAMES,
}: {
  scenes: readonly WatchedScene[];
  label: string;
  names?: readonly string[] | undefined;
}) {
  return (
    <ul className="grid grid-cols-2 gap-3 @lg:grid-cols-4" aria-label={label}>
      {scenes.map((scene, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: always the same scenes in the same order
        <li key={index} className="grid gap-2">
          <SceneView
            pixels={scene.pixels}
            boxes={scene.plainBoxes}
            names={names}
            dashed
            colour="var(--plain)"
            caption="Plain"
          />
          <SceneView
            pixels={scene.pixels}
            boxes={scene.privateBoxes}
            names={names}
            dashed={false}
            colour="var(--private)"
            caption="Private"
          />
          <p className="text-xs text-secondary">
            In truth there: {scene.truth.map(({ classId }) => names[classId]).join(', ') || 'nothing'}
          </p>
        </li>
      ))}
    </ul>
  );
}
