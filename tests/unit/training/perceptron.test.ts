/**
 * The perceptron's step against two others: the definition in double, one example at a time, and tensors on the backend that it
 * stands in for. Sums agree to 1e-6 of the largest entry; norms and losses too.
 */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { SeededRandom } from '@/lib/random';
import {
  type Clipping,
  type Dataset,
  dense,
  evaluate,
  makeDataset,
  multilayerPerceptron,
  NarrowRows,
  narrowDataset,
  openExam,
  relu,
  softmaxCrossEntropy,
  Trainer,
  tanh,
} from '@/lib/training';
import { perceptronFor } from '@/lib/training/kernels/choose';
import { Perceptron, type Products } from '@/lib/training/kernels/perceptron';
import { perceptronIsRight } from '@/lib/training/kernels/perceptron-self-test';
import { startBackend } from '@/tests/harness/backend';
import { range, worst } from './support/worst';

const flat = (maxGradNorm: number): Clipping => ({ rule: 'flat', maxGradNorm });
const calm = async () => {};

interface Made {
  dataset: Dataset;
  /** Of the layers, from the rows to the classes. */
  widths: number[];
  bias: boolean;
  weights: Float64Array[];
}

interface Sizes {
  size?: number;
  widths?: number[];
  bias?: boolean;
  /** Of the weights. */
  scale?: number;
  seed?: number;
}

function make({ size = 60, widths = [12, 7, 10], bias = true, scale = 0.3, seed = 1 }: Sizes = {}): Made {
  const random = new SeededRandom(seed);
  const [width, classes] = [widths[0]!, widths.at(-1)!];
  // Row 2 is blank.
  const rows = Float32Array.from({ length: size * width }, (_, i) =>
    Math.floor(i / width) === 2 ? 0 : random.gaussian(),
  );
  const labels = Uint8Array.from({ length: size }, (_, i) => i % classes);
  const numbers = (length: number) =>
    Float64Array.from({ length }, () => Math.fround(random.gaussian() * scale));
  const weights = widths.slice(1).flatMap((outputs, l) => {
    const matrix = numbers(widths[l]! * outputs);
    return bias ? [matrix, numbers(outputs)] : [matrix];
  });
  return { dataset: makeDataset(rows, labels, width, classes), widths, bias, weights };
}

const sizesOf = ({ widths, bias }: Made) =>
  widths.slice(1).map((outputs, l) => ({ inputs: widths[l]!, outputs, bias }));
const kernelOf = (made: Made) => Perceptron.of(made.dataset, sizesOf(made));

/** Backpropagation of one example, its gradient clipped and added, in double. */
function definition(made: Made, lot: ArrayLike<number>, clipping: Clipping | null) {
  const { dataset, widths, bias, weights } = made;
  const sums = weights.map((w) => new Float64Array(w.length));
  const norms: number[] = [];
  let loss = 0;
  const perLayer = bias ? 2 : 1;
  const layers = widths.length - 1;
  for (const row of Array.from(lot)) {
    let a: number[] = [...dataset.features.subarray(row * widths[0]!, (row + 1) * widths[0]!)];
    const inputs: number[][] = [];
    for (let l = 0; l < layers; l++) {
      inputs.push(a);
      const [matrix, offset] = weights.slice(l * perLayer);
      const z = Array.from({ length: widths[l + 1]! }, (_, c) =>
        a.reduce((sum, one, j) => sum + one * matrix![j * widths[l + 1]! + c]!, bias ? offset![c]! : 0),
      );
      a = l === layers - 1 ? z : z.map(Math.tanh);
    }
    const top = Math.max(...a);
    const total = a.reduce((sum, one) => sum + Math.exp(one - top), 0);
    loss += Math.log(total) + top - a[dataset.labels[row]!]!;
    let slopes = a.map((one, c) => Math.exp(one - top) / total - (c === dataset.labels[row] ? 1 : 0));
    const gradient: number[][] = weights.map(() => []);
    for (let l = layers - 1; l >= 0; l--) {
      const behind = slopes;
      gradient[l * perLayer] = inputs[l]!.flatMap((one) => behind.map((slope) => one * slope));
      if (bias) gradient[l * perLayer + 1] = behind;
      const matrix = weights[l * perLayer]!;
      slopes = inputs[l]!.map(
        (t, j) =>
          behind.reduce((sum, slope, c) => sum + slope * matrix[j * behind.length + c]!, 0) * (1 - t * t),
      );
    }
    const norm = Math.hypot(...gradient.flat());
    norms.push(norm);
    for (const [p, part] of gradient.entries()) {
      const l = Math.floor(p / perLayer);
      const ofLayer = Math.hypot(...gradient.slice(l * perLayer, (l + 1) * perLayer).flat());
      const factor = !clipping
        ? 1
        : clipping.rule === 'automatic'
          ? clipping.maxGradNorm / (norm + 0.01)
          : clipping.rule === 'flat'
            ? Math.min(1, clipping.maxGradNorm / norm)
            : Math.min(1, clipping.maxGradNorm / Math.sqrt(layers) / ofLayer);
      for (const [i, slope] of part.entries()) sums[p]![i]! += slope * factor;
    }
  }
  return { sums, norms, loss };
}

