/** Noise as the guarantee needs it: a fresh normal for every weight and step, gone from memory afterwards; and averages that only follow. */
import { beforeAll, expect, test } from 'vitest';
import { SeededRandom } from '@/lib/random';
import { makeDataset, softmaxRegression, Trainer } from '@/lib/training';
import { startBackend } from '@/tests/harness/backend';

beforeAll(() => startBackend('cpu'));

const WIDTH = 900;
const CLASSES = 10;

/** Rows of zeros: what moves weights, but for the intercepts, is noise alone. */
function trainer(averaging = 0) {
  const dataset = makeDataset(new Float32Array(50 * WIDTH), new Uint8Array(50), WIDTH, CLASSES);
  const { model: layers, loss, inputShape } = softmaxRegression(WIDTH, CLASSES);
  return new Trainer({
    ...{ layers, loss, inputShape, dataset, averaging, expectedBatchSize: 5, learningRate: 5 },
    privacy: { maxGradNorm: 2, noiseMultiplier: 3 },
    random: new SeededRandom(4),
    initial: new SeededRandom(1),
    // Weights move by the step itself.
    optimizer: () => ({
      name: 'plain',
      step: (weights, gradient, rate) => {
        for (const [p, w] of weights.entries())
          for (let i = 0; i < w.length; i++) w[i]! -= rate * gradient[p]![i]!;
      },
      state: () => [],
      restore() {},
    }),
  });
}

test('every weight gets noise of its own, of standard deviation σ C', async () => {
  const own = trainer();
  await own.next();
  // A step is η / (q N C) times the noise: here half of it.
  const first = own.weights[0]!.map((w) => w * 2);
  await own.next();
  const second = own.weights[0]!.map((w, i) => w * 2 - first[i]!);
  const both = [...first, ...second];
  expect(new Set(both).size).toBe(both.length);
  const deviation = Math.sqrt(both.reduce((sum, x) => sum + x * x, 0) / both.length);
  // Of 18,000 normals, the deviation is known to half a per cent: six times that.
  expect(Math.abs(deviation / 6 - 1)).toBeLessThan(0.032);
  // Correlation at any distance, such as that of a buffer, is next to none.
  for (const lag of [1, 2, 256, 512, 1024, 2048, 4096, 9000]) {
    let sum = 0;
    for (let i = lag; i < both.length; i++) sum += both[i]! * both[i - lag]!;
    expect(Math.abs(sum / (both.length - lag) / 36), `lag ${lag}`).toBeLessThan(
      6 / Math.sqrt(both.length - lag),
    );
  }
});

test('noise does not stay in memory', async () => {
  const own = trainer();
  await own.next();
  const { noise } = own as unknown as { noise: Float64Array };
  expect(noise.length).toBeGreaterThan(0);
  expect(noise.every((value) => value === 0)).toBe(true);
});

test('what is released is the average of all steps, and later the one that forgets', async () => {
  const own = trainer(0.8);
  let expected = own.weights[0]!.map(() => 0);
  for (let step = 1; step <= 12; step++) {
    await own.next();
    const past = Math.min(0.8, (step - 1) / step);
    expected = expected.map((before, i) => past * before + (1 - past) * own.weights[0]![i]!);
    for (let i = 0; i < 50; i++) expect(own.released[0]![i]).toBeCloseTo(expected[i]!, 9);
  }
});
