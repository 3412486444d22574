/**
 * Checks YOLO networks against reference values: layer by layer (files of the form of `yolo26n_raw.json`) and detection
 * by detection (`yolo26n_detections.json`). Sizes, layers, pictures and input formula are read from the file; weights and
 * pictures are looked for beside it, in `../models` and `../images`, and in the folder SHARED_DIR.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Box, type Detection, iou } from '@/lib/detection';
import { anchors, decodeDetections, type SquareDetection } from '@/lib/detection/networks';
import type { Head } from '@/lib/detection/networks/plan';
import { SHARED } from '@/tests/harness/shared-files';
import type { RawRun } from '../../unit/detection/networks/support/run';
import { type Summary, summarise, type Wave, wave } from '../../unit/detection/networks/support/summary';
import { type CheckOptions, type CheckResult, isRecord, spread, Tally } from './contract';
import { find, findWeights, inChromium, inNode, type Runner, sha256 } from './yolo-runner';

interface LayerReference {
  shape_hwc: number[];
  mean: number;
  std: number;
  absmax: number;
  first8_hwc: number[];
  center8: number[];
}
interface HeadReference {
  shape: number[];
  first20: number[];
  mean: number;
  std: number;
  absmax: number;
}
interface SizeReference {
  input_mean?: number;
  layers: Record<string, LayerReference>;
  boxes_raw: HeadReference;
  logits: HeadReference;
  decoded?: HeadReference;
  top10?: number[][];
  boxes_raw_full?: number[][];
  logits_full?: number[][];
}
type Row = [x1: number, y1: number, x2: number, y2: number, score: number, classId: number];
interface PictureReference {
  sha256?: string;
  [key: string]: unknown;
}

export interface YoloCheckOptions extends CheckOptions {
  /** Only four pictures at their smallest size (one on the slow cpu backend). */
  quick?: boolean;
}

const RAW_TOLERANCE = 1e-3;
const LEAST_SCORE = 0.35;

export function canCheck(json: unknown): boolean {
  return isRaw(json) || isDetections(json);
}

function isRaw(json: unknown): boolean {
  return (
    isRecord(json) &&
    sizes(json).some((size) => isRecord(json[size]) && 'boxes_raw' in (json[size] as object))
  );
}

function isDetections(json: unknown): boolean {
  if (!isRecord(json) || !isRecord(json.images)) return false;
  return Object.values(json.images).some(
    (image) =>
      isRecord(image) &&
      sizes(image).some((size) => isRecord(image[size]) && 'detections' in (image[size] as object)),
  );
}

const sizes = (json: object) => Object.keys(json).filter((key) => /^\d+$/.test(key));

export async function check(json: unknown, options: YoloCheckOptions): Promise<CheckResult[]> {
  const file = json as Record<string, unknown>;
  const weights = findWeights(file, options.path);
  if (typeof weights !== 'string') return [weights];
  const results: CheckResult[] = [];
  for (const backend of options.backend ? [options.backend] : (['cpu', 'wasm'] as const)) {
    const runner = options.backend
      ? await inChromium(options.backend, weights)
      : await inNode(backend as 'cpu' | 'wasm', weights);
    try {
      if (isRaw(file)) results.push(...(await checkRaw(file, runner)));
      else results.push(...(await checkDetections(file, runner, options)));
    } finally {
      await runner.close();
    }
  }
  return results;
}

// — layer by layer —

async function checkRaw(file: Record<string, unknown>, runner: Runner): Promise<CheckResult[]> {
  const layers = new Tally();
  const heads = new Tally();
  const decoded = new Tally();
  const formula = parseFormula(String(file.formula));
  for (const key of sizes(file)) {
    const reference = file[key] as SizeReference;
    const size = Number(key);
    const run = await runner.raw(size, formula);
    const input = summarise(wave(formula, size), [size, size, 3]);
    if (reference.input_mean !== undefined)
      compare(layers, `${key} input mean`, input.mean, reference.input_mean, input.std);
    for (const [index, layer] of Object.entries(reference.layers)) {
      layers.cases++;
      compareLayer(layers, `${key} layer ${index}`, run.layers[Number(index)], layer);
    }
    heads.cases += 2;
    compareHead(heads, `${key} boxes`, run.boxes.summary, reference.boxes_raw);
    compareHead(heads, `${key} logits`, run.logits.summary, reference.logits);
    compareRows(heads, `${key} boxes`, run.boxes, reference.boxes_raw_full, reference.boxes_raw.std);
    compareRows(heads, `${key} logits`, run.logits, reference.logits_full, reference.logits.std);
    compareDecoded(decoded, key, run, reference, runner.head, size);
  }
  const tolerance = '1e-3 relative (to the value or its layer’s standard deviation)';
  return [
    layers.result(`layers, ${runner.name}`, tolerance),
    heads.result(`head before decoding, ${runner.name}`, tolerance),
    decoded.result(`decoded boxes and scores, ${runner.name}`, '1e-3 relative; best rows 0.05 px and 1e-3'),
  ];
}

