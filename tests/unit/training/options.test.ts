/** What surrounds the step: optimisers, schedules, rules of clipping, copies of examples, sampling. */
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { composeRdp } from '@/lib/privacy';
import { SeededRandom } from '@/lib/random';
import {
  adam,
  adaptedClip,
  averagePool,
  clippedSum,
  conv2d,
  cosine,
  dense,
  flatten,
  jointNoiseMultiplier,
  layersOf,
  linear,
  type Model,
  makeDataset,
  microBatches,
  shifts,
  softmaxCrossEntropy,
  stepwise,
  Trainer,
  type TrainerOptions,
  tanh,
  warmUp,
} from '@/lib/training';
import { NODE_BACKENDS, startBackend } from '@/tests/harness/backend';

const SIDE = 6;
const WIDTH = SIDE * SIDE;
const SIZE = 60;
const draw = new SeededRandom(3);
const features = Float32Array.from({ length: SIZE * WIDTH }, () => draw.gaussian());
const dataset = makeDataset(
  features,
  Uint8Array.from({ length: SIZE }, () => draw.integer(3)),
  WIDTH,
  3,
);
const cnn: Model = [
  conv2d({ input: [SIDE, SIDE, 1], filters: 4, kernel: 3, padding: 'same' }),
  tanh(),
  averagePool({ size: 2 }),
  flatten(),
  dense({ inputs: 36, outputs: 3, initial: 'glorot' }),
];

const options = (change: Partial<TrainerOptions> = {}): TrainerOptions => ({
  layers: cnn,
  loss: softmaxCrossEntropy,
  inputShape: [SIDE, SIDE, 1],
  dataset,
  expectedBatchSize: 12,
  learningRate: 0.5,
  privacy: { maxGradNorm: 1, noiseMultiplier: 0.8 },
  random: new SeededRandom(4),
  initial: new SeededRandom(5),
  physicalBatchSize: 5,
  ...change,
});
const flat = (arrays: readonly ArrayLike<number>[]) => arrays.flatMap((a) => Array.from(a));
const upload = (model: Model) => {
  const random = new SeededRandom(5);
  return layersOf(model).map((layer) => {
    const starts = layer.initialise(random);
    return layer.parameterShapes.map((shape, p) => tf.tensor(Float32Array.from(starts[p]!), [...shape]));
  });
};

/** gᵢ of each parameter tensor, one example at a time. */
async function gradientsAlone(indices: number[]) {
  const parameters = upload(cnn);
  const result: number[][][] = [];
  for (const index of indices) {
    const batch = microBatches(dataset, Int32Array.of(index), 1).next().value!;
    const sum = clippedSum(cnn, softmaxCrossEntropy, parameters, batch, [SIDE, SIDE, 1], null);
    result.push((await Promise.all(sum.sums.map((t) => t.data()))).map((v) => Array.from(v)));
    tf.dispose([sum.losses, ...sum.sums]);
  }
  tf.dispose(parameters);
  return result;
}

