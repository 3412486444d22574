/**
 * Checks what a checkpoint is read as (files of the form of `yolo26n_state_dict.json`: names, shapes and types in order) and
 * rows for a picture that is described in words (`official_weights_check.json`).
 */
import { readFileSync } from 'node:fs';
import { centredSquare, type PixelImage, readCheckpoint, WEIGHT_SOURCES } from '@/lib/detection';
import { loadYolo, planNetwork } from '@/lib/detection/networks';
import { foldConvolution } from '@/lib/detection/networks/fold';
import { convolutions } from '@/lib/detection/networks/plan';
import { startBackend } from '@/tests/harness/backend';
import { type CheckOptions, type CheckResult, isRecord, Tally } from './contract';
import { absent, find, sha256 } from './yolo-runner';

interface TensorReference {
  name: string;
  shape: number[];
  dtype?: string;
}
interface StateDict {
  model: string;
  unfused: TensorReference[];
  fused?: TensorReference[];
  exec_order?: string[];
}
type Row = [x1: number, y1: number, x2: number, y2: number, score: number, classId: number];
interface DescribedPicture {
  picture: string;
  [weights: string]: string | Row[];
}

const isStateDict = (json: unknown): boolean =>
  isRecord(json) && typeof json.model === 'string' && Array.isArray(json.unfused);
const isDescribed = (json: unknown): boolean =>
  isRecord(json) && typeof json.picture === 'string' && /rows \d+-\d+ cols \d+-\d+/.test(json.picture);

export const canCheck = (json: unknown): boolean => isStateDict(json) || isDescribed(json);

export async function check(json: unknown, options: CheckOptions): Promise<CheckResult[]> {
  return isStateDict(json)
    ? [checkStateDict(json as StateDict, options.path)]
    : checkDescribed(json as DescribedPicture, options.path);
}

const TYPES: Readonly<Record<string, string>> = {
  LongStorage: 'int64',
  IntStorage: 'int32',
  I64: 'int64',
  I32: 'int32',
};

function checkStateDict(reference: StateDict, path: string): CheckResult {
  const { model, unfused, fused = [], exec_order: order = [] } = reference;
  const file = find(`${model}.pt`, path, 'models') ?? find(`${model}_composite.pt`, path, 'models');
  const name = 'names, shapes and types of the checkpoint, and of its folded convolutions';
  if (!file) return absent(name, `neither ${model}.pt nor ${model}_composite.pt is there (set SHARED_DIR)`);
  const tally = new Tally();
  const checkpoint = readCheckpoint(new Uint8Array(readFileSync(file)));
  const found = [...checkpoint.tensors];
  tally.compare('tensors', found.length, unfused.length, (error) => error === 0);
  for (const [i, { name: wanted, shape, dtype }] of unfused.entries()) {
    tally.cases++;
    const [own, tensor] = found[i] ?? [];
    const type = tensor && (TYPES[tensor.type] ?? tensor.type);
    if (own !== wanted || tensor?.shape.join() !== shape.join() || (dtype && type !== dtype))
      tally.fail(
        `tensor ${i}: ${own} ${tensor?.shape.join(' × ')} ${type}, expected ${wanted} ${shape.join(' × ')} ${dtype}`,
      );
  }
  const folded = new Map<string, string>();
  const ours = [...convolutions(planNetwork(checkpoint))];
  for (const conv of ours) {
    const { filter, bias } = foldConvolution(conv, checkpoint);
    const at = conv.weight.replace(/\.weight$/, '');
    const shape = checkpoint.tensors.get(conv.weight)!.shape;
    if (filter.length === shape.reduce((product, side) => product * side, 1))
      folded.set(`${at}.weight`, shape.join());
    folded.set(`${at}.bias`, String(bias.length));
  }
  for (const { name: wanted, shape } of fused) {
    tally.cases++;
    if (folded.get(wanted) !== shape.join())
      tally.fail(`folded ${wanted}: ${folded.get(wanted)}, expected ${shape.join()}`);
  }
  const names = new Set(ours.map(({ weight }) => weight.replace(/\.weight$/, '')));
  for (const wanted of order) {
    tally.cases++;
    if (!names.has(wanted)) tally.fail(`convolution ${wanted} is not part of the network`);
  }
  if (order.length > 0) tally.compare('convolutions', names.size, order.length, (error) => error === 0);
  return tally.result(name, 'exact');
}

