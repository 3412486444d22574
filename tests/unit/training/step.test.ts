/**
 * One step of the trainer against the definition, worked out here in double, one example at a time. Sampling and noise are
 * scripted, so that every number is known: leaving out the clip, halving σ, or dividing by the size drawn all go red.
 */

import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RandomSource } from '@/lib/random';
import { SeededRandom } from '@/lib/random';
import {
  adam,
  dense,
  makeDataset,
  momentum,
  shifts,
  softmaxCrossEntropy,
  Trainer,
  type TrainerOptions,
} from '@/lib/training';
import { NODE_BACKENDS, startBackend } from '@/tests/harness/backend';

const INPUTS = 6;
const CLASSES = 4;
const SIZE = 40;

const draw = new SeededRandom(42);
const features = Float32Array.from({ length: SIZE * INPUTS }, () => draw.gaussian() * 1.5);
const labels = Uint8Array.from({ length: SIZE }, () => draw.integer(CLASSES));
const dataset = makeDataset(features, labels, INPUTS, CLASSES);

/** Gives the lots and the normals that a test wants, in order. */
function scripted(lots: number[][], normals: number[] = []): RandomSource & { used: () => number } {
  const source = new SeededRandom(7) as unknown as RandomSource;
  let lot = 0;
  let at = 0;
  return Object.assign(Object.create(source) as RandomSource, {
    poissonSample: () => Int32Array.from(lots[lot++ % lots.length]!),
    fillGaussian: (out: Float64Array | Float32Array, deviation = 1) => {
      for (let i = 0; i < out.length; i++) out[i] = deviation * (normals[at++] ?? 0);
    },
    used: () => at,
  });
}

/** Gradient of one example's loss for softmax regression: (p − y) outer [x, 1]. Rows: inputs, then the bias. */
function gradientOf(example: number, weights: readonly Float64Array[]): number[] {
  const x = Array.from(features.subarray(example * INPUTS, (example + 1) * INPUTS));
  const logits = Array.from({ length: CLASSES }, (_, c) =>
    x.reduce((sum, value, i) => sum + value * weights[0]![i * CLASSES + c]!, weights[1]![c]!),
  );
  const exps = logits.map(Math.exp);
  const total = exps.reduce((a, b) => a + b);
  const delta = exps.map((e, c) => e / total - (labels[example] === c ? 1 : 0));
  return [...x, 1].flatMap((value) => delta.map((d) => value * d));
}

/** The definition: sum of clipped gradients, plus σ C z, over q N (and over C, as the learning rate is C-normalised). */
function definition(
  lot: number[],
  weights: readonly Float64Array[],
  { clip, sigma, z, expected }: { clip: number; sigma: number; z: number[]; expected: number },
): number[] {
  const sum = new Array<number>((INPUTS + 1) * CLASSES).fill(0);
  for (const example of lot) {
    const g = gradientOf(example, weights);
    const factor = Math.min(1, clip / Math.hypot(...g));
    for (const [i, value] of g.entries()) sum[i]! += factor * value;
  }
  return sum.map((value, i) => (value + sigma * clip * (z[i] ?? 0)) / (expected * clip));
}

const optionsOf = (random: RandomSource, change: Partial<TrainerOptions> = {}): TrainerOptions => ({
  layers: [dense({ inputs: INPUTS, outputs: CLASSES, initial: 'glorot' })],
  loss: softmaxCrossEntropy,
  inputShape: [INPUTS],
  dataset,
  expectedBatchSize: 8,
  learningRate: 0.5,
  privacy: { maxGradNorm: 2, noiseMultiplier: 1.3 },
  random,
  initial: new SeededRandom(3),
  optimizer: (sizes) => momentum(sizes, 0),
  physicalBatchSize: 4,
  ...change,
});

const LOT = [0, 3, 4, 9, 17, 22, 23, 31, 38, 39, 11];
const Z = Array.from({ length: (INPUTS + 1) * CLASSES }, (_, i) => Math.sin(3 * i + 1) * 1.5);
const flat = (arrays: readonly Float64Array[]) => arrays.flatMap((a) => Array.from(a));
const moved = (before: number[], after: number[], rate: number) =>
  before.map((b, i) => (b - after[i]!) / rate);