describe.each(NODE_BACKENDS)('rules of clipping on %s', (backend) => {
  beforeAll(() => startBackend(backend));
  afterEach(() => expect(tf.memory().numTensors).toBe(0));
  const lot = [0, 1, 2, 3, 4, 5, 6];

  const ours = async (rule: 'flat' | 'per-layer' | 'automatic', maxGradNorm: number) => {
    const parameters = upload(cnn);
    const batch = microBatches(dataset, Int32Array.from(lot), 8).next().value!;
    const sum = clippedSum(cnn, softmaxCrossEntropy, parameters, batch, [SIDE, SIDE, 1], {
      rule,
      maxGradNorm,
    });
    const values = flat(await Promise.all(sum.sums.map((t) => t.data())));
    tf.dispose([sum.losses, sum.norms!, ...sum.sums, ...parameters.flat()]);
    return values;
  };
  const close = (actual: number[], expected: number[]) => {
    const scale = Math.max(...expected.map(Math.abs));
    for (const [i, v] of expected.entries()) expect(Math.abs(actual[i]! - v) / scale).toBeLessThan(1e-5);
  };
  const scaled = (g: number[][], factor: (tensor: number) => number) =>
    g.flatMap((values, p) => values.map((v) => v * factor(p)));
  const total = (rows: number[][]) => rows[0]!.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0));

  test('per layer: each of two layers to C / √2', async () => {
    const C = 1.2;
    const rows = (await gradientsAlone(lot)).map((g) => {
      const norms = [Math.hypot(...flat(g.slice(0, 2))), Math.hypot(...flat(g.slice(2)))];
      return scaled(g, (p) => Math.min(1, C / Math.SQRT2 / norms[p < 2 ? 0 : 1]!));
    });
    // The whole of it is never longer than C: that is what the noise is made for.
    for (const row of rows) expect(Math.hypot(...row)).toBeLessThanOrEqual(C * (1 + 1e-6));
    close(await ours('per-layer', C), total(rows));
  });

  test('automatic: C / (norm + 0.01), never longer than C', async () => {
    const rows = (await gradientsAlone(lot)).map((g) => {
      const norm = Math.hypot(...flat(g));
      return scaled(g, () => 0.7 / (norm + 0.01));
    });
    for (const row of rows) expect(Math.hypot(...row)).toBeLessThan(0.7);
    close(await ours('automatic', 0.7), total(rows));
  });

  test('copies of an example are averaged before the clip', async () => {
    const rule = shifts({ width: SIDE, by: 1, copies: 4 });
    const augmentation = rule.forStep(77);
    // What each copy looks like, as data of their own.
    const copies = lot.flatMap((index) =>
      Array.from({ length: 4 }, (_, copy) => {
        const row = features.slice(index * WIDTH, (index + 1) * WIDTH);
        augmentation.apply(row, index, copy);
        return row;
      }),
    );
    expect(new Set(copies.slice(0, 4).map((row) => row.join())).size).toBeGreaterThan(1);
    const all = makeDataset(
      Float32Array.from(copies.flatMap((row) => Array.from(row))),
      Uint8Array.from(lot.flatMap((index) => new Array<number>(4).fill(dataset.labels[index]!))),
      WIDTH,
      3,
    );
    const parameters = upload(cnn);
    const run = async (
      data: typeof dataset,
      indices: number[],
      clip: number | null,
      augment?: typeof augmentation,
    ) => {
      const batch = microBatches(data, Int32Array.from(indices), indices.length + 1, augment).next().value!;
      const sum = clippedSum(cnn, softmaxCrossEntropy, parameters, batch, [SIDE, SIDE, 1], clip);
      const values = flat(await Promise.all(sum.sums.map((t) => t.data())));
      tf.dispose([sum.losses, ...sum.sums, ...(sum.norms ? [sum.norms] : [])]);
      return values;
    };
    // Once where nearly all are clipped, once where none is: then the mean shows itself.
    for (const clip of [0.8, 1e6]) {
      const rows: number[][] = [];
      for (const i of lot.keys()) {
        const mean = (await run(all, [4 * i, 4 * i + 1, 4 * i + 2, 4 * i + 3], null)).map((v) => v / 4);
        const factor = Math.min(1, clip / Math.hypot(...mean));
        rows.push(mean.map((v) => v * factor));
      }
      close(await run(dataset, lot, clip, augmentation), total(rows));
    }
    tf.dispose(parameters);
  });

  test('a small convolutional model is trained alike with any size of micro-batch', async () => {
    const results = [];
    for (const physicalBatchSize of [1, 4, 64]) {
      const trainer = new Trainer(options({ physicalBatchSize }));
      for (let step = 0; step < 4; step++) await trainer.next();
      results.push(flat(trainer.weights));
    }
    for (const result of results) close(result, results[0]!);
  });
});

describe('optimisers and schedules', () => {
  test('Adam follows its paper', () => {
    const optimizer = adam([2]);
    const w = [Float64Array.of(1, -2)];
    let [m, v] = [
      [0, 0],
      [0, 0],
    ];
    const expected = [1, -2];
    for (let t = 1; t <= 5; t++) {
      const g = [Math.sin(t), 3 * Math.cos(t)];
      m = m.map((value, i) => 0.9 * value + 0.1 * g[i]!);
      v = v.map((value, i) => 0.999 * value + 0.001 * g[i]! ** 2);
      for (const i of [0, 1])
        expected[i]! -= (0.1 * (m[i]! / (1 - 0.9 ** t))) / (Math.sqrt(v[i]! / (1 - 0.999 ** t)) + 1e-8);
      optimizer.step(w, [Float64Array.from(g)], 0.1);
    }
    expect(w[0]![0]).toBeCloseTo(expected[0]!, 12);
    expect(w[0]![1]).toBeCloseTo(expected[1]!, 12);
  });

  test('schedules begin, pass and end where they say', () => {
    const at = (schedule: (step: number) => number, steps: number[]) =>
      steps.map((s) => Number(schedule(s).toFixed(6)));
    expect(at(linear(2, 11, 1), [1, 6, 11, 50])).toEqual([2, 1.5, 1, 1]);
    expect(at(cosine(2, 11), [1, 6, 11, 50])).toEqual([2, 1, 0, 0]);
    expect(at(stepwise(1, [10, 20]), [10, 11, 20, 21])).toEqual([1, 0.1, 0.1, 0.01]);
    expect(at(warmUp(4, linear(8, 3, 4)), [1, 2, 4, 5, 6, 7])).toEqual([2, 4, 8, 8, 6, 4]);
  });
});

