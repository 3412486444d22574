/**
 * The fused step of softmax regression against two others: tensors on the cpu backend, and the definition in double, one example
 * at a time. Sums agree to 1e-6 of the largest entry; norms and losses too.
 */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { allocateRows } from '@/lib/kernels/resident-rows';
import { SeededRandom } from '@/lib/random';
import {
  type Clipping,
  clippedSum,
  type Dataset,
  dense,
  type Evaluation,
  evaluate,
  type Learner,
  makeDataset,
  microBatches,
  NarrowRows,
  narrowDataset,
  openExam,
  softmaxCrossEntropy,
  softmaxRegression,
  Trainer,
} from '@/lib/training';
import { fusedFor } from '@/lib/training/kernels/choose';
import { FusedSoftmax } from '@/lib/training/kernels/softmax';
import { ROWS_AT_ONCE } from '@/lib/training/kernels/softmax-layout';
import { softmaxIsRight } from '@/lib/training/kernels/softmax-self-test';
import { startBackend } from '@/tests/harness/backend';
import { range, worst } from './support/worst';

const flat = (maxGradNorm: number): Clipping => ({ rule: 'flat', maxGradNorm });
const calm = async () => {};

interface Made {
  dataset: Dataset;
  weights: Float64Array[];
}

interface Sizes {
  size?: number;
  width?: number;
  classes?: number;
  bias?: boolean;
  /** Of the weights. */
  scale?: number;
  seed?: number;
  resident?: boolean;
}

function make(sizes: Sizes = {}): Made {
  const { size = 60, width = 12, classes = 10, bias = true, scale = 0.3, seed = 1, resident = false } = sizes;
  const random = new SeededRandom(seed);
  const rows = resident ? allocateRows(size, width) : new Float32Array(size * width);
  // Row 2 is blank.
  for (let i = 0; i < rows.length; i++) rows[i] = Math.floor(i / width) === 2 ? 0 : random.gaussian();
  const labels = Uint8Array.from({ length: size }, (_, i) => i % classes);
  const weight = () => Math.fround(random.gaussian() * scale);
  const weights = [Float64Array.from({ length: width * classes }, weight)];
  if (bias) weights.push(Float64Array.from({ length: classes }, weight));
  return { dataset: makeDataset(rows, labels, width, classes), weights };
}

interface Sums {
  sums: Float64Array[];
  norms: number[];
  losses: number[];
}

/** g = (x, 1) δᵀ, clipped and summed, in double. */
function definition({ dataset, weights }: Made, lot: ArrayLike<number>, clipping: Clipping | null): Sums {
  const { width, classes, features, labels } = dataset;
  const [matrix, intercepts] = weights;
  const sums = weights.map((w) => new Float64Array(w.length));
  const norms: number[] = [];
  const losses: number[] = [];
  for (const row of Array.from(lot)) {
    const x = features.subarray(row * width, (row + 1) * width);
    const z = Array.from({ length: classes }, (_, c) =>
      x.reduce((sum, value, j) => sum + value * matrix![j * classes + c]!, intercepts?.[c] ?? 0),
    );
    const top = Math.max(...z);
    const total = z.reduce((sum, one) => sum + Math.exp(one - top), 0);
    const slopes = z.map((one, c) => Math.exp(one - top) / total - (c === labels[row] ? 1 : 0));
    const norm = Math.sqrt(
      slopes.reduce((sum, one) => sum + one * one, 0) *
        (x.reduce((sum, value) => sum + value * value, 0) + (intercepts ? 1 : 0)),
    );
    norms.push(norm);
    losses.push(Math.log(total) + top - z[labels[row]!]!);
    const factor = !clipping
      ? 1
      : clipping.rule === 'automatic'
        ? clipping.maxGradNorm / (norm + 0.01)
        : Math.min(1, clipping.maxGradNorm / norm);
    for (const [c, slope] of slopes.entries()) {
      for (let j = 0; j < width; j++) sums[0]![j * classes + c]! += x[j]! * slope * factor;
      if (intercepts) sums[1]![c]! += slope * factor;
    }
  }
  return { sums, norms, losses };
}

async function agrees(made: Made, lot: ArrayLike<number>, clipping: Clipping | null, tolerance = 1e-6) {
  const kernel = await FusedSoftmax.of(made.dataset);
  const [found] = await kernel.sumLot([{ weights: made.weights, clipping }], Int32Array.from(lot), calm);
  const expected = definition(made, lot, clipping);
  for (const [p, sum] of expected.sums.entries())
    expect(worst(found!.sums[p]!, sum), `parameter ${p}`).toBeLessThan(tolerance);
  if (clipping) expect(worst(found!.norms, expected.norms), 'norms').toBeLessThan(tolerance);
  else expect(found!.norms).toHaveLength(0);
  const loss = expected.losses.reduce((sum, one) => sum + one, 0);
  expect(Math.abs(found!.loss - loss) / Math.max(1, loss), 'loss').toBeLessThan(tolerance);
}