/** Relative to the value, but never to less than the spread of its layer: near 0 float32 sums have no digits left. */
function compare(tally: Tally, what: string, actual: number, expected: number, spread: number): void {
  const scale = Math.max(Math.abs(expected), spread);
  // References are rounded to 4 to 6 decimals.
  const error = Math.abs(actual - expected);
  const relative = Math.max(0, error - 5e-7) / scale;
  if (!(error <= tally.worstAbsolute)) tally.worstAbsolute = error;
  if (!(relative <= tally.worstRelative)) tally.worstRelative = relative;
  if (!(relative <= RAW_TOLERANCE)) tally.fail(`${what}: ${actual}, expected ${expected}`);
}

function compareLayer(tally: Tally, what: string, actual: Summary | undefined, layer: LayerReference): void {
  if (!actual || actual.shape.join() !== layer.shape_hwc.join()) {
    tally.fail(`${what}: shape ${actual?.shape.join(' × ')}, expected ${layer.shape_hwc.join(' × ')}`);
    return;
  }
  const { std } = layer;
  compare(tally, `${what} mean`, actual.mean, layer.mean, std);
  compare(tally, `${what} standard deviation`, actual.std, std, std);
  compare(tally, `${what} largest`, actual.absmax, layer.absmax, std);
  for (const [i, value] of layer.first8_hwc.entries())
    compare(tally, `${what} value ${i}`, actual.first[i] ?? Number.NaN, value, std);
  for (const [i, value] of layer.center8.entries())
    compare(tally, `${what} middle ${i}`, actual.center[i] ?? Number.NaN, value, std);
}

function compareHead(tally: Tally, what: string, actual: Summary, reference: HeadReference): void {
  if (actual.shape.join() !== reference.shape.join()) {
    tally.fail(`${what}: shape ${actual.shape.join(' × ')}, expected ${reference.shape.join(' × ')}`);
    return;
  }
  const { std } = reference;
  compare(tally, `${what} mean`, actual.mean, reference.mean, std);
  compare(tally, `${what} standard deviation`, actual.std, std, std);
  compare(tally, `${what} largest`, actual.absmax, reference.absmax, std);
  for (const [i, value] of reference.first20.entries())
    compare(tally, `${what} value ${i}`, actual.first[i] ?? Number.NaN, value, std);
}

function compareRows(
  tally: Tally,
  what: string,
  { values }: { values: number[] },
  rows: number[][] | undefined,
  spread: number,
): void {
  for (const [row, expected] of (rows ?? []).entries())
    for (const [i, value] of expected.entries())
      compare(
        tally,
        `${what} row ${row} column ${i}`,
        values[row * expected.length + i] ?? Number.NaN,
        value,
        spread,
      );
}

function compareDecoded(
  tally: Tally,
  key: string,
  run: RawRun,
  reference: SizeReference,
  head: Head,
  size: number,
): void {
  const boxes = Float32Array.from(run.boxes.values);
  const logits = Float32Array.from(run.logits.values);
  if (reference.decoded) {
    tally.cases++;
    const [count, columns] = reference.decoded.shape as [number, number];
    const rows = decodeAll(head, boxes, logits, size);
    compareHead(tally, `${key} decoded`, summarise(rows, [count, columns]), reference.decoded);
  }
  const best = decodeDetections(head, boxes, logits, size, { confidence: 0 });
  compareBest(tally, key, best, (reference.top10 ?? []) as Row[], { pixels: 0.05, score: 1e-3 });
}

/** x1, y1, x2, y2 and every class's score for each position: what the selection chooses from. */
function decodeAll(head: Head, boxes: Float32Array, logits: Float32Array, size: number): Float32Array {
  const grid = anchors(head, size);
  const { classCount } = head;
  const rows = new Float32Array(grid.x.length * (4 + classCount));
  for (let a = 0; a < grid.x.length; a++) {
    const at = a * (4 + classCount);
    const [x, y, stride] = [grid.x[a]!, grid.y[a]!, grid.stride[a]!];
    rows[at] = (x - boxes[4 * a]!) * stride;
    rows[at + 1] = (y - boxes[4 * a + 1]!) * stride;
    rows[at + 2] = (x + boxes[4 * a + 2]!) * stride;
    rows[at + 3] = (y + boxes[4 * a + 3]!) * stride;
    for (let c = 0; c < classCount; c++) rows[at + 4 + c] = 1 / (1 + Math.exp(-logits[a * classCount + c]!));
  }
  return rows;
}

function compareBest(
  tally: Tally,
  what: string,
  found: readonly SquareDetection[],
  rows: readonly Row[],
  limit: { pixels: number; score: number },
): void {
  for (const [i, [x1, y1, x2, y2, score, classId]] of rows.entries()) {
    tally.cases++;
    const row = found[i];
    if (!row || row.classId !== classId) {
      // Rows of nearly equal score may stand in either order.
      const twin = found.find(
        (other) =>
          other.classId === classId &&
          Math.abs(other.score - score) <= limit.score &&
          Math.abs(other.box[0] - x1) <= limit.pixels,
      );
      if (!twin)
        tally.fail(`${what}, row ${i + 1}: class ${row?.classId}, expected ${classId} (score ${score})`);
      continue;
    }
    tally.compare(`${what}, row ${i + 1}, score`, row.score, score, (error) => error <= limit.score);
    for (const [side, value] of [x1, y1, x2, y2].entries())
      tally.compare(
        `${what}, row ${i + 1}, side ${side + 1}`,
        row.box[side]!,
        value,
        (error) => error <= limit.pixels,
      );
  }
}