describe.each([
  ...NODE_BACKENDS.map((backend) => ['tensors', backend] as const),
  ['the fused kernel', 'wasm'] as const,
])('one step by %s on %s', (by, backend) => {
  const kernel = by === 'tensors' ? { kernel: null } : {};
  const options: typeof optionsOf = (random, change) => optionsOf(random, { ...change, ...kernel });
  beforeAll(() => startBackend(backend));
  afterEach(() => expect(tf.memory().numTensors).toBe(0));

  test('is the clipped sum plus noise over the expected lot, to 1e-5', async () => {
    const trainer = new Trainer(options(scripted([LOT], Z)));
    const start = trainer.weights.map((w) => w.slice());
    const report = await trainer.next();
    const expected = definition(LOT, start, { clip: 2, sigma: 1.3, z: Z, expected: 8 });
    const actual = moved(flat(start), flat(trainer.weights), 0.5);
    const size = Math.max(...expected.map(Math.abs));
    for (const [i, value] of expected.entries())
      expect(Math.abs(actual[i]! - value) / size).toBeLessThan(1e-5);
    // The lot has 11 examples where 8 were expected, and some gradients are longer than the clip: both matter here.
    expect(report.lotSize).toBe(11);
    expect(report.norms.filter((norm) => norm > 2).length).toBeGreaterThan(2);
    expect(report.norms.filter((norm) => norm < 2).length).toBeGreaterThan(0);
  });

  test('reports the length of every gradient before clipping', async () => {
    const trainer = new Trainer(options(scripted([LOT], Z)));
    const start = trainer.weights.map((w) => w.slice());
    const { norms } = await trainer.next();
    for (const [row, example] of LOT.entries())
      expect(norms[row]).toBeCloseTo(Math.hypot(...gradientOf(example, start)), 4);
  });

  test('gives the same weights whatever the size of a micro-batch', async () => {
    const results = [];
    for (const physicalBatchSize of [1, 3, 4, 11, 64]) {
      const trainer = new Trainer(options(scripted([LOT, [1, 2], []], Z), { physicalBatchSize }));
      for (let step = 0; step < 3; step++) await trainer.next();
      results.push(flat(trainer.weights));
    }
    for (const result of results)
      for (const [i, w] of result.entries()) expect(w).toBeCloseTo(results[0]![i]!, 6);
  });

  test('moves by noise alone when nobody was drawn', async () => {
    const random = scripted([[]], Z);
    const trainer = new Trainer(options(random));
    const before = flat(trainer.weights);
    const report = await trainer.next();
    expect(report).toMatchObject({ lotSize: 0, loss: null });
    const actual = moved(before, flat(trainer.weights), 0.5);
    for (const [i, z] of Z.entries()) expect(actual[i]).toBeCloseTo((1.3 * z) / 8, 9);
  });

  test('draws noise once a step, however many micro-batches there are', async () => {
    const random = scripted([LOT], Z);
    await new Trainer(options(random, { physicalBatchSize: 2 })).next();
    expect(random.used()).toBe((INPUTS + 1) * CLASSES);
  });

  test('trained plainly, neither clips nor adds noise', async () => {
    const trainer = new Trainer(options(scripted([LOT], Z), { privacy: null }));
    const start = trainer.weights.map((w) => w.slice());
    await trainer.next();
    const expected = definition(LOT, start, { clip: 1e9, sigma: 0, z: [], expected: 8 / 1e9 });
    const actual = moved(flat(start), flat(trainer.weights), 0.5);
    for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 5);
  });

  test('leaves the weights alone when it is stopped in between', async () => {
    const trainer = new Trainer(options(scripted([LOT], Z)));
    const before = flat(trainer.weights);
    await expect(trainer.next(() => Promise.reject(new DOMException('stop', 'AbortError')))).rejects.toThrow(
      'stop',
    );
    expect(flat(trainer.weights)).toEqual(before);
    expect(trainer.step).toBe(0);
  });
});

