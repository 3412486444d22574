/** Canaries in a training as it is: what they tell of noise and lots, and that they leave the examples' model alone. */
import { beforeAll, describe, expect, test } from 'vitest';
import { auditSideBySide } from '@/lib/privacy';
import { SeededRandom } from '@/lib/random';
import { epsilonOf } from '@/lib/runs/accountant';
import { withCanaries } from '@/lib/runs/canaries-in-run';
import { dense, makeDataset, softmaxCrossEntropy, Trainer, type TrainerOptions } from '@/lib/training';
import { startBackend } from '@/tests/harness/backend';

const SIZE = 100;
const STEPS = 30;
const SIGMA = 1.2;
const DELTA = 1e-5;

function options(over: Partial<TrainerOptions> = {}): TrainerOptions {
  const random = new SeededRandom(3, 1);
  const features = Float32Array.from({ length: SIZE * 4 }, () => random.gaussian());
  const labels = Uint8Array.from({ length: SIZE }, () => random.integer(2));
  return {
    layers: [dense({ inputs: 4, outputs: 2, bias: true })],
    loss: softmaxCrossEntropy,
    inputShape: [4],
    dataset: makeDataset(features, labels, 4, 2),
    expectedBatchSize: SIZE / 4,
    learningRate: 0.5,
    privacy: { maxGradNorm: 0.7, noiseMultiplier: SIGMA },
    random: new SeededRandom(3, 2),
    initial: new SeededRandom(3, 3),
    ...over,
  };
}

async function scoresOf(over: Partial<TrainerOptions>, steps = STEPS) {
  const run = await withCanaries(options(over), { canaries: 1000, coin: new SeededRandom(3, 4) });
  const trainer = new Trainer(run.options);
  for (let step = 0; step < steps; step++) await trainer.next();
  return { ...run.scored(), trainer };
}

const largest = (scored: Awaited<ReturnType<typeof scoresOf>>) =>
  Math.max(...Object.values(auditSideBySide({ ...scored, delta: DELTA, pValue: 0.05, signal: STEPS / 4 })));

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('canaries in a run', () => {
  beforeAll(() => startBackend('wasm'));
  const claimed = epsilonOf({ sampleRate: 0.25, noiseMultiplier: SIGMA, steps: STEPS }, DELTA);

  test('a right trainer is not refuted, and about half of its ε is proven', async () => {
    const found = largest(await scoresOf({}));
    expect(found).toBeLessThan(claimed);
    expect(found).toBeGreaterThan(claimed / 3);
  });

  test('half the noise, and none, are', async () => {
    expect(
      largest(await scoresOf({ privacy: { maxGradNorm: 0.7, noiseMultiplier: SIGMA / 2 } })),
    ).toBeGreaterThan(claimed);
    expect(largest(await scoresOf({ privacy: { maxGradNorm: 0.7, noiseMultiplier: 0 } }))).toBeGreaterThan(
      claimed,
    );
  });

  test('each that is in is drawn at the rate of everybody, and shows 1 for each time, whatever the clip', async () => {
    const { scores, included } = await scoresOf({ privacy: { maxGradNorm: 0.7, noiseMultiplier: 0 } });
    const inside = Array.from(scores).filter((_, i) => included[i]);
    const outside = Array.from(scores).filter((_, i) => !included[i]);
    // Whole numbers of draws: 30 · ¼ on average; the mean of some 500 strays by 0.1.
    expect(Math.abs(mean(inside) - STEPS / 4)).toBeLessThan(0.5);
    for (const score of inside) expect(score).toBeCloseTo(Math.round(score), 9);
    expect(new Set(outside)).toEqual(new Set([0]));
  });

  test('the model of the examples is the same as without them', async () => {
    // Everybody in every lot, and no noise: nothing is left to chance.
    const all = { expectedBatchSize: SIZE, privacy: { maxGradNorm: 0.7, noiseMultiplier: 0 } };
    const { trainer } = await scoresOf(all, 5);
    const alone = new Trainer(options(all));
    for (let step = 0; step < 5; step++) await alone.next();
    expect(trainer.weights.slice(0, -1)).toEqual(alone.weights);
  });

  test('a kernel that was asked for is used', async () => {
    const kernel = {
      sumLot: async (learners: readonly { weights: readonly Float64Array[] }[]) =>
        learners.map(({ weights }) => ({
          sums: weights.map((w) => new Float64Array(w.length).fill(1)),
          norms: new Float32Array(0),
          loss: 0,
        })),
    };
    const { trainer } = await scoresOf({ kernel, privacy: { maxGradNorm: 0.7, noiseMultiplier: 0 } }, 1);
    const start = new Trainer(options());
    // η · sum / (q N C), the first step of momentum.
    expect(start.weights[0]![0]! - trainer.weights[0]![0]!).toBeCloseTo(0.5 / (25 * 0.7), 9);
  });
});
