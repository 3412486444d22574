/**
 * Lots as they are charged: every example with probability q by itself, however large the lot becomes. What an accountant takes for
 * Poisson sampling must be that, tail and all.
 */
import { beforeAll, expect, test } from 'vitest';
import { SecureRandom, SeededRandom } from '@/lib/random';
import { makeDataset, softmaxRegression, Trainer } from '@/lib/training';
import { startBackend } from '@/tests/harness/backend';

beforeAll(() => startBackend('cpu'));

const SIZE = 2000;
const EXPECTED = 8;
const STEPS = 3000;

/** The sizes of lots of a run. */
async function sizes(random: SeededRandom | SecureRandom): Promise<number[]> {
  const dataset = makeDataset(new Float32Array(SIZE), new Uint8Array(SIZE), 1, 2);
  const { model: layers, loss, inputShape } = softmaxRegression(1, 2);
  const trainer = new Trainer({
    ...{ layers, loss, inputShape, dataset, random, expectedBatchSize: EXPECTED, learningRate: 0.1 },
    privacy: { maxGradNorm: 1, noiseMultiplier: 1 },
    initial: new SeededRandom(1),
  });
  const found: number[] = [];
  for (let step = 0; step < STEPS; step++) found.push((await trainer.next()).lotSize);
  return found;
}

/** P[Bin(n, q) ≤ k] for all k up to 60. */
function binomialCdf(n: number, q: number): number[] {
  let mass = (1 - q) ** n;
  let sum = mass;
  const cdf = [sum];
  for (let k = 1; k <= 60; k++) {
    mass *= ((n - k + 1) / k) * (q / (1 - q));
    sum += mass;
    cdf.push(sum);
  }
  return cdf;
}

test.each([
  ['seeded', () => new SeededRandom(5)],
  ['secure', () => new SecureRandom()],
])('%s lots have sizes as Poisson sampling gives them', async (_, random) => {
  const found = await sizes(random());
  const cdf = binomialCdf(SIZE, EXPECTED / SIZE);
  // Dvoretzky, Kiefer, Wolfowitz: beyond this distance once in a million runs.
  const allowed = Math.sqrt(Math.log(2e6) / (2 * STEPS));
  for (let k = 0; k <= 60; k++) {
    const part = found.filter((size) => size <= k).length / STEPS;
    expect(Math.abs(part - cdf[k]!), `at most ${k}`).toBeLessThan(allowed);
  }
  // Twice the mean comes once in 180 steps: none of 3,000 has probability 1e-7, and a lot that is cut has none.
  expect(found.filter((size) => size >= 2 * EXPECTED).length).toBeGreaterThan(0);
  expect(found.filter((size) => size > 1.5 * EXPECTED).length / STEPS).toBeGreaterThan(
    1 - cdf[1.5 * EXPECTED]! - 0.02,
  );
});