/** `x[n,h,w,c]=0.5+0.5*sin(0.01*(3h+5w+7c))` */
function parseFormula(text: string): Wave {
  const n = '(\\d+(?:\\.\\d+)?)';
  const found = new RegExp(`=${n}\\+${n}\\*sin\\(${n}\\*\\(${n}h\\+${n}w\\+${n}c\\)\\)`).exec(
    text.replaceAll(' ', ''),
  );
  if (!found) throw new Error(`The input formula is not understood: ${text}`);
  const [offset, amplitude, frequency, row, column, channel] = found.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { offset, amplitude, frequency, row, column, channel };
}

// — detection by detection —

async function checkDetections(
  file: Record<string, unknown>,
  runner: Runner,
  { path, quick = false, pictures }: YoloCheckOptions,
): Promise<CheckResult[]> {
  const confidence = typeof file.conf === 'number' ? file.conf : 0.25;
  const photos = new Tally();
  const squares = new Tally();
  const absent = { photos: 0, squares: 0 };
  let leftOut = 0;
  const images = Object.entries(file.images as Record<string, PictureReference>);
  const slow = runner.name.startsWith('cpu');
  const chosen = new Set(spread(images, quick ? (slow ? 1 : 4) : pictures));
  for (const image of images) {
    const [name, picture] = image;
    const photo = find(name, path, 'images');
    const [smallest, ...larger] = sizes(picture).sort((a, b) => Number(a) - Number(b));
    for (const size of [smallest!, ...larger]) {
      const rows = (picture[size] as { detections: Row[] }).detections.filter((row) => row[4] >= LEAST_SCORE);
      // The larger sizes take plain JavaScript half a minute each and would show nothing new.
      if (!chosen.has(image) || ((quick || slow) && size !== smallest)) {
        leftOut += rows.length;
        continue;
      }
      if (!photo || (picture.sha256 && sha256(photo) !== picture.sha256)) {
        absent.photos += rows.length;
        continue;
      }
      photos.cases += rows.length;
      // Goldens near the limit may come out just below it.
      const found = await runner.photo(photo, Number(size), Math.max(0.001, confidence - 0.1));
      for (const row of rows) matchRow(photos, `${name} at ${size}`, found, row);
    }
  }
  const letterboxed = images.flatMap(([name, picture]) =>
    Object.entries(picture).flatMap(([key, rows]) => {
      const size = Number(/^letterbox(\d+)_top\d+_input_pixels$/.exec(key)?.[1]);
      return size ? [{ name, size, rows: rows as Row[] }] : [];
    }),
  );
  const few = new Set(spread(letterboxed, quick && slow ? 1 : pictures));
  for (const each of letterboxed) {
    const { name, size, rows } = each;
    if (!few.has(each)) {
      absent.squares += rows.length;
      continue;
    }
    const file = join(`letterbox${size}`, name.replace(/\.\w+$/, '.png'));
    const png = [join(dirname(path), file), join(SHARED, 'reference', file)].find((place) =>
      existsSync(place),
    );
    if (!png) {
      absent.squares += rows.length;
      continue;
    }
    const found = await runner.square(png, size);
    compareBest(squares, `${name} letterboxed to ${size}`, found, rows, { pixels: 0.5, score: 0.003 });
  }
  const results = [
    photos.result(`detections in JPEG pictures, ${runner.name}`, 'IoU 0.9, same class, score 0.03', {
      cases: absent.photos + leftOut,
      why:
        absent.photos > 0
          ? 'the picture is not there, or is another one'
          : 'left out: larger sizes, or more pictures than asked for',
    }),
  ];
  if (squares.cases + absent.squares > 0)
    results.push(
      squares.result(`rows for letterboxed pictures, ${runner.name}`, '0.5 px, same class, score 0.003', {
        cases: absent.squares,
        why: 'the letterboxed PNG is neither beside the file nor in the shared folder, or was left out',
      }),
    );
  return results;
}

function matchRow(tally: Tally, what: string, found: readonly Detection[], row: Row): void {
  const box = row.slice(0, 4) as unknown as Box;
  const matches = found
    .filter(({ classId }) => classId === row[5])
    .map((detection) => ({ overlap: iou(detection.box, box), score: detection.score }))
    .sort((a, b) => b.overlap - a.overlap);
  const [best] = matches;
  if (!best) {
    tally.fail(`${what}: nothing of class ${row[5]} found, expected score ${row[4]}`);
    return;
  }
  tally.compare(`${what}, class ${row[5]}, IoU`, best.overlap, 1, (error) => error <= 0.1);
  tally.compare(`${what}, class ${row[5]}, score`, best.score, row[4], (error) => error <= 0.03);
}