describe('the fused step', () => {
  const big = make({ size: 1201, width: 20 });

  test.each([0, 1, 2, 3, 4, 5, 7, 8, 511, 512, 513, 1024, 1201])('sums a lot of %i', async (count) => {
    for (const clipping of [null, flat(1), { rule: 'automatic', maxGradNorm: 0.7 } as const])
      await agrees(big, range(count, 1201), clipping);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 392, 833])('takes rows of %i numbers', async (width) => {
    await agrees(make({ width, seed: width, resident: width % 2 === 0 }), range(23, 60), flat(1.5));
  });

  test('takes rows as long as the wide features, at logits of the usual size', async () => {
    const resident = { width: 1808, resident: true };
    await agrees(make({ ...resident, scale: 0.3 / Math.sqrt(1808 / 12) }), range(23, 60), flat(1.5));
    // Logits up to 40: single precision itself leaves them less exact.
    await agrees(make(resident), range(23, 60), flat(1.5), 1e-5);
  });

  test.each([2, 3, 4, 7, 9, 10])('learns %i classes, with and without intercepts', async (classes) => {
    for (const bias of [true, false])
      await agrees(make({ classes, bias, seed: classes }), range(60, 60), flat(1));
  });

  test('clips all, some or none', async () => {
    const made = make();
    const { norms } = definition(made, range(60, 60), null);
    const middle = [...norms].sort((a, b) => a - b)[30]!;
    for (const clip of [1e-4, middle, 1e4]) await agrees(made, range(60, 60), flat(clip));
  });

  test('never lets one example give more than C', async () => {
    const made = make({ scale: 2 });
    const kernel = await FusedSoftmax.of(made.dataset);
    for (let row = 0; row < 60; row++)
      for (const rule of ['flat', 'per-layer', 'automatic'] as const) {
        const learner = { weights: made.weights, clipping: { rule, maxGradNorm: 0.5 } };
        const [found] = await kernel.sumLot([learner], Int32Array.of(row), calm);
        expect(Math.hypot(...found!.sums.flatMap((sum) => [...sum]))).toBeLessThan(0.5 * (1 + 1e-6));
      }
  });

  test('stays right where logits are ten thousand, and where a row is blank', async () => {
    const made = make({ scale: 3000 });
    await agrees(made, range(60, 60), flat(1));
    await agrees(made, [2, 2, 2], flat(1));
    await agrees(make({ scale: 0 }), [2], flat(1));
  });

  test('gives the same whether rows lie in its memory or not, and whoever learns beside it', async () => {
    const [here, there] = [make({ resident: true }), make()];
    const lot = Int32Array.from(range(50, 60));
    const learners: Learner[] = [
      { weights: here.weights, clipping: flat(1) },
      { weights: make({ seed: 9 }).weights, clipping: null },
    ];
    const both = await (await FusedSoftmax.of(here.dataset)).sumLot(learners, lot, calm);
    const kernel = await FusedSoftmax.of(there.dataset);
    for (const [i, learner] of learners.entries())
      expect((await kernel.sumLot([learner], lot, calm))[0]).toEqual(both[i]);
  });

  test('keeps the labels of each data set, where two share their rows', async () => {
    const made = make({ resident: true });
    const { features, labels, width, classes } = made.dataset;
    const turned = makeDataset(
      features,
      labels.map((label) => (label + 1) % classes),
      width,
      classes,
    );
    await agrees(made, range(60, 60), flat(1));
    await agrees({ ...made, dataset: turned }, range(60, 60), flat(1));
    await agrees(made, range(60, 60), flat(1));
  });

  test.each([5, 8, 12, 391])(
    'reads rows of %i numbers kept in 8 bits, and clips by their own length',
    async (width) => {
      const wide = make({ width, scale: 1 });
      const narrow = new NarrowRows(60, width);
      for (let row = 0; row < 60; row++) narrow.write(row, wide.dataset.features, row * width);
      const dataset = narrowDataset(narrow, wide.dataset.labels, 10);
      const rounded = new Float32Array(60 * width);
      for (let row = 0; row < 60; row++) narrow.read(row, rounded, row * width);
      expect(worst(rounded, wide.dataset.features)).toBeLessThan(1 / 250);
      // Rows that were rounded are, to everybody, what they were rounded to.
      const plain = makeDataset(rounded, wide.dataset.labels, width, 10);
      expect(dataset.squaredNorms).toEqual(plain.squaredNorms);
      const [kernel, other] = [await FusedSoftmax.of(dataset), await FusedSoftmax.of(plain)];
      const learner = { weights: wide.weights, clipping: flat(1) };
      const lot = Int32Array.from(range(57, 60));
      expect(await kernel.sumLot([learner], lot, calm)).toEqual(await other.sumLot([learner], lot, calm));
      await agrees({ ...wide, dataset: plain }, lot, flat(1), 5e-6);
      const [batch, again] = [dataset, plain].map((one) => microBatches(one, lot, 57).next().value!);
      expect(batch).toEqual(again);
    },
  );

  test('lets no row touch another, not even one that is no number', async () => {
    for (const width of [5, 6, 7]) {
      const { dataset, weights } = make({ width });
      const features = dataset.features.slice();
      features.fill(Number.NaN, width, 2 * width);
      const broken = makeDataset(features, dataset.labels, width, 10);
      await agrees({ dataset: broken, weights }, [0, 2, 3], flat(1));
    }
  });

  test('may be asked by two at once', async () => {
    const kernel = await FusedSoftmax.of(big.dataset);
    const lot = Int32Array.from(range(1201, 1201));
    const learners = [big, make({ size: 1201, width: 20, seed: 8 })].map(({ weights }) => ({
      weights,
      clipping: flat(1),
    }));
    const alone = [];
    for (const learner of learners) alone.push(await kernel.sumLot([learner], lot, calm));
    const slowly = () => new Promise<void>((resume) => setTimeout(resume));
    const together = await Promise.all(learners.map((learner) => kernel.sumLot([learner], lot, slowly)));
    expect(together).toEqual(alone);
  });

  test('tells a broken model by a loss that is no number', async () => {
    const made = make();
    made.weights[0]![5] = Number.NaN;
    const kernel = await FusedSoftmax.of(made.dataset);
    const [found] = await kernel.sumLot(
      [{ weights: made.weights, clipping: flat(1) }],
      Int32Array.of(0, 1),
      calm,
    );
    expect(found!.loss).toBeNaN();
    expect(kernel.evaluate([made.weights])[0]!.loss).toBeNaN();
  });

  test('proves itself before it is used', async () => expect(await softmaxIsRight()).toBe(true));
});

