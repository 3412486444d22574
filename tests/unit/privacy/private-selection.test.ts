/** The best of many tries: what is proved, against the exact law of what is published. Seeds are fixed. */
import { describe, expect, test } from 'vitest';
import { bestIsTried, reachedEpsilon, type Stopping, selectionEpsilon, tryCount } from '@/lib/privacy';
import { SeededRandom } from '@/lib/random';

const RULES: readonly Stopping[] = ['fixed', 'geometric', 'logarithmic'];

/** P[K = k] by the words of the papers, summed up. */
function law(stopping: Stopping, mean: number): (k: number) => number {
  if (stopping === 'fixed') return (k) => (k === mean ? 1 : 0);
  if (stopping === 'geometric') return (k) => (1 / mean) * (1 - 1 / mean) ** (k - 1);
  // γ by its mean.
  let gamma = 0.5;
  for (let i = 0; i < 2000; i++) gamma *= (1 / gamma - 1) / Math.log(1 / gamma) < mean ? 0.99 : 1 / 0.99;
  return (k) => (1 - gamma) ** k / (k * Math.log(1 / gamma));
}

describe.each(RULES)('%s tries', (stopping) => {
  test.each([2, 5, 20])('are %d on average, and miss as the law says', (mean) => {
    const count = tryCount(stopping, mean);
    const p = law(stopping, mean);
    const sum = (of: (k: number) => number) => {
      let total = 0;
      for (let k = 1; k < 3000; k++) total += p(k) * of(k);
      return total;
    };
    // The γ of this test is found to one in a hundred.
    const close = stopping === 'logarithmic' ? 1 : 8;
    expect(sum((k) => k)).toBeCloseTo(mean, stopping === 'logarithmic' ? 0 : 8);
    for (const x of [0.1, 0.5, 0.9]) {
      expect(count.missAll(x)).toBeCloseTo(
        sum((k) => x ** k),
        close,
      );
      const slope = (count.missAll(x + 1e-6) - count.missAll(x - 1e-6)) / 2e-6;
      expect(count.slope(x) / slope).toBeCloseTo(1, 5);
    }
    expect(count.missAll(1)).toBeCloseTo(1, 10);
  });

  test('are drawn by that law', () => {
    const count = tryCount(stopping, 6);
    const random = new SeededRandom(5);
    const draws = Array.from({ length: 20_000 }, () => count.draw(random));
    expect(Math.min(...draws)).toBe(stopping === 'fixed' ? 6 : 1);
    // Six standard errors at most.
    const spread = Math.sqrt(draws.reduce((s, k) => s + (k - 6) ** 2, 0) / draws.length);
    expect(Math.abs(draws.reduce((s, k) => s + k, 0) / draws.length - 6)).toBeLessThanOrEqual(
      (6 * spread) / Math.sqrt(draws.length) + 1e-12,
    );
    const missed = draws.reduce((s, k) => s + 0.8 ** k, 0) / draws.length;
    expect(missed).toBeCloseTo(count.missAll(0.8), 1.7);
  });

  test('keep to what is proved, for tries of all kinds', () => {
    const random = new SeededRandom(7);
    for (const mean of [2, 7, 40])
      for (const epsilon of [0.1, 1, 3]) {
        const count = tryCount(stopping, mean);
        const bound = selectionEpsilon(count, epsilon);
        for (let i = 0; i < 60; i++) {
          const [p, q] = neighbours(epsilon, random);
          const [ours, theirs] = [published(count, p), published(count, q)];
          for (const [at, value] of ours.entries())
            expect(Math.abs(Math.log(value / theirs[at]!))).toBeLessThanOrEqual(bound + 1e-6);
        }
      }
  });

  test('are reached by some try', () => {
    for (const epsilon of [0.5, 2]) {
      const count = tryCount(stopping, 30);
      const often = 1 / (1 + Math.exp(-epsilon));
      const rare = 1e-7;
      const p = [often, rare * Math.exp(epsilon), 1 - often - rare * Math.exp(epsilon)];
      const q = [1 - often, rare, often - rare];
      const ratio = Math.log(published(count, p)[1]! / published(count, q)[1]!);
      expect(reachedEpsilon(count, epsilon)).toBeCloseTo(ratio, 3);
      expect(reachedEpsilon(count, epsilon)).toBeLessThanOrEqual(selectionEpsilon(count, epsilon) + 1e-9);
      // Far above the ε of a single try, which is what one would like to print.
      expect(reachedEpsilon(count, epsilon)).toBeGreaterThan(1.5 * epsilon);
    }
  });
});

/** Two laws of four results that no result tells apart by more than ε. */
function neighbours(epsilon: number, random: SeededRandom): [number[], number[]] {
  for (;;) {
    const p = Array.from({ length: 4 }, () => random.uniform() ** 3 + 1e-4);
    const q = p.map((value) => value * Math.exp(epsilon * (random.uniform() < 0.5 ? -1 : 1) * 0.5));
    const [sumP, sumQ] = [p, q].map((all) => all.reduce((s, v) => s + v, 0)) as [number, number];
    const [ours, theirs] = [p.map((v) => v / sumP), q.map((v) => v / sumQ)];
    if (ours.every((v, i) => Math.abs(Math.log(v / theirs[i]!)) <= epsilon)) return [ours, theirs];
  }
}

/** The exact law of the best of all tries; results in order, the last is the best. */
function published(count: ReturnType<typeof tryCount>, law: readonly number[]): number[] {
  let below = 0;
  return law.map((value) => {
    const from = below;
    below = Math.min(1, below + value);
    return count.missAll(below) - count.missAll(from);
  });
}

test('one try costs what it costs, and a random number never more than three', () => {
  for (const stopping of RULES) expect(selectionEpsilon(tryCount(stopping, 1), 0.7)).toBe(0.7);
  expect(selectionEpsilon(tryCount('fixed', 12), 0.5)).toBe(6);
  expect(selectionEpsilon(tryCount('geometric', 1000), 0.5)).toBe(1.5);
  expect(selectionEpsilon(tryCount('logarithmic', 1000), 0.5)).toBe(1);
  expect(() => tryCount('fixed', 2.5)).toThrow('cannot be made');
});

test('a random number of tries misses the best setting more often than a fixed one', () => {
  const chance = (stopping: Stopping) => bestIsTried(tryCount(stopping, 20), 10);
  expect(chance('fixed')).toBeCloseTo(1 - 0.9 ** 20, 12);
  expect(chance('fixed')).toBeGreaterThan(chance('geometric'));
  expect(chance('geometric')).toBeGreaterThan(chance('logarithmic'));
});
