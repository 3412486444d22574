/** A gradient that is infinite or no number counts as zero: it neither decides the sum nor moves anybody else's part of it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type RandomSource, SeededRandom } from '@/lib/random';
import { dense, makeDataset, softmaxCrossEntropy, Trainer, tanh } from '@/lib/training';
import { clipUpdate } from '@/lib/training/federated/fed-avg';
import { Perceptron } from '@/lib/training/kernels/perceptron';
import { FusedSoftmax } from '@/lib/training/kernels/softmax';
import { TensorKernel } from '@/lib/training/kernels/tensors';
import { trainLogistic } from '@/lib/training/logistic-regression';
import { trainSoftmax } from '@/lib/training/softmax-regression';
import { NODE_BACKENDS, startBackend } from '@/tests/harness/backend';

const [INPUTS, CLASSES, SIZE] = [6, 10, 40];
/** Rows whose pixels are no number, infinite, and so large that a length of them is infinite. */
const BAD = { 3: Number.NaN, 9: Number.POSITIVE_INFINITY, 17: 1e30 } as const;
const LOT = [0, 3, 4, 9, 17, 22, 23, 31, 38];
const GOOD = LOT.filter((row) => !(row in BAD));

const draw = new SeededRandom(42);
const features = Float32Array.from({ length: SIZE * INPUTS }, () => draw.gaussian());
for (const [row, value] of Object.entries(BAD)) features[Number(row) * INPUTS + 2] = value;
const labels = Uint8Array.from({ length: SIZE }, () => draw.integer(CLASSES));
const dataset = makeDataset(features, labels, INPUTS, CLASSES);

function lots(lot: number[]): RandomSource {
  return Object.assign(Object.create(new SeededRandom(7)) as RandomSource, {
    poissonSample: () => Int32Array.from(lot),
    fillGaussian: (out: Float64Array | Float32Array) => void out.fill(0.25),
  });
}

/** What sums, and over which layers it does. */
const WAYS = {
  tensors: { kernel: TensorKernel, layers: [dense({ inputs: INPUTS, outputs: CLASSES, initial: 'glorot' })] },
  'the fused kernel': {
    kernel: FusedSoftmax,
    layers: [dense({ inputs: INPUTS, outputs: CLASSES, initial: 'glorot' })],
  },
  'the perceptron’s kernel': {
    kernel: Perceptron,
    layers: [
      dense({ inputs: INPUTS, outputs: 5, initial: 'glorot' }),
      tanh(),
      dense({ inputs: 5, outputs: CLASSES, initial: 'glorot' }),
    ],
  },
} as const;
type Way = keyof typeof WAYS;

const trainerOn = (lot: number[], by: Way, adaptive = false) =>
  new Trainer({
    layers: WAYS[by].layers,
    loss: softmaxCrossEntropy,
    inputShape: [INPUTS],
    dataset,
    expectedBatchSize: 8,
    learningRate: 0.5,
    privacy: {
      maxGradNorm: 2,
      noiseMultiplier: 1.3,
      ...(adaptive ? { adaptive: { quantile: 0.5, countNoise: 1 } } : {}),
    },
    random: lots(lot),
    initial: new SeededRandom(3),
    physicalBatchSize: 4,
    ...(by === 'tensors' ? { kernel: null } : {}),
  });

describe.each([
  ...NODE_BACKENDS.map((backend) => ['tensors', backend] as const),
  ['the fused kernel', 'wasm'] as const,
  ['the perceptron’s kernel', 'wasm'] as const,
])('a step by %s on %s', (by, backend) => {
  beforeAll(() => startBackend(backend));

  test('is the step of the others, with the same noise and divisor', async () => {
    const all = trainerOn(LOT, by);
    const others = trainerOn(GOOD, by);
    expect(await all.kernelInUse()).toBeInstanceOf(WAYS[by].kernel);
    for (let step = 0; step < 3; step++) {
      const report = await all.next();
      const expected = await others.next();
      expect(report.zeroed).toBe(3);
      expect(expected.zeroed).toBe(0);
      // It was drawn all the same, and its length is given as that of what it counted as.
      expect(report.lotSize).toBe(LOT.length);
      for (const [place, row] of LOT.entries())
        expect(report.norms[place]).toBe(row in BAD ? 0 : expected.norms[GOOD.indexOf(row)]);
    }
    // Counted over the whole run, also where it is cut off and goes on.
    expect([all.zeroed, others.zeroed]).toEqual([9, 0]);
    const again = trainerOn(LOT, by);
    again.restore(all.state());
    expect(again.zeroed).toBe(9);
    expect(all.weights.flatMap((w) => [...w])).toEqual(others.weights.flatMap((w) => [...w]));
    expect(all.weights.every((w) => w.every(Number.isFinite))).toBe(true);
  });

  test('takes it for a short gradient where the clip follows a quantile', async () => {
    const all = trainerOn(LOT, by, true);
    await all.next();
    expect(all.weights.every((w) => w.every(Number.isFinite))).toBe(true);
    expect(Number.isFinite((await all.next()).maxGradNorm)).toBe(true);
  });
});

test('a row that is no number counts as none in the trainers of plain numbers', async () => {
  const privacy = () => ({ maxGradNorm: 1, noiseMultiplier: 1, random: new SeededRandom(5) });
  const shared = { steps: 4, learningRate: 0.5, divisor: 8 };
  const softmax = (rows: number[]) => trainSoftmax({ ...shared, dataset, rows, privacy: privacy() });
  const found = await softmax(LOT);
  expect([...found]).toEqual([...(await softmax(GOOD))]);
  expect(found.every(Number.isFinite)).toBe(true);
  const table = { features, answers: labels.map((label) => label % 2), width: INPUTS };
  const logistic = (rows: number[]) => trainLogistic({ ...shared, table, rows, privacy: privacy() });
  const finiteIn64Bits = [...GOOD, 17];
  expect([...logistic([...finiteIn64Bits, 3, 9])]).toEqual([...logistic(finiteIn64Bits)]);
});

test('an update of a client that is no number counts as none', () => {
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, 1e200]) {
    const update = Float64Array.of(1, wrong, -2);
    clipUpdate(update, 3);
    expect([...update]).toEqual([0, 0, 0]);
  }
});
