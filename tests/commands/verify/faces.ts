/** Checks the face detector against reference boxes and logits (files of the form of `tiny_face_detections.json`). */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { type Box, type Detection, iou, topLeftSquare } from '@/lib/detection';
import { loadFaceWeights, TinyFaceNetwork, TinyYoloFaces } from '@/lib/detection/faces';
import { STOCK_CONVOLVE } from '@/lib/detection/networks';
import { startBackend } from '@/tests/harness/backend';
import { openSuite } from '@/tests/harness/chromium';
import { ROOT } from '@/tests/harness/root';
import { readPicture } from '@/tests/unit/detection/support/pictures';
import { synthetic } from '@/tests/unit/detection/support/synthetic';
import { type CheckOptions, type CheckResult, isRecord, Tally } from './contract';

const PACKAGE = join(ROOT, 'node_modules/@vladmandic/face-api');
const CONFIDENCE = 0.5;

type Row = [x1: number, y1: number, x2: number, y2: number, score: number];
interface Logits {
  shape: number[];
  first20: number[];
  mean: number;
  absmax: number;
}
interface Reference {
  images: Record<string, Record<string, unknown>>;
  synthetic?: Record<string, Logits>;
}

export function canCheck(json: unknown): boolean {
  return (
    isRecord(json) &&
    isRecord(json.images) &&
    Object.values(json.images).some(
      (image) => isRecord(image) && Object.keys(image).some((key) => /^\d+_tensor$/.test(key)),
    )
  );
}

/** The detector wherever it runs: in Node, or in Chromium. */
interface Runner {
  name: string;
  detect(photo: string, size: number): Promise<Detection[]>;
  photoLogits(photo: string, size: number): Promise<ArrayLike<number>>;
  syntheticLogits(size: number): Promise<ArrayLike<number>>;
  close(): Promise<void>;
}

export async function check(json: unknown, options: CheckOptions): Promise<CheckResult[]> {
  const reference = json as Reference;
  const results: CheckResult[] = [];
  for (const backend of options.backend ? [options.backend] : (['cpu', 'wasm'] as const)) {
    const runner = options.backend
      ? await inChromium(options.backend, options.path)
      : await inNode(backend as 'cpu' | 'wasm');
    try {
      results.push(
        await checkBoxes(reference, runner, options.path),
        await checkLogits(reference, runner, options.path),
      );
    } finally {
      await runner.close();
    }
  }
  return results;
}

/** `SIZE_tensor`: the same faces in the same order. `SIZE_image` went through a browser's canvas, which we do not use. */
async function checkBoxes({ images }: Reference, runner: Runner, path: string): Promise<CheckResult> {
  const tally = new Tally();
  let skipped = 0;
  for (const [name, image] of Object.entries(images))
    for (const [key, rows] of Object.entries(image)) {
      const size = Number(/^(\d+)_tensor$/.exec(key)?.[1]);
      if (!size) continue;
      const photo = findPhoto(name, path);
      if (!photo) {
        skipped++;
        continue;
      }
      tally.cases++;
      compareBoxes(tally, `${name} at ${size}`, await runner.detect(photo, size), rows as Row[]);
    }
  return tally.result(`boxes, ${runner.name}`, 'IoU 0.99, score 0.005', {
    cases: skipped,
    why: 'the photo is neither beside the file nor in the package',
  });
}

function compareBoxes(tally: Tally, what: string, found: readonly Detection[], rows: readonly Row[]): void {
  if (found.length !== rows.length) tally.fail(`${what}: ${found.length} faces, expected ${rows.length}`);
  for (const [i, row] of rows.entries()) {
    const face = found[i];
    if (!face) return;
    tally.compare(
      `${what}, face ${i + 1}, IoU`,
      iou(face.box, row.slice(0, 4) as unknown as Box),
      1,
      (e) => e <= 0.01,
    );
    tally.compare(`${what}, face ${i + 1}, score`, face.score, row[4], (error) => error <= 0.005);
  }
}