/** Each list of rows is named after the weights it was made with: `official`, or another file's suffix. */
async function checkDescribed(reference: DescribedPicture, path: string): Promise<CheckResult[]> {
  const picture = parsePicture(reference.picture);
  const size = Math.max(picture.width, picture.height);
  const square = centredSquare(picture, size);
  await startBackend('wasm');
  const results: CheckResult[] = [];
  for (const [key, rows] of Object.entries(reference)) {
    if (!Array.isArray(rows)) continue;
    for (const source of WEIGHT_SOURCES) {
      const name = key === 'official' ? source.file : source.file.replace('.pt', `_${key}.pt`);
      const file = find(name, path, 'models');
      const label = `rows of ${name} for the picture described, wasm in Node`;
      if (!file || (key === 'official' && sha256(file) !== source.sha256)) {
        results.push(absent(label, `${name} is not there, or is another file`));
        continue;
      }
      const tally = new Tally();
      const detector = await loadYolo(new Uint8Array(readFileSync(file)), { inputSize: size });
      const found = await detector.detectInSquare(square, { confidence: 0.0005 });
      for (const [i, row] of rows.entries()) {
        tally.cases++;
        const match = found.find(
          ({ classId, box }) =>
            classId === row[5] &&
            Math.hypot(box[0] - row[0], box[1] - row[1], box[2] - row[2], box[3] - row[3]) < 2,
        );
        if (!match) {
          tally.fail(`row ${i + 1}: no box of class ${row[5]} there`);
          continue;
        }
        for (let side = 0; side < 4; side++)
          tally.compare(
            `row ${i + 1} side ${side + 1}`,
            match.box[side]!,
            row[side]!,
            (error) => error <= 0.5,
          );
        tally.compare(`row ${i + 1} score`, match.score, row[4], (error) => error <= 0.003);
      }
      detector.dispose();
      results.push(tally.result(label, '0.5 px, same class, score 0.003'));
    }
  }
  return results;
}

/** "480 wide, 640 high, uint8: R=floor(x/480*255), G=floor(y/640*255), B=128 …; then rows 100-299 cols 50-199 = (255,0,0); …" */
function parsePicture(words: string): PixelImage {
  const number = (pattern: RegExp) => {
    const found = pattern.exec(words);
    if (!found) throw new Error(`The picture is not understood: ${words}`);
    return Number(found[1]);
  };
  const width = number(/(\d+) wide/);
  const height = number(/(\d+) high/);
  const blue = number(/B=(\d+)/);
  const acrossOf = number(/R=floor\(x\/(\d+)\*255\)/);
  const downOf = number(/G=floor\(y\/(\d+)\*255\)/);
  const data = new Float32Array(width * height * 3);
  const set = (x: number, y: number, colour: readonly number[]) => {
    for (let c = 0; c < 3; c++) data[(y * width + x) * 3 + c] = colour[c]! / 255;
  };
  const scaled = (value: number, of: number) => Math.floor(Math.fround(Math.fround(value / of) * 255));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) set(x, y, [scaled(x, acrossOf), scaled(y, downOf), blue]);
  for (const [, ...numbers] of words.matchAll(/rows (\d+)-(\d+) cols (\d+)-(\d+) = \((\d+),(\d+),(\d+)\)/g)) {
    const [top, bottom, left, right, ...colour] = numbers.map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let y = top; y <= bottom; y++) for (let x = left; x <= right; x++) set(x, y, colour);
  }
  return { width, height, data };
}
