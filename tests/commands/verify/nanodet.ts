/**
 * Checks NanoDet against reference values: layer by layer (files of the form of `nanodet_raw.json`) and detection by
 * detection (`nanodet_detections.json`). They were made with the published weights, unrounded, and so is what is compared;
 * the 8-bit weights that the site serves are then held to the same pictures with more room.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import {
  type Box,
  centredSquare,
  type Detection,
  iou,
  type PixelImage,
  readCheckpoint,
} from '@/lib/detection';
import { NANODET_WEIGHTS, NanoDet, NanoDetNetwork, readNanoDetWeights } from '@/lib/detection/nanodet';
import { decodeNanoDet } from '@/lib/detection/nanodet/decode';
import { kernels } from '@/lib/detection/networks';
import { startBackend } from '@/tests/harness/backend';
import { openSuite } from '@/tests/harness/chromium';
import { ROOT } from '@/tests/harness/root';
import {
  type Answered,
  publishedWeights,
  type Questioned,
  rawRun,
  type Stated,
  syntheticSquare,
} from '../../unit/detection/nanodet/support/run';
import { type CheckOptions, type CheckResult, isRecord, spread, Tally } from './contract';
import { find, readPixels } from './yolo-runner';

const PUBLISHED = join(ROOT, 'node_modules/@vladmandic/human/models/nanodet.bin');
const SITE = join(ROOT, 'public', NANODET_WEIGHTS.path);
const SAMPLES = join(ROOT, 'public/samples');

type Row = [x1: number, y1: number, x2: number, y2: number, score: number, classId: number];
interface RawReference extends Questioned {
  normalised: Stated;
  layers: Record<string, Stated>;
  head: { layer: string; positions: number[]; rows: number[][] }[];
  candidates: Row[];
}
interface Detections {
  conf: number;
  images: Record<string, { width: number; height: number; detections: Row[] }>;
}

/** Boxes that the two runs may disagree on: just above the confidence, a rounding decides. */
const LEAST_SCORE = 0.35;
const PUBLISHED_ROOM = { iou: 0.95, score: 0.02, words: 'IoU 0.95, score 0.02' };
const SITE_ROOM = { iou: 0.85, score: 0.08, words: 'IoU 0.85, score 0.08' };
const INPUT_SIZE = 416;

const isRaw = (json: Record<string, unknown>) =>
  isRecord(json.inputs) &&
  Object.values(json.inputs).some((input) => isRecord(input) && 'normalised' in input);

export const canCheck = (json: unknown): boolean =>
  isRecord(json) &&
  (isRaw(json) ||
    (isRecord(json.images) &&
      Object.values(json.images).some(
        (image) => isRecord(image) && isRecord(image.placement) && Array.isArray(image.detections),
      )));

type Weights = 'published' | 'site';

/** The network wherever it runs: in Node, or in Chromium. */
interface Runner {
  name: string;
  raw(picture: string | null, asked: Questioned): Promise<Answered>;
  detect(picture: string, confidence: number): Promise<Detection[]>;
  close(): Promise<void>;
}

export async function check(json: unknown, options: CheckOptions): Promise<CheckResult[]> {
  const file = json as Record<string, unknown>;
  const results: CheckResult[] = [];
  const kinds: Weights[] = isRaw(file) ? ['published'] : ['published', 'site'];
  for (const backend of options.backend ? [options.backend] : (['cpu', 'wasm'] as const))
    for (const weights of kinds) {
      // Plain JavaScript takes seconds a picture: it shows once that it agrees.
      if (weights === 'site' && !options.backend && backend === 'cpu') continue;
      const runner = options.backend
        ? await inChromium(options.backend, weights)
        : await inNode(backend as 'cpu' | 'wasm', weights);
      try {
        if (isRaw(file)) results.push(...(await checkRaw(file, runner, options)));
        else results.push(await checkDetections(file as unknown as Detections, runner, weights, options));
      } finally {
        await runner.close();
      }
    }
  return results;
}

