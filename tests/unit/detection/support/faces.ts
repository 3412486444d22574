/** The face detector in Node, with the weights of the installed package, and its reference values. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { type Detection, iou } from '@/lib/detection';
import type { LoadOptions } from '@/lib/detection/faces';
import { ROOT } from '@/tests/harness/root';

export const PACKAGE = join(ROOT, 'node_modules/@vladmandic/face-api');
export const demoPhoto = (name: string) => join(PACKAGE, 'demo', name);

/** Serves the package's files as the site would. */
export const fromPackage: LoadOptions = {
  assetUrl: (path) => `/site/${path}`,
  fetch: async (url) => new Response(await readFile(join(PACKAGE, 'model', basename(url)))),
};

type Row = [x1: number, y1: number, x2: number, y2: number, score: number];
interface Raw {
  shape: [number, number, number, number];
  first20: number[];
  mean: number;
  absmax: number;
}
export interface FaceReference {
  images: Record<string, { width: number; height: number; [key: `${number}_tensor`]: Row[] }>;
  synthetic: Record<string, Raw>;
}

export const faceReference = JSON.parse(
  readFileSync(join(ROOT, 'tests/fixtures/reference/tiny_face_detections.json'), 'utf8'),
) as FaceReference;

export const rawOf = (name: string, size: number) =>
  (faceReference.images[name] as unknown as Record<string, Raw | undefined>)[`${size}_raw`];

/** Every picture and input size the reference has boxes for, given to the network as a tensor. */
export const referenceCases = Object.entries(faceReference.images).flatMap(([name, image]) =>
  Object.keys(image)
    .filter((key) => key.endsWith('_tensor'))
    .map((key) => ({ name, size: Number.parseInt(key, 10) })),
);

/** Same faces in the same order: IoU ≥ 0.99 and scores within 0.005. */
export function expectReferenceFaces(found: readonly Detection[], name: string, size: number): void {
  const expected = faceReference.images[name]![`${size}_tensor`]!;
  expect(found).toHaveLength(expected.length);
  for (const [i, [x1, y1, x2, y2, score]] of expected.entries()) {
    expect(iou(found[i]!.box, [x1, y1, x2, y2])).toBeGreaterThanOrEqual(0.99);
    expect(Math.abs(found[i]!.score - score)).toBeLessThanOrEqual(0.005);
  }
}

/** First values, mean and largest magnitude as recorded, each to `tolerance` relative (absolute below 1). */
export function expectLogits(logits: ArrayLike<number>, expected: Raw, tolerance = 1e-3): void {
  const values = Array.from(logits);
  const close = (actual: number, wanted: number) =>
    expect(Math.abs(actual - wanted)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(wanted)));
  expect(values).toHaveLength(expected.shape.reduce((product, side) => product * side, 1));
  for (const [i, value] of expected.first20.entries()) close(values[i]!, value);
  close(values.reduce((sum, x) => sum + x, 0) / values.length, expected.mean);
  close(
    values.reduce((max, x) => Math.max(max, Math.abs(x)), 0),
    expected.absmax,
  );
}
