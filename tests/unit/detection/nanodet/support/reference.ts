/** NanoDet's reference values, its two sets of weights, and the site's sample pictures, in Node. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Box, type Detection, iou, readCheckpoint } from '@/lib/detection';
import { type LoadOptions, NANODET_WEIGHTS, readNanoDetWeights } from '@/lib/detection/nanodet';
import { ROOT } from '@/tests/harness/root';
import { type Answered, publishedWeights, type Questioned, type Stated } from './run';

const read = (path: string) => readFileSync(join(ROOT, path));
const json = (name: string) => JSON.parse(read(`tests/fixtures/reference/${name}`).toString());

export const PUBLISHED_FOLDER = join(ROOT, 'node_modules/@vladmandic/human/models');
export const SITE_FOLDER = join(ROOT, 'public/models/nanodet');

/** Half floats, as the references were made with. */
export const published = () =>
  publishedWeights(new Uint8Array(readFileSync(join(PUBLISHED_FOLDER, 'nanodet.bin'))));
/** 8 bits, as served. */
export const served = () =>
  readNanoDetWeights(readCheckpoint(new Uint8Array(read(`public/${NANODET_WEIGHTS.path}`))));

/** Serves the prepared file as the site would. */
export const fromSite: LoadOptions = {
  assetUrl: (path) => `/site/${path}`,
  fetch: async (url) => new Response(await readFile(join(ROOT, 'public', url.replace('/site/', '')))),
};

export interface RawReference extends Questioned {
  normalised: Stated;
  layers: Record<string, Stated>;
  head: Answered['head'];
}
export const rawReference = json('nanodet_raw.json').inputs as Record<string, RawReference>;

type Row = [x1: number, y1: number, x2: number, y2: number, score: number, classId: number];
/** By file name in `public/samples`; every score of 0.25 or more, every name. */
export const sampleReference = Object.fromEntries(
  Object.entries(json('nanodet_samples.json').images as Record<string, { detections: Row[] }>).map(
    ([name, { detections }]) => [name.replace('sample/', ''), detections],
  ),
);

/** Input, layers and head rows within 1e-3 relative (1e-4 absolute below 0.1). */
export function expectRaw(run: Answered, reference: RawReference): void {
  const wrong: string[] = [];
  const compare = (what: string, actual: number, expected: number) => {
    if (!(Math.abs(actual - expected) <= 1e-3 * Math.max(0.1, Math.abs(expected))))
      wrong.push(`${what}: ${actual}, expected ${expected}`);
  };
  const stated = (name: string, actual: Stated | undefined, expected: Stated) => {
    expect([name, actual?.shape]).toEqual([name, expected.shape]);
    compare(`${name} mean`, actual!.mean, expected.mean);
    compare(`${name} std`, actual!.std, expected.std);
    compare(`${name} mean size`, actual!.absMean, expected.absMean);
    for (const [i, value] of expected.samples.entries()) compare(`${name} ${i}`, actual!.samples[i]!, value);
  };
  stated('input', run.normalised, reference.normalised);
  for (const [name, layer] of Object.entries(reference.layers)) stated(name, run.layers[name], layer);
  for (const { layer, rows } of reference.head) {
    const own = run.head.find((head) => head.layer === layer)!;
    for (const [i, row] of rows.entries())
      for (const [j, value] of row.entries())
        compare(`${layer} row ${i} value ${j}`, own.rows[i]![j]!, value);
  }
  expect(wrong).toEqual([]);
  expect(run.leaked).toBe(0);
}

/** The same boxes in the same order, but for those within reach of the threshold. */
export function expectSame(
  found: readonly Detection[],
  rows: readonly Row[],
  room: { iou: number; score: number },
): void {
  const least = 0.35;
  for (const [x1, y1, x2, y2, score, classId] of rows.filter((row) => row[4] >= least)) {
    const box: Box = [x1, y1, x2, y2];
    const best = found
      .filter((one) => one.classId === classId && Math.abs(one.score - score) <= room.score)
      .reduce((most, one) => Math.max(most, iou(one.box, box)), 0);
    expect([classId, score, best >= room.iou]).toEqual([classId, score, true]);
  }
  const sure = found.filter(({ score }) => score >= least + room.score);
  for (const { box, classId } of sure) {
    const best = rows
      .filter((row) => row[5] === classId)
      .reduce((most, [x1, y1, x2, y2]) => Math.max(most, iou(box, [x1, y1, x2, y2])), 0);
    expect([classId, best >= room.iou]).toEqual([classId, true]);
  }
}