async function checkRaw(
  file: Record<string, unknown>,
  runner: Runner,
  { path }: CheckOptions,
): Promise<CheckResult[]> {
  const layers = new Tally();
  const heads = new Tally();
  const boxes = new Tally();
  let skipped = 0;
  for (const [name, reference] of Object.entries(file.inputs as Record<string, RawReference>)) {
    const photo = /^([a-z]+)\d+$/.exec(name)?.[1];
    const picture = photo === 'synthetic' ? null : findPicture(`${photo}.jpg`, path);
    if (picture === undefined) {
      skipped++;
      continue;
    }
    const run = await runner.raw(picture, reference);
    compareStated(layers, `${name} input`, run.normalised, reference.normalised);
    for (const [layer, stated] of Object.entries(reference.layers))
      compareStated(layers, `${name} ${layer}`, run.layers[layer], stated);
    for (const { layer, positions, rows } of reference.head) {
      heads.cases += positions.length;
      const own = run.head.find((one) => one.layer === layer);
      for (const [i, row] of rows.entries())
        for (const [j, expected] of row.entries())
          heads.compare(
            `${name} ${layer} cell ${positions[i]}`,
            own?.rows[i]?.[j] ?? Number.NaN,
            expected,
            close(expected),
          );
    }
    if (run.values.length > 0) compareCandidates(boxes, name, run.values, reference);
  }
  const absent = { cases: skipped, why: 'the photo is neither beside the file nor in the shared folder' };
  const results = [
    layers.result(`layers, ${runner.name}`, '1e-3 relative (1e-4 absolute below 0.1)', absent),
    heads.result(`head rows, ${runner.name}`, '1e-3 relative (1e-4 absolute below 0.1)'),
  ];
  if (boxes.cases > 0) results.push(boxes.result(`candidates, ${runner.name}`, 'IoU 0.99, score 0.001'));
  return results;
}

const close = (expected: number) => (absolute: number) =>
  absolute <= 1e-3 * Math.max(0.1, Math.abs(expected));

function compareStated(tally: Tally, what: string, actual: Stated | undefined, expected: Stated): void {
  tally.cases++;
  if (actual?.shape.join() !== expected.shape.join()) {
    tally.fail(`${what}: shape ${actual?.shape}, expected ${expected.shape}`);
    return;
  }
  const pairs: [string, number, number][] = [
    ['mean', actual.mean, expected.mean],
    ['std', actual.std, expected.std],
    ['mean size', actual.absMean, expected.absMean],
    ...expected.samples.map((value, i): [string, number, number] => [
      `value ${expected.sampleAt[i]}`,
      actual.samples[i]!,
      value,
    ]),
  ];
  for (const [part, value, wanted] of pairs) tally.compare(`${what} ${part}`, value, wanted, close(wanted));
}

/** Every candidate of the reference is among ours before suppression. */
function compareCandidates(tally: Tally, name: string, values: number[], reference: RawReference): void {
  const least = Math.min(...reference.candidates.map((row) => row[4]));
  const own = decodeNanoDet(Float32Array.from(values), reference.size, {
    ...{ confidence: least - 0.002, iou: 1, everyName: true },
  });
  for (const [x1, y1, x2, y2, score, classId] of reference.candidates) {
    tally.cases++;
    const best = own
      .filter((one) => one.classId === classId && Math.abs(one.score - score) <= 0.001)
      .reduce((most, one) => Math.max(most, iou(one.box, [x1, y1, x2, y2])), 0);
    tally.compare(`${name} candidate of class ${classId} and score ${score}`, best, 1, (e) => e <= 0.01);
  }
}

async function checkDetections(
  { images, conf }: Detections,
  runner: Runner,
  weights: Weights,
  { path, pictures }: CheckOptions,
): Promise<CheckResult> {
  const tally = new Tally();
  const room = weights === 'published' ? PUBLISHED_ROOM : SITE_ROOM;
  const found = Object.entries(images).map(([name, image]) => ({
    name,
    rows: image.detections,
    picture: findPicture(name, path),
  }));
  const there = found.filter(({ picture }) => picture !== undefined);
  const chosen = spread(there, pictures ?? (runner.name.startsWith('cpu') ? 2 : undefined));
  for (const { name, rows, picture } of chosen) {
    tally.cases++;
    compareDetections(tally, name, await runner.detect(picture!, conf), rows, room);
  }
  const skipped = found.length - chosen.length;
  const words = weights === 'published' ? 'unrounded weights' : 'the site’s 8-bit weights';
  return tally.result(`detections, ${words}, ${runner.name}`, room.words, {
    cases: skipped,
    why:
      there.length < found.length
        ? 'pictures are missing (set SHARED_DIR)'
        : 'few pictures are enough on this backend',
  });
}

