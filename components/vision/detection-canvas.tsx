'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { useWidth } from '@/components/charts/use-width';
import { plural, wholePercent } from '@/components/ui/format';
import type { Detection } from '@/lib/detection/detector';
import type { RgbaPicture } from '@/lib/vision/pictures';

export interface DetectionCanvasProps {
  picture: RgbaPicture | null;
  detections: readonly Detection[];
  /** What is in the picture, in a sentence; the boxes are added in words. */
  alt: string;
  /** Boxes to compare with, dashed: those of the clean picture. */
  reference?: readonly Detection[];
  canvasRef?: RefObject<HTMLCanvasElement | null>;
  /** Keeps the room until the first picture is there. Width over height. */
  aspect?: number;
  /** The picture as it was, shown on the left of `split`. */
  before?: RgbaPicture | null;
  /** 0 … 1 of the width. */
  split?: number;
  /** What is found, in words: written onto the picture, for those who see its boxes. */
  found?: string;
  /** False where no detector has looked: nothing is then said of what it finds. */
  describes?: boolean;
}

/** The boxes in a sentence, strongest first. */
export function describeDetections(detections: readonly Detection[]): string {
  if (detections.length === 0) return 'The detector finds nothing.';
  const said = detections.slice(0, 8).map(({ className, score }) => `${className} ${wholePercent(score)}`);
  const more = detections.length > 8 ? `, and ${detections.length - 8} more` : '';
  const boxes = plural(detections.length, 'box', 'boxes');
  return `The detector draws ${boxes}: ${said.join(', ')}${more}.`;
}

function drawPixels(context: CanvasRenderingContext2D, picture: RgbaPicture, width: number, height: number) {
  const pixels = document.createElement('canvas');
  pixels.width = picture.width;
  pixels.height = picture.height;
  // A copy of the view: `ImageData` wants an array that nobody else can shrink.
  pixels
    .getContext('2d')
    ?.putImageData(new ImageData(new Uint8ClampedArray(picture.data), picture.width, picture.height), 0, 0);
  context.imageSmoothingQuality = 'high';
  context.drawImage(pixels, 0, 0, width, height);
}

/** The picture as it was, left of a line. */
function drawBefore(
  context: CanvasRenderingContext2D,
  before: RgbaPicture,
  split: number,
  width: number,
  height: number,
) {
  const at = split * width;
  context.save();
  context.beginPath();
  context.rect(0, 0, at, height);
  context.clip();
  drawPixels(context, before, width, height);
  context.restore();
  context.fillStyle = 'rgb(0 0 0 / 0.7)';
  context.fillRect(at - 2, 0, 4, height);
  context.fillStyle = '#ffffff';
  context.fillRect(at - 1, 0, 2, height);
}

function strokeBox(
  context: CanvasRenderingContext2D,
  [x1, y1, x2, y2]: Detection['box'],
  scale: number,
  color: string,
  dashed: boolean,
) {
  const place = [x1 * scale, y1 * scale, (x2 - x1) * scale, (y2 - y1) * scale] as const;
  context.setLineDash(dashed ? [6, 4] : []);
  // A dark line under a light one, or the box drowns in a picture of its own colour.
  context.lineWidth = dashed ? 3 : 5;
  context.strokeStyle = dashed ? 'rgb(255 255 255 / 0.75)' : 'rgb(255 255 255 / 0.9)';
  context.strokeRect(...place);
  context.lineWidth = dashed ? 1.5 : 2.5;
  context.strokeStyle = color;
  context.strokeRect(...place);
  context.setLineDash([]);
}

function labelBox(
  context: CanvasRenderingContext2D,
  text: string,
  [x1, y1]: Detection['box'],
  scale: number,
  color: string,
  width: number,
) {
  context.font = `600 13px ${getComputedStyle(document.body).fontFamily}`;
  const wide = context.measureText(text).width + 10;
  const high = 20;
  const left = Math.min(Math.max(0, x1 * scale - 1), Math.max(0, width - wide));
  const above = y1 * scale - high;
  const top = above >= 0 ? above : Math.max(0, y1 * scale);
  context.fillStyle = color;
  context.fillRect(left, top, wide, high);
  context.fillStyle = '#ffffff';
  context.textBaseline = 'middle';
  context.fillText(text, left + 5, top + high / 2 + 0.5);
}

/** A picture leaves room for the slider that disturbs it and for what is read of it: all on one screen. @param ratio width over height */
export const widest = (ratio: number) => `calc(var(--highest-picture) * ${ratio})`;

/** Colours on a photo do not follow the theme: the photo does not either. */
const BOX = '#1746c7';
const REFERENCE = '#a63a08';

/** A picture with the boxes a detector draws into it. */
export function DetectionCanvas({
  picture,
  detections,
  alt,
  reference,
  canvasRef,
  aspect = 1,
  before = null,
  split = 0,
  describes = true,
  found,
}: DetectionCanvasProps) {
  const box = useRef<HTMLDivElement>(null);
  const own = useRef<HTMLCanvasElement>(null);
  const canvas = canvasRef ?? own;
  const width = useWidth(box);
  const ratio = picture ? picture.width / picture.height : aspect;

  useEffect(() => {
    const target = canvas.current;
    const context = target?.getContext('2d');
    if (!target || !context || !picture || width === null || width === 0) return;
    const scale = width / picture.width;
    const height = Math.round(picture.height * scale);
    const density = Math.min(3, window.devicePixelRatio || 1);
    target.width = Math.round(width * density);
    target.height = Math.round(height * density);
    context.scale(density, density);

    drawPixels(context, picture, width, height);
    if (before && split > 0) drawBefore(context, before, split, width, height);
    for (const one of reference ?? []) strokeBox(context, one.box, scale, REFERENCE, true);
    for (const one of detections) strokeBox(context, one.box, scale, BOX, false);
    // Labels last: none lies under a box. The strongest on top.
    for (const one of [...detections].reverse())
      labelBox(context, `${one.className} ${wholePercent(one.score)}`, one.box, scale, BOX, width);
  }, [picture, detections, reference, width, canvas, before, split]);

  return (
    <div
      ref={box}
      className="relative mx-auto w-full overflow-hidden rounded-control bg-line"
      style={{ aspectRatio: ratio, maxWidth: widest(ratio) }}
    >
      <canvas
        ref={canvas}
        role="img"
        aria-label={
          picture ? (describes ? `${alt} ${describeDetections(detections)}` : alt) : 'The picture is loading.'
        }
        data-detections={picture && describes ? detections.length : undefined}
        className="absolute inset-0 h-full w-full"
      />
      {found ? (
        <span
          aria-hidden="true"
          data-found
          className="pointer-events-none absolute right-2 bottom-2 rounded-control bg-black/75 px-2.5 py-1 font-semibold text-white tabular-nums"
        >
          {found}
        </span>
      ) : null}
    </div>
  );
}