async function checkLogits(reference: Reference, runner: Runner, path: string): Promise<CheckResult> {
  const tally = new Tally();
  let skipped = 0;
  for (const [size, expected] of Object.entries(reference.synthetic ?? {}))
    compareLogits(tally, `synthetic ${size}`, await runner.syntheticLogits(Number(size)), expected);
  for (const [name, image] of Object.entries(reference.images))
    for (const [key, expected] of Object.entries(image)) {
      const size = Number(/^(\d+)_raw$/.exec(key)?.[1]);
      if (!size) continue;
      const photo = findPhoto(name, path);
      if (photo)
        compareLogits(tally, `${name} at ${size}`, await runner.photoLogits(photo, size), expected as Logits);
      else skipped++;
    }
  return tally.result(`logits, ${runner.name}`, '2e-3 relative (absolute below 1)', {
    cases: skipped,
    why: 'the photo is neither beside the file nor in the package',
  });
}

function compareLogits(tally: Tally, what: string, actual: ArrayLike<number>, expected: Logits): void {
  tally.cases++;
  const logits = Array.from(actual);
  const within = (wanted: number) => (absolute: number) => absolute <= 2e-3 * Math.max(1, Math.abs(wanted));
  const count = expected.shape.reduce((product, side) => product * side, 1);
  if (logits.length !== count) tally.fail(`${what}: ${logits.length} values, expected ${count}`);
  const mean = logits.reduce((sum, value) => sum + value, 0) / logits.length;
  const largest = logits.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const pairs = [...expected.first20.map((value, i) => [logits[i] ?? Number.NaN, value] as const)];
  pairs.push([mean, expected.mean], [largest, expected.absmax]);
  for (const [value, wanted] of pairs) tally.compare(what, value, wanted, within(wanted));
}

function findPhoto(name: string, path: string): string | null {
  return [join(dirname(path), name), join(PACKAGE, 'demo', name)].find((file) => existsSync(file)) ?? null;
}

async function inNode(backend: 'cpu' | 'wasm'): Promise<Runner> {
  await startBackend(backend);
  const network = new TinyFaceNetwork(
    await loadFaceWeights({
      assetUrl: (path) => path,
      fetch: async (url) => new Response(await readFile(join(PACKAGE, 'model', basename(url)))),
    }),
    STOCK_CONVOLVE,
  );
  const forward = async (square: Float32Array, size: number) => {
    const output = tf.tidy(() => network.forward(tf.tensor4d(square, [1, size, size, 3])));
    const logits = await output.data();
    output.dispose();
    return logits;
  };
  return {
    name: `${backend} in Node`,
    detect: async (photo, size) =>
      new TinyYoloFaces(network, size).detect(await readPicture(photo), { confidence: CONFIDENCE }),
    photoLogits: async (photo, size) => forward(topLeftSquare(await readPicture(photo), size), size),
    syntheticLogits: (size) => forward(synthetic(size), size),
    close: async () => network.dispose(),
  };
}

async function inChromium(backend: NonNullable<CheckOptions['backend']>, path: string): Promise<Runner> {
  const suite = await openSuite('tests/pages/detection/faces.ts', {
    folders: {
      '/model/': join(PACKAGE, 'model'),
      '/photos/': join(PACKAGE, 'demo'),
      '/beside/': resolve(dirname(path)),
    },
  });
  const url = (photo: string) =>
    `${dirname(photo) === join(PACKAGE, 'demo') ? '/photos' : '/beside'}/${basename(photo)}`;
  const ask = async <Answer>(question: object) =>
    (await suite.call<{ answer: Answer }>({ backend, ...question })).answer;
  return {
    name: `${backend} in Chromium`,
    detect: (photo, inputSize) =>
      ask({ kind: 'detect', photo: url(photo), inputSize, confidence: CONFIDENCE }),
    photoLogits: (photo, size) => ask({ kind: 'photo-logits', photo: url(photo), size }),
    syntheticLogits: (size) => ask({ kind: 'synthetic', size }),
    close: () => suite.close(),
  };
}
