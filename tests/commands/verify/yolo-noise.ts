/**
 * Checks accuracy under noise (files of the form of `yolo_noise_ap.json`): the same network, pictures and labels, and the
 * very noise the file describes by its seeds: `default_rng(1000*k+i)` for the k-th amount and the i-th picture. Other draws
 * of the noise move these figures by more than most mistakes would, so no other draw could tell one from the other.
 */
import { existsSync, readFileSync } from 'node:fs';
import {
  averagePrecision,
  centredSquare,
  type EvaluatedPicture,
  fromSquare,
  type PixelImage,
  parseYoloLabels,
  placeCentred,
} from '@/lib/detection';
import { loadYolo } from '@/lib/detection/networks';
import { startBackend } from '@/tests/harness/backend';
import { type CheckOptions, type CheckResult, isRecord, Tally } from './contract';
import { numpyNormals } from './numpy-random';
import { absent, find, findWeights, readPixels } from './yolo-runner';

interface Reference {
  imgsz: number;
  conf: number;
  pictures: string[];
  results: Record<string, { mAP50: number; mAP50_95: number; detections_ge_025: number }>;
}

const SEEN = 0.25;
/** Absolute, of mAP. */
const ROOM = 0.02;
const ROOM_WITHOUT_NOISE = 0.005;

export const canCheck = (json: unknown): boolean =>
  isRecord(json) &&
  Array.isArray(json.pictures) &&
  isRecord(json.results) &&
  Object.keys(json.results).every((key) => /^(image|input)_[\d.]+$/.test(key));

export async function check(json: unknown, { path, backend }: CheckOptions): Promise<CheckResult[]> {
  const reference = json as Reference;
  const name = 'accuracy under noise, wasm in Node';
  if (backend && backend !== 'wasm') return [absent(name, 'this takes hundreds of inferences: only on wasm')];
  const weights = findWeights(json as Record<string, unknown>, path);
  if (typeof weights !== 'string') return [weights];
  const set = await Promise.all(reference.pictures.map((picture) => load(picture, path)));
  const missing = reference.pictures.filter((_, i) => !set[i]);
  if (missing.length > 0) return [absent(name, `${missing[0]} or its labels are not there (set SHARED_DIR)`)];

  await startBackend('wasm');
  const { imgsz: size, conf } = reference;
  const detector = await loadYolo(new Uint8Array(readFileSync(weights)), { inputSize: size });
  const accuracy = new Tally();
  const counts = new Tally();
  const keys = Object.entries(reference.results).map(([key, expected]) => {
    const [kind, amount] = key.split('_') as ['image' | 'input', string];
    return { key, kind, sigma: Number(amount), expected };
  });
  const amounts = [...new Set(keys.map(({ sigma }) => sigma))].sort((a, b) => a - b);
  for (const [k, sigma] of amounts.entries()) {
    const wanted = keys.filter((each) => each.sigma === sigma);
    const evaluated = wanted.map((): EvaluatedPicture[] => []);
    for (const [i, picture] of set.entries()) {
      const { image, labels } = picture!;
      // One draw serves both kinds: the smaller picture takes the first of its numbers.
      const noise = normals(1000 * k + i, sigma, Math.max(image.data.length, 3 * size * size));
      for (const [at, { kind }] of wanted.entries()) {
        const square =
          kind === 'image'
            ? centredSquare(noisyImage(image, noise), size)
            : add(centredSquare(image, size), noise);
        const place = placeCentred(image, size);
        const found = await detector.detectInSquare(square, { confidence: conf });
        const predictions = found.map((row) => ({ ...row, box: fromSquare(row.box, place, image) }));
        evaluated[at]!.push({ predictions, groundTruth: labels });
      }
    }
    for (const [at, { key, expected }] of wanted.entries()) {
      const measured = averagePrecision(evaluated[at]!);
      const room = sigma === 0 ? ROOM_WITHOUT_NOISE : ROOM;
      const close = (error: number) => error <= room;
      accuracy.cases += 2;
      accuracy.compare(`${key} mAP50`, measured.mAP50 ?? 0, expected.mAP50, close);
      accuracy.compare(`${key} mAP50-95`, measured.mAP50_95 ?? 0, expected.mAP50_95, close);
      const seen = evaluated[at]!.flatMap(({ predictions }) => predictions).filter(
        ({ score }) => score >= SEEN,
      );
      counts.cases++;
      counts.compare(
        `${key} detections`,
        seen.length,
        expected.detections_ge_025,
        (error, relative) => error <= 1 || relative <= 0.1,
      );
    }
  }
  detector.dispose();
  return [
    accuracy.result(name, `mAP ${ROOM}, ${ROOM_WITHOUT_NOISE} without noise`),
    counts.result(`detections of score ${SEEN} or more, wasm in Node`, '10 %, or one'),
  ];
}

interface Prepared {
  image: PixelImage;
  labels: EvaluatedPicture['groundTruth'];
}

async function load(picture: string, path: string): Promise<Prepared | null> {
  const file = find(picture, path, 'images');
  const text = find(`labels/${picture.replace(/\.\w+$/, '.txt')}`, path, 'images');
  if (!file || !text || !existsSync(text)) return null;
  const image = await readPixels(file);
  const labels = parseYoloLabels(readFileSync(text, 'utf8'), image);
  return { image, labels };
}

/** sigma times standard normal numbers, in float32 as the file has them. */
function normals(seed: number, sigma: number, count: number): Float32Array {
  const noise = new Float32Array(count);
  if (sigma === 0) return noise;
  numpyNormals(seed, count, (value, index) => {
    noise[index] = value;
  });
  const amount = Math.fround(sigma);
  for (let index = 0; index < count; index++) noise[index] = noise[index]! * amount;
  return noise;
}

/** Pixels with noise, held within 0 and 1. */
function add(pixels: Float32Array, noise: Float32Array): Float32Array {
  return pixels.map((value, index) => Math.min(1, Math.max(0, value + noise[index]!)));
}

/** On the picture as decoded, rounded to 8 bits as a camera or file would. */
function noisyImage(image: PixelImage, noise: Float32Array): PixelImage {
  return { ...image, data: add(image.data, noise).map((value) => Math.round(value * 255) / 255) };
}
