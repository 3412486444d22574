/** Kernels of our own on WebGPU, asked inside Chromium. */
import type { TrialMemory } from '@/lib/kernels/settle';
import { keepTrialsIn } from '@/lib/kernels/settle';
import type { Outcome } from '@/lib/kernels/trial';
import { SeededRandom } from '@/lib/random';
import { dense, makeDataset, softmaxCrossEntropy, Trainer, tanh } from '@/lib/training';
import { chooseProducts } from '@/lib/training/kernels/choose-products';
import { useProducts as install, type Products, products } from '@/lib/training/kernels/products';
import { webgpuProducts } from '@/lib/training/kernels/products-webgpu';
import { useBackend as startBackend, tf } from '@/tests/harness/tf';
import {
  type Comparison,
  type ReferenceCase,
  runReferenceCase,
} from '../../unit/training/support/reference-case';

export type Question =
  /** Rows, inner and columns of products. */
  | { kind: 'products'; shapes: [number, number, number][] }
  /** Rows and columns. */
  | { kind: 'passes'; shapes: [number, number][] }
  | { kind: 'outliers' }
  | { kind: 'reference'; reference: ReferenceCase }
  | { kind: 'steps'; count: number }
  | { kind: 'choose'; preference: TrialMemory['preference']; known: Outcome | null };

/** Worst error of each, relative to the largest number of the answer. */
export type Errors = Record<string, number>;

/** What tfjs keeps of buffers. */
interface Buffers {
  used: number;
  bytes: number;
}

export async function run(question: Question) {
  await startBackend('webgpu');
  const own = webgpuProducts(tf.backend())!;
  const refused: string[] = [];
  const { device } = tf.backend() as unknown as { device: GPUDevice };
  device.onuncapturederror = ({ error }) => refused.push(error.message);
  const before = tf.memory().numTensors;
  const answer = await answerTo(question, own);
  await device.queue.onSubmittedWorkDone();
  return { answer, refused, leaked: tf.memory().numTensors - before };
}

async function answerTo(question: Question, own: Products): Promise<unknown> {
  switch (question.kind) {
    case 'products':
      return errorsOfProducts(question.shapes, own);
    case 'passes':
      return errorsOfPasses(question.shapes, own);
    case 'outliers':
      return outliers(own);
    case 'reference': {
      install('webgpu', own);
      const comparisons: Comparison[] = await runReferenceCase(question.reference);
      return { comparisons, kind: products().kind };
    }
    case 'steps':
      return steps(question.count, own);
    case 'choose':
      return choose(question);
  }
}

const random = new SeededRandom(5);
const numbers = (length: number) => Float32Array.from({ length }, () => random.gaussian());

async function worst(actual: tf.Tensor, expected: ArrayLike<number>): Promise<number> {
  const values = await actual.data();
  actual.dispose();
  if (values.length !== expected.length) return Number.POSITIVE_INFINITY;
  let [error, size] = [0, 1e-30];
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(values[i]! - expected[i]!);
    if (!(difference <= error)) error = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
    size = Math.max(size, Math.abs(expected[i]!));
  }
  return error / size;
}

/** rows × columns, given number by number. */
const table = (rows: number, columns: number, value: (row: number, column: number) => number) =>
  Float64Array.from({ length: rows * columns }, (_, i) => value(Math.floor(i / columns), i % columns));

const range = (length: number, term: (i: number) => number) => {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += term(i);
  return sum;
};

async function errorsOfProducts(shapes: [number, number, number][], own: Products): Promise<Errors> {
  const errors: Errors = {};
  for (const [n, k, m] of shapes) {
    const [a, b] = [numbers(n * k), numbers(k * m)];
    const expected = table(n, m, (r, c) => range(k, (i) => a[r * k + i]! * b[i * m + c]!));
    const turnedA = Float32Array.from(table(k, n, (i, r) => a[r * k + i]!));
    const turnedB = Float32Array.from(table(m, k, (c, i) => b[i * m + c]!));
    const results = tf.tidy(() => ({
      times: own.times(tf.tensor2d(a, [n, k]), tf.tensor2d(b, [k, m])),
      timesTransposed: own.timesTransposed(tf.tensor2d(a, [n, k]), tf.tensor2d(turnedB, [m, k])),
      transposedTimes: own.transposedTimes(tf.tensor2d(turnedA, [k, n]), tf.tensor2d(b, [k, m])),
    }));
    for (const [name, result] of Object.entries(results))
      errors[`${name} ${n} × ${k} × ${m}`] = await worst(result, expected);
  }
  return errors;
}