async function agrees(made: Made, lot: ArrayLike<number>, clipping: Clipping | null, tolerance = 1e-6) {
  const learner = { weights: made.weights, clipping };
  const [found] = await (await kernelOf(made)).sumLot([learner], Int32Array.from(lot), calm);
  const expected = definition(made, lot, clipping);
  for (const [p, sum] of expected.sums.entries())
    expect(worst(found!.sums[p]!, sum), `parameter ${p}`).toBeLessThan(tolerance);
  if (clipping) expect(worst(found!.norms, expected.norms), 'norms').toBeLessThan(tolerance);
  else expect(found!.norms).toHaveLength(0);
  expect(Math.abs(found!.loss - expected.loss) / Math.max(1, expected.loss), 'loss').toBeLessThan(tolerance);
}

describe('a step of the perceptron', () => {
  const big = make({ size: 1201, widths: [20, 9, 10] });

  test.each([0, 1, 2, 3, 4, 5, 255, 256, 257, 511, 512, 513, 1201])('sums a lot of %i', async (count) => {
    for (const clipping of [null, flat(1), { rule: 'automatic', maxGradNorm: 0.7 } as const])
      await agrees(big, range(count, 1201), clipping);
  });

  test.each([
    [1, 1, 2],
    [5, 3, 9],
    [8, 8, 8],
    [9, 17, 3],
    [300, 4, 10],
    [784, 33, 10],
    [30, 260, 10],
    [12, 9, 300],
    [12, 5, 6, 10],
    [16, 8, 8, 8, 10],
  ])('takes layers of %i, %i, %i … numbers', async (...widths) => {
    const scale = 1 / Math.sqrt(Math.max(...widths));
    for (const bias of [true, false])
      await agrees(make({ widths, bias, scale, seed: widths[0]! }), range(23, 60), flat(1), 2e-6);
  });

  test('clips all, some or none, as a whole or each layer', async () => {
    const made = make();
    const { norms } = definition(made, range(60, 60), null);
    const middle = [...norms].sort((a, b) => a - b)[30]!;
    for (const maxGradNorm of [1e-4, middle, 1e4])
      for (const rule of ['flat', 'per-layer', 'automatic'] as const)
        await agrees(made, range(60, 60), { rule, maxGradNorm });
  });

  test('never lets one example give more than C', async () => {
    const made = make({ scale: 2 });
    const kernel = await kernelOf(made);
    for (let row = 0; row < 60; row++)
      for (const rule of ['flat', 'per-layer', 'automatic'] as const) {
        const learner = { weights: made.weights, clipping: { rule, maxGradNorm: 0.5 } };
        const [found] = await kernel.sumLot([learner], Int32Array.of(row), calm);
        expect(Math.hypot(...found!.sums.flatMap((sum) => [...sum]))).toBeLessThan(0.5 * (1 + 1e-6));
      }
  });

  test('stays right where logits are ten thousand, or a row is blank', async () => {
    const made = make();
    made.weights[2] = made.weights[2]!.map((weight) => Math.fround(weight * 1e4));
    await agrees(made, range(60, 60), flat(1));
    await agrees(make(), [2, 2, 2], flat(1));
    await agrees(make({ scale: 0 }), [2], flat(1));
  });

  test('clips where tanh is at its end', async () => {
    // There 1 − t² has no digits left, by tensors too: what counts is that nothing is longer than C, or no number.
    const made = make({ scale: 3000 });
    const kernel = await kernelOf(made);
    for (let row = 0; row < 60; row++) {
      const [found] = await kernel.sumLot(
        [{ weights: made.weights, clipping: flat(1) }],
        Int32Array.of(row),
        calm,
      );
      expect(Math.hypot(...found!.sums.flatMap((sum) => [...sum]))).toBeLessThan(1 + 1e-6);
    }
  });

  test('gives the same whoever learns beside it, and whoever interrupts', async () => {
    const lot = Int32Array.from(range(1201, 1201));
    const learners = [
      { weights: big.weights, clipping: flat(1) },
      { weights: make({ size: 1201, widths: [20, 9, 10], seed: 8 }).weights, clipping: null },
    ];
    const kernel = await kernelOf(big);
    const alone = [];
    for (const learner of learners) alone.push((await kernel.sumLot([learner], lot, calm))[0]);
    expect(await kernel.sumLot(learners, lot, calm)).toEqual(alone);
    const slowly = () => new Promise<void>((resume) => setTimeout(resume));
    const together = await Promise.all(learners.map((learner) => kernel.sumLot([learner], lot, slowly)));
    expect(together.flat()).toEqual(alone);
  });

  test('reads rows kept in 8 bits, and clips by their own length', async () => {
    const made = make();
    const narrow = new NarrowRows(60, 12);
    for (let row = 0; row < 60; row++) narrow.write(row, made.dataset.features, row * 12);
    const rounded = new Float32Array(60 * 12);
    for (let row = 0; row < 60; row++) narrow.read(row, rounded, row * 12);
    const dataset = narrowDataset(narrow, made.dataset.labels, 10);
    const learner = { weights: made.weights, clipping: flat(1) };
    const lot = Int32Array.from(range(57, 60));
    const [found, plain] = [
      await (await kernelOf({ ...made, dataset })).sumLot([learner], lot, calm),
      await (await kernelOf({ ...made, dataset: makeDataset(rounded, made.dataset.labels, 12, 10) })).sumLot(
        [learner],
        lot,
        calm,
      ),
    ];
    expect(found).toEqual(plain);
  });

  test('tells a broken model by a loss that is no number', async () => {
    const made = make();
    made.weights[0]![5] = Number.NaN;
    const kernel = await kernelOf(made);
    const learner = { weights: made.weights, clipping: flat(1) };
    const [found] = await kernel.sumLot([learner], Int32Array.of(0, 1), calm);
    expect(found!.loss).toBeNaN();
  });

  test('stops when told to, between two parts of a lot', async () => {
    const kernel = await kernelOf(big);
    const learner = { weights: big.weights, clipping: flat(1) };
    const stop = async () => {
      throw new Error('stopped');
    };
    await expect(kernel.sumLot([learner], Int32Array.of(1), stop)).rejects.toThrow('stopped');
  });

  test.each(['separate', 'fused'] as const)(
    'with %s products proves itself before it is used',
    async (products) => expect(await perceptronIsRight(products)).toBe(true),
  );
});

