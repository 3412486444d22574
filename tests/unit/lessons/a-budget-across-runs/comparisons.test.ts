/** The three cells that set one way beside another: histogram, shuffled lots, noise that cancels. */
import { describe, expect, test } from 'vitest';
import { privateHistogram } from '@/components/lessons/a-budget-across-runs/experiments/private-histogram';
import { runningSums } from '@/components/lessons/a-budget-across-runs/experiments/running-sums';
import { shuffledLots } from '@/components/lessons/a-budget-across-runs/experiments/shuffled-lots';
import { dpSgdEpsilon } from '@/lib/privacy';
import { run as runExperiment } from '@/tests/harness/experiment';

const HISTOGRAM = { epsilon: 0.5, groups: 24, overlap: 1, people: 1000, seed: 1 };

describe('the private histogram', () => {
  test('costs what one count costs, however many groups', async () => {
    for (const groups of [2, 24, 60]) {
      const { cost } = await runExperiment(privateHistogram, { ...HISTOGRAM, groups });
      expect(cost).toEqual({ each: 0.5, parallel: 0.5, addedUp: expect.closeTo(0.5 * groups, 9) });
    }
  });

  test('for people in three groups each count must do with a third, and the whole costs ε', async () => {
    const { cost } = await runExperiment(privateHistogram, { ...HISTOGRAM, overlap: 3 });
    expect(cost.each).toBeCloseTo(0.5 / 3, 12);
    expect(cost.parallel).toBeCloseTo(0.5, 12);
  });

  test('is far more accurate than as many questions, and its errors are those of its noise', async () => {
    const { truth, error } = await runExperiment(privateHistogram, {
      ...HISTOGRAM,
      groups: 60,
      people: 60_000,
    });
    expect(truth.reduce((sum, one) => sum + one, 0)).toBe(60_000);
    // E|X| of discrete Laplace noise is 2p / (1 − p²), p = e^−ε: 1.92 at ε = 0.5, and 60 times as much where it is shared out.
    const expected = (epsilon: number) => 1 / Math.sinh(epsilon);
    expect(error.parallel / expected(0.5)).toBeGreaterThan(0.6);
    expect(error.parallel / expected(0.5)).toBeLessThan(1.5);
    expect(error.shared / expected(0.5 / 60)).toBeGreaterThan(0.6);
    expect(error.shared / expected(0.5 / 60)).toBeLessThan(1.5);
  });

  test('synthetic people are as many as the noisy counts say, in groups that have any', async () => {
    const { parallel, synthetic } = await runExperiment(privateHistogram, { ...HISTOGRAM, epsilon: 0.05 });
    const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + Math.max(0, one), 0);
    expect(sum(synthetic)).toBe(sum(parallel));
    synthetic.forEach((count, i) => {
      if (parallel[i]! <= 0) expect(count).toBe(0);
    });
  });
});

describe('shuffled lots', () => {
  test('ends at the last epoch, with Poisson as the accountant has it, between no bounds that cross', async () => {
    const params = { noiseMultiplier: 1, lotsPerEpoch: 20, epochs: 6, delta: 1e-5 };
    const points = await runExperiment(shuffledLots, params);
    expect(points[0]!.epochs).toBe(1);
    expect(points.at(-1)!.epochs).toBe(6);
    expect(points.at(-1)!.poisson).toBe(
      dpSgdEpsilon({ noiseMultiplier: 1, delta: 1e-5, sampleRate: 1 / 20, steps: 120 }),
    );
    for (const { atLeast, atMost } of points) expect(atLeast).toBeLessThanOrEqual(atMost);
    expect(points.at(-1)!.atLeast).toBeGreaterThan(points.at(-1)!.poisson);
  });

  test('one epoch is one point', async () => {
    const points = await runExperiment(shuffledLots, {
      noiseMultiplier: 2,
      lotsPerEpoch: 5,
      epochs: 1,
      delta: 1e-5,
    });
    expect(points.map(({ epochs }) => epochs)).toEqual([1]);
  });
});

test('noise that cancels: less than fresh noise, more than sampling would need', async () => {
  const { points, worst } = await runExperiment(runningSums, { rounds: 500, epsilon: 2, delta: 1e-5 });
  expect(points[0]!.round).toBe(1);
  expect(points.at(-1)!.round).toBe(500);
  expect(worst.squareRoot).toBeLessThan(worst.tree);
  expect(worst.tree).toBeLessThan(worst.independent);
  expect(worst.independent).toBeCloseTo(points.at(-1)!.independent, 10);
});