/** Each sure box of one is among the boxes of the other, both ways. */
function compareDetections(
  tally: Tally,
  name: string,
  own: readonly Detection[],
  rows: readonly Row[],
  room: { iou: number; score: number },
): void {
  const expected = rows.map(([x1, y1, x2, y2, score, classId]) => ({
    ...{ box: [x1, y1, x2, y2] as Box, score, classId },
  }));
  type Found = Pick<Detection, 'box' | 'score' | 'classId'>;
  const within = (what: string, some: readonly Found[], others: readonly Found[], least: number) => {
    for (const { box, score, classId } of some.filter((one) => one.score >= least)) {
      const same = others.filter((other) => other.classId === classId);
      const best = same.reduce<Found | null>(
        (most, other) => (!most || iou(other.box, box) > iou(most.box, box) ? other : most),
        null,
      );
      const label = `${name}: ${what} class ${classId} of score ${score.toFixed(3)}`;
      tally.compare(`${label}, IoU`, best ? iou(best.box, box) : 0, 1, (error) => error <= 1 - room.iou);
      if (best) tally.compare(`${label}, score`, best.score, score, (error) => error <= room.score);
    }
  };
  within('expected', expected, own, LEAST_SCORE);
  within('found', own, expected, LEAST_SCORE + room.score);
}

function findPicture(name: string, path: string): string | undefined {
  const own = join(SAMPLES, name.replace(/^sample\//, ''));
  if (name.startsWith('sample/')) return existsSync(own) ? own : undefined;
  return find(name, path, 'images');
}

async function inNode(backend: 'cpu' | 'wasm', kind: Weights): Promise<Runner> {
  await startBackend(backend);
  const weights =
    kind === 'published'
      ? publishedWeights(new Uint8Array(readFileSync(PUBLISHED)))
      : readNanoDetWeights(readCheckpoint(new Uint8Array(readFileSync(SITE))));
  const network = new NanoDetNetwork(weights, await kernels());
  const square = async (picture: string | null, size: number) =>
    picture ? centredSquare(await pixels(picture), size) : syntheticSquare(size);
  return {
    name: `${backend} in Node`,
    raw: async (picture, asked) => rawRun(network, await square(picture, asked.size), asked),
    detect: async (picture, confidence) =>
      new NanoDet(network, INPUT_SIZE).detect(await pixels(picture), { confidence, everyName: true }),
    close: async () => network.dispose(),
  };
}

const pixels = (picture: string): Promise<PixelImage> => readPixels(picture);

async function inChromium(backend: NonNullable<CheckOptions['backend']>, weights: Weights): Promise<Runner> {
  const suite = await openSuite('tests/pages/detection/nanodet.ts', {
    folders: { '/published/': dirname(PUBLISHED), '/site/': dirname(SITE), '/files/': '/' },
    timeout: 600_000,
  });
  const url = (path: string) =>
    `/files${resolve(dirname(path))
      .split('/')
      .map(encodeURIComponent)
      .join('/')}/${encodeURIComponent(basename(path))}`;
  const ask = async <Answer>(question: object) =>
    (await suite.call<{ answer: Answer }>({ backend, weights, ...question })).answer;
  return {
    name: `${backend} in Chromium`,
    raw: (picture, asked) => ask({ kind: 'raw', picture: picture && url(picture), asked }),
    detect: (picture, confidence) =>
      ask({ kind: 'detect', picture: url(picture), inputSize: INPUT_SIZE, confidence, everyName: true }),
    close: () => suite.close(),
  };
}