describe('the trainer', () => {
  beforeAll(() => startBackend('wasm'));
  afterEach(() => expect(tf.memory().numTensors).toBe(0));

  test('learns a rule with DP-Adam', async () => {
    const rule = makeDataset(
      features,
      Uint8Array.from({ length: SIZE }, (_, i) => (features[i * WIDTH]! > 0 ? 1 : 0)),
      WIDTH,
      2,
    );
    const trainer = new Trainer(
      options({
        layers: [dense({ inputs: WIDTH, outputs: 2 })],
        inputShape: [WIDTH],
        dataset: rule,
        expectedBatchSize: 30,
        optimizer: adam,
        learningRate: 0.05,
      }),
    );
    const losses: number[] = [];
    for (let step = 0; step < 150; step++) losses.push((await trainer.next()).loss!);
    const mean = (part: number[]) => part.reduce((a, b) => a + b) / part.length;
    expect(mean(losses.slice(-20))).toBeLessThan(0.5 * mean(losses.slice(0, 5)));
  });

  test('follows the schedule', async () => {
    const seen: number[] = [];
    const trainer = new Trainer(options({ learningRate: (step) => seen.push(step) && 0 }));
    const before = flat(trainer.weights);
    for (let step = 0; step < 3; step++) await trainer.next();
    expect(seen).toEqual([1, 2, 3]);
    expect(flat(trainer.weights)).toEqual(before);
  });

  test('draws every example with probability q (χ²)', async () => {
    const counts = new Float64Array(SIZE);
    const sizes: number[] = [];
    const source = new SeededRandom(21);
    const sample = source.poissonSample.bind(source);
    source.poissonSample = (size, rate) => {
      const lot = sample(size, rate);
      for (const i of lot) counts[i]!++;
      sizes.push(lot.length);
      return lot;
    };
    const trainer = new Trainer(
      options({
        layers: [dense({ inputs: WIDTH, outputs: 3 })],
        inputShape: [WIDTH],
        random: source,
        physicalBatchSize: 32,
      }),
    );
    const steps = 1000;
    for (let step = 0; step < steps; step++) await trainer.next();
    const q = 12 / SIZE;
    const chi = counts.reduce((sum, c) => sum + (c - steps * q) ** 2 / (steps * q * (1 - q)), 0);
    // 60 degrees of freedom: beyond these bounds once in 10,000 seeds on either side.
    expect(chi).toBeGreaterThan(26.9);
    expect(chi).toBeLessThan(107.5);
    // The size of a lot varies as a binomial does: it is not fixed, nor cut.
    const mean = sizes.reduce((a, b) => a + b) / steps;
    const variance = sizes.reduce((sum, s) => sum + (s - mean) ** 2, 0) / (steps - 1);
    expect(Math.abs(mean - 12)).toBeLessThan(4 * Math.sqrt(9.6 / steps));
    expect(variance / 9.6).toBeGreaterThan(0.83);
    expect(variance / 9.6).toBeLessThan(1.18);
  });
});

describe('adaptive clipping', () => {
  beforeAll(() => startBackend('wasm'));

  test('one step is the formula of its paper', () => {
    const rule = { quantile: 0.5, countNoise: 3, rate: 0.2 };
    // 30 of 40 within, 50 expected, noise 2: b̃ = (30 − 20 + 2) / 50 + ½ = 0.74.
    expect(adaptedClip(2, rule, { within: 30, lotSize: 40, noise: 2, expectedBatchSize: 50 })).toBeCloseTo(
      2 * Math.exp(-0.2 * 0.24),
      12,
    );
  });

  test('costs what one Gaussian of both costs', () => {
    expect(jointNoiseMultiplier(1, 0.5)).toBeCloseTo(Math.SQRT1_2, 12);
    expect(jointNoiseMultiplier(1.3, 1e9)).toBeCloseTo(1.3, 9);
    expect(jointNoiseMultiplier(1.3, 0)).toBe(0);
    const trainer = new Trainer(
      options({
        privacy: { maxGradNorm: 1, noiseMultiplier: 1, adaptive: { quantile: 0.5, countNoise: 0.5 } },
      }),
    );
    expect(trainer.chargeFor(10)).toEqual([
      {
        kind: 'poisson-gaussian',
        sampleRate: 0.2,
        noiseMultiplier: expect.closeTo(Math.SQRT1_2, 12),
        steps: 10,
      },
    ]);
    const plain = new Trainer(options({ privacy: { maxGradNorm: 1, noiseMultiplier: 1 } }));
    const epsilon = (t: Trainer) => composeRdp(t.chargeFor(10)!, 1e-5).epsilon;
    expect(epsilon(trainer)).toBeGreaterThan(epsilon(plain));
  });

  test.each([0.05, 40])('comes to the quantile from a clip of %s', async (maxGradNorm) => {
    const trainer = new Trainer(
      options({
        layers: [dense({ inputs: WIDTH, outputs: 3 })],
        inputShape: [WIDTH],
        learningRate: 0,
        expectedBatchSize: 30,
        physicalBatchSize: 64,
        privacy: { maxGradNorm, noiseMultiplier: 1, adaptive: { quantile: 0.5, countNoise: 1 } },
      }),
    );
    let within = 0;
    let all = 0;
    let first: number | null = null;
    for (let step = 1; step <= 140; step++) {
      const { norms, maxGradNorm: clip } = await trainer.next();
      first ??= clip;
      if (step <= 100) continue;
      within += norms.filter((norm) => norm <= clip!).length;
      all += norms.length;
    }
    expect(first).toBe(maxGradNorm);
    expect(within / all).toBeGreaterThan(0.35);
    expect(within / all).toBeLessThan(0.65);
  });
});