describe('beside tensors', () => {
  beforeAll(() => startBackend('cpu'));

  test.each([0, 1, 513])('sums a lot of %i as clippedSum does', async (count) => {
    const made = make({ size: 600, width: 30 });
    const lot = Int32Array.from(range(count, 600));
    const { dataset, weights } = made;
    const parameters = [
      [tf.tensor2d(Float32Array.from(weights[0]!), [30, 10]), tf.tensor1d(Float32Array.from(weights[1]!))],
    ];
    const [found] = await (await FusedSoftmax.of(dataset)).sumLot(
      [{ weights, clipping: flat(1) }],
      lot,
      calm,
    );
    for (const batch of microBatches(dataset, lot, Math.max(1, count))) {
      const part = clippedSum(
        [dense({ inputs: 30, outputs: 10 })],
        softmaxCrossEntropy,
        parameters,
        batch,
        [30],
        1,
      );
      for (const [p, sum] of part.sums.entries())
        expect(worst(found!.sums[p]!, await sum.data())).toBeLessThan(1e-6);
      expect(worst(found!.norms, await part.norms!.data())).toBeLessThan(1e-6);
      tf.dispose([part.sums, part.norms!, part.losses]);
    }
    if (count === 0) for (const sum of found!.sums) expect(Math.max(...sum.map(Math.abs))).toBe(0);
    tf.dispose(parameters as tf.Tensor[][]);
  });

  test('examines as tensors do', async () => {
    const { dataset } = make({ size: ROWS_AT_ONCE + 3, classes: 7 });
    const recipe = softmaxRegression(12, 7);
    const trainer = new Trainer({
      layers: recipe.model,
      loss: recipe.loss,
      inputShape: recipe.inputShape,
      dataset,
      expectedBatchSize: 40,
      learningRate: 1,
      privacy: null,
      random: new SeededRandom(1),
      initial: new SeededRandom(2),
    });
    for (let step = 0; step < 5; step++) await trainer.next();
    const inputs = tf.tensor2d(dataset.features, [dataset.size, 12]);
    const expected = await evaluate(trainer, inputs, dataset.labels);
    inputs.dispose();
    const exam = await openExam(recipe, dataset);
    const [found, again] = (await exam.of([trainer, trainer])) as [Evaluation, Evaluation];
    expect(again).toEqual(found);
    expect(found.guesses).toEqual(expected.guesses);
    expect(found.accuracy).toBe(expected.accuracy);
    expect(new Set(found.guesses).size).toBeGreaterThan(2);
    expect(found.loss).toBeCloseTo(expected.loss, 6);
  });

  test('serves one dense layer with softmax, and nothing else', async () => {
    const { dataset } = make();
    const layers = [dense({ inputs: 12, outputs: 10 })];
    expect(await fusedFor({ layers, loss: softmaxCrossEntropy, dataset })).toBe(
      await FusedSoftmax.of(dataset),
    );
    expect(await fusedFor({ layers: [...layers, ...layers], loss: softmaxCrossEntropy, dataset })).toBeNull();
    expect(
      await fusedFor({ layers: [dense({ inputs: 12, outputs: 9 })], loss: softmaxCrossEntropy, dataset }),
    ).toBeNull();
    expect(await fusedFor({ layers, loss: { ...softmaxCrossEntropy }, dataset })).toBeNull();
    const many = make({ classes: 11 }).dataset;
    expect(
      await fusedFor({
        layers: [dense({ inputs: 12, outputs: 11 })],
        loss: softmaxCrossEntropy,
        dataset: many,
      }),
    ).toBeNull();
  });
});