describe('the trainer', () => {
  const options = optionsOf;
  beforeAll(() => startBackend('wasm'));

  test.each([
    ['one kernel', {}],
    ['tensors', { kernel: null }],
    ['a kernel each', { both: false }],
  ] as [string, Partial<TrainerOptions> & { both?: boolean }][])(
    'lets a plain twin learn from the same lot, by %s',
    async (_, { both = true, ...change }) => {
      const lots = [LOT, [], [5, 6]];
      const privately = new Trainer(options(scripted(lots, Z), change));
      const plainly = new Trainer(
        options(scripted([[1]]), { privacy: null, ...change, ...(both ? {} : { kernel: null }) }),
      );
      for (const lot of lots) {
        const [ours, theirs] = [privately, plainly].map(({ weights }) => weights.map((w) => w.slice()));
        const reports = await Trainer.nextOfAll([privately, plainly]);
        expect(reports.map(({ lotSize, step }) => [lotSize, step])).toEqual([
          [lot.length, privately.step],
          [lot.length, privately.step],
        ]);
        const noise = Z.slice(0, lot === LOT ? Z.length : 0);
        const expected = [
          definition(lot, ours!, { clip: 2, sigma: 1.3, z: noise, expected: 8 }),
          definition(lot, theirs!, { clip: 1e9, sigma: 0, z: [], expected: 8 / 1e9 }),
        ];
        for (const [i, [trainer, before]] of (
          [
            [privately, ours!],
            [plainly, theirs!],
          ] as const
        ).entries()) {
          const actual = moved(flat(before), flat(trainer.weights), 0.5);
          for (const [j, value] of expected[i]!.entries()) expect(actual[j]).toBeCloseTo(value, 5);
        }
      }
      expect(privately.charged![0]).toMatchObject({ steps: 3 });
      expect(plainly.charged).toBeNull();
    },
  );

  test('takes the same lot again, for both, when it was stopped in between', async () => {
    const run = async (stop: boolean) => {
      const trainers = [new SeededRandom(5), new SeededRandom(6)].map(
        (random, i) => new Trainer(options(random, i === 0 ? {} : { privacy: null })),
      );
      for (let step = 0; step < 5; step++) {
        const before = trainers.map(({ weights }) => flat(weights));
        if (stop && step > 0)
          await Trainer.nextOfAll(trainers, () => Promise.reject(new Error('stop'))).then(
            ({ length }) => expect(length).toBe(2),
            () => expect(trainers.map(({ weights }) => flat(weights))).toEqual(before),
          );
        if (trainers[0]!.step === step) await Trainer.nextOfAll(trainers);
      }
      return trainers.map(({ weights }) => flat(weights));
    };
    expect(await run(true)).toEqual(await run(false));
  });

  test('repeats itself exactly under a seed, and does not without', async () => {
    const run = async (random: RandomSource) => {
      const trainer = new Trainer(options(random));
      for (let step = 0; step < 20; step++) await trainer.next();
      return flat(trainer.weights);
    };
    expect(await run(new SeededRandom(5))).toEqual(await run(new SeededRandom(5)));
    expect(await run(new SeededRandom(5))).not.toEqual(await run(new SeededRandom(6)));
  });

  test('adds noise of exactly σ C / (q N C), over many steps', async () => {
    // No examples are ever drawn, so all that moves is noise. 400 steps × 28 weights = 11,200 draws: the sample
    // variance strays by more than 5.5 % from the true one less than once in 25,000 runs; the seed is fixed.
    const source = new SeededRandom(11);
    const random = Object.assign(Object.create(source) as RandomSource, {
      poissonSample: () => new Int32Array(),
    });
    const trainer = new Trainer(options(random, { learningRate: 1 }));
    let before = flat(trainer.weights);
    let sum = 0;
    let count = 0;
    for (let step = 0; step < 400; step++) {
      await trainer.next();
      const after = flat(trainer.weights);
      for (const [i, w] of after.entries()) sum += (w - before[i]!) ** 2;
      count += after.length;
      before = after;
    }
    const ratio = Math.sqrt(sum / count) / (1.3 / 8);
    expect(ratio).toBeGreaterThan(0.973);
    expect(ratio).toBeLessThan(1.027);
  });

  test.each([
    ['as it is', {}],
    [
      'with Adam, an adaptive clip and copies',
      {
        optimizer: adam,
        privacy: { maxGradNorm: 1, noiseMultiplier: 1, adaptive: { quantile: 0.5, countNoise: 1 } },
        augmentation: shifts({ width: 3, by: 1, copies: 2 }),
      },
    ],
  ] as [string, Partial<TrainerOptions>][])('keeps no tensor over 2,000 steps, %s', async (_, change) => {
    const trainer = new Trainer(options(new SeededRandom(1), change));
    await trainer.next();
    const before = tf.memory().numTensors;
    for (let step = 0; step < 2000; step++) await trainer.next();
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each([
    [{ expectedBatchSize: 0 }, 'cannot be drawn'],
    [{ expectedBatchSize: 41 }, 'cannot be drawn'],
    [{ privacy: { maxGradNorm: 0, noiseMultiplier: 1 } }, 'no length'],
    [{ privacy: { maxGradNorm: Number.NaN, noiseMultiplier: 1 } }, 'no length'],
    [{ privacy: { maxGradNorm: 1, noiseMultiplier: -1 } }, 'makes no sense'],
    [{ averaging: 1 }, 'never moves'],
    [{ physicalBatchSize: 0 }, 'cannot be made'],
  ])('refuses %o, saying why', (change, why) => {
    expect(() => new Trainer(options(new SeededRandom(1), change as Partial<TrainerOptions>))).toThrow(why);
  });
});