describe('in place of tensors', () => {
  beforeAll(() => startBackend('wasm'));
  const { model, loss, inputShape } = multilayerPerceptron(12, 7, 10);

  function trainers(kernel: 'own' | 'tensors', dataset: Dataset, products?: Products) {
    const options = { layers: model, loss, inputShape, dataset, expectedBatchSize: 40, learningRate: 0.5 };
    return new Trainer({
      ...options,
      privacy: { maxGradNorm: 0.5, noiseMultiplier: 1 },
      random: new SeededRandom(1),
      initial: new SeededRandom(2),
      ...(kernel === 'tensors' ? { kernel: null } : {}),
      ...(products ? { products } : {}),
    });
  }

  test('a private run goes as by tensors, and is examined alike', async () => {
    const { dataset } = make({ size: 300 });
    const [own, tensors] = [trainers('own', dataset), trainers('tensors', dataset)];
    expect(await own.kernelInUse()).toBeInstanceOf(Perceptron);
    expect(await tensors.kernelInUse()).not.toBeInstanceOf(Perceptron);
    for (let step = 0; step < 20; step++) {
      const [mine, theirs] = [await own.next(), await tensors.next()];
      expect(mine.lotSize).toBe(theirs.lotSize);
      expect(worst(mine.norms, theirs.norms)).toBeLessThan(1e-5);
    }
    for (const [p, weights] of own.weights.entries())
      expect(worst(weights, tensors.weights[p]!)).toBeLessThan(1e-5);

    const inputs = tf.tensor2d(dataset.features, [300, 12]);
    const expected = await evaluate(own, inputs, dataset.labels);
    inputs.dispose();
    const exam = await openExam({ name: '', model, loss, inputShape }, dataset);
    const [found, again] = await exam.of([own, own]);
    exam.dispose();
    expect(again).toEqual(found);
    expect(found!.guesses).toEqual(expected.guesses);
    expect(found!.accuracy).toBe(expected.accuracy);
    expect(new Set(found!.guesses).size).toBeGreaterThan(2);
    expect(found!.loss).toBeCloseTo(expected.loss, 5);
  });

  test('takes products that are the same on every machine, unless it is told that nobody will repeat the run', async () => {
    const { dataset } = make({ size: 300 });
    const sizes = [
      { inputs: 12, outputs: 7, bias: true },
      { inputs: 7, outputs: 10, bias: true },
    ];
    expect(await trainers('own', dataset).kernelInUse()).toBe(
      await Perceptron.of(dataset, sizes, 'separate'),
    );
    const free = trainers('own', dataset, 'fused');
    expect(await free.kernelInUse()).toBe(await Perceptron.of(dataset, sizes, 'fused'));
    expect(await free.kernelInUse()).not.toBe(await Perceptron.of(dataset, sizes));
  });

  test('leaves no tensor behind', async () => {
    const trainer = trainers('own', make({ size: 300 }).dataset);
    await trainer.next();
    const before = tf.memory().numTensors;
    for (let step = 0; step < 5; step++) await trainer.next();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('serves dense layers with tanh between and softmax at the end, and nothing else', async () => {
    const { dataset } = make();
    const [first, last] = [dense({ inputs: 12, outputs: 7 }), dense({ inputs: 7, outputs: 10 })];
    const wanted = { loss: softmaxCrossEntropy, dataset };
    expect(await perceptronFor({ ...wanted, layers: [first, tanh(), last] })).toBeInstanceOf(Perceptron);
    for (const layers of [
      [first],
      [first, last],
      [first, relu(), last],
      [first, tanh(), last, tanh()],
      [first, tanh(), dense({ inputs: 7, outputs: 9 })],
      [{ layer: first, from: -1 }, tanh(), last],
    ])
      expect(await perceptronFor({ ...wanted, layers })).toBeNull();
    const other = { ...softmaxCrossEntropy };
    expect(await perceptronFor({ dataset, loss: other, layers: [first, tanh(), last] })).toBeNull();
  });
});