async function errorsOfPasses(shapes: [number, number][], own: Products): Promise<Errors> {
  const errors: Errors = {};
  for (const [n, m] of shapes) {
    const a = numbers(n * m).map((value) => 4 * value);
    const labels = Int32Array.from({ length: n }, (_, i) => (7 * i) % m);
    const at = (r: number, c: number) => a[r * m + c]!;
    const exponentials = (r: number) => range(m, (c) => Math.exp(at(r, c)));
    const results = tf.tidy(() => {
      const input = () => tf.tensor2d(a, [n, m]);
      const softmax = own.softmaxSlopes!(input(), tf.tensor1d(labels, 'int32'));
      return { sums: own.columnSums!(input()), squares: own.squaredLengths!(input()), ...softmax };
    });
    const expected: Record<keyof typeof results, Float64Array> = {
      sums: table(1, m, (_, c) => range(n, (r) => at(r, c))),
      squares: table(1, n, (_, r) => range(m, (c) => at(r, c) ** 2)),
      losses: table(1, n, (_, r) => Math.log(exponentials(r)) - at(r, labels[r]!)),
      gradient: table(n, m, (r, c) => Math.exp(at(r, c)) / exponentials(r) - (c === labels[r] ? 1 : 0)),
    };
    for (const [name, result] of Object.entries(results))
      errors[`${name} ${n} × ${m}`] = await worst(result, expected[name as keyof typeof results]);
  }
  return errors;
}

/** Rows that hold what is no number, and a softmax of logits of ±10⁴. Rows beside them must not notice. */
async function outliers(own: Products): Promise<number[][]> {
  const a = new Float32Array(5 * 3).fill(1);
  a[4] = Number.NaN;
  a[12] = Number.POSITIVE_INFINITY;
  const results = tf.tidy(() => {
    const rows = tf.tensor2d(a, [5, 3]);
    const { losses, gradient } = own.softmaxSlopes!(
      tf.tensor2d([1e4, -1e4, 0, -1e4, -1e4, 1e4], [2, 3]),
      tf.tensor1d([0, 1], 'int32'),
    );
    return [own.times(rows, tf.ones([3, 2])), own.transposedTimes(rows, tf.ones([5, 1])), losses, gradient];
  });
  const values = await Promise.all(results.map(async (one) => [...(await one.data())]));
  tf.dispose(results);
  return values;
}

/** Buffers after a few steps, and after all of them. */
async function steps(count: number, own: Products): Promise<[Buffers, Buffers]> {
  install('webgpu', own);
  const [size, width, classes] = [96, 12, 3];
  const labels = Int32Array.from({ length: size }, (_, i) => i % classes);
  const trainer = new Trainer({
    layers: [
      dense({ inputs: width, outputs: 8, initial: 'glorot' }),
      tanh(),
      dense({ inputs: 8, outputs: classes, initial: 'glorot' }),
    ],
    loss: softmaxCrossEntropy,
    inputShape: [width],
    dataset: makeDataset(numbers(size * width), labels, width, classes),
    expectedBatchSize: 32,
    learningRate: 0.1,
    privacy: { maxGradNorm: 1, noiseMultiplier: 1 },
    random: new SeededRandom(1),
    initial: new SeededRandom(2),
  });
  const buffers = (): Buffers => {
    const { bufferManager } = tf.backend() as unknown as {
      bufferManager: { getNumUsedBuffers(): number; numBytesAllocated: number };
    };
    return { used: bufferManager.getNumUsedBuffers(), bytes: bufferManager.numBytesAllocated };
  };
  const some = Math.min(50, count >> 1);
  for (let step = 0; step < some; step++) await trainer.next();
  const early = buffers();
  for (let step = some; step < count; step++) await trainer.next();
  return [early, buffers()];
}

async function choose({ preference, known }: Extract<Question, { kind: 'choose' }>) {
  let remembered: Outcome | null = null;
  keepTrialsIn({
    preference,
    recall: () => known,
    remember: (_, outcome) => {
      remembered = outcome;
    },
  });
  install('webgpu', null);
  // Chosen once for each backend: another one asks again.
  const factory = tf.findBackendFactory('webgpu');
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', factory);
  await startBackend('webgpu');
  const { kind } = await chooseProducts();
  return { kind, inUse: products().kind, remembered };
}
