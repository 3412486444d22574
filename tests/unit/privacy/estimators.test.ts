/** What mechanisms add and estimators claim, against draws and against formulas that were not taken from the library. Fixed seeds. */
import { describe, expect, test } from 'vitest';
import {
  cloneShuffleBound,
  discreteLaplaceMechanism,
  frequencyVariance,
  gaussianMechanism,
  kAryRandomizedResponse,
  laplaceMechanism,
  optimizedUnaryEncoding,
} from '@/lib/privacy';
import { SeededRandom } from '@/lib/random';

const DRAWS = 40_000;

function deviationOf(release: (random: SeededRandom) => number): number {
  const random = new SeededRandom(11);
  const draws = Array.from({ length: DRAWS }, () => release(random));
  const mean = draws.reduce((sum, x) => sum + x, 0) / DRAWS;
  return Math.sqrt(draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / DRAWS);
}

describe('noise grows with the sensitivity', () => {
  // A deviation is known to about one per cent: five times that.
  const close = (found: number, expected: number) =>
    expect(Math.abs(found / expected - 1)).toBeLessThan(0.05);

  test.each([0.5, 1, 3])('Gaussian, sensitivity %d', (sensitivity) => {
    const mechanism = gaussianMechanism({ noiseMultiplier: 2, sensitivity });
    close(
      deviationOf((random) => mechanism.release(0, random)),
      2 * sensitivity,
    );
    // And the likelihood is that of what is released.
    expect(mechanism.likelihood(0, 0)).toBeCloseTo(1 / (2 * sensitivity * Math.sqrt(2 * Math.PI)), 12);
  });

  test.each([1, 3])('Laplace and its discrete kin keep their ε at sensitivity %d', (sensitivity) => {
    for (const make of [laplaceMechanism, discreteLaplaceMechanism]) {
      const mechanism = make({ scale: 3 * sensitivity, sensitivity });
      expect(mechanism.epsilonAt(0)).toBeCloseTo(1 / 3, 12);
      close(
        deviationOf((random) => mechanism.release(0, random)),
        make === laplaceMechanism
          ? Math.SQRT2 * 3 * sensitivity
          : // 2 p / (1 − p)², p = e^{−1/b}
            Math.sqrt(2 * Math.exp(-1 / (3 * sensitivity))) / -Math.expm1(-1 / (3 * sensitivity)),
      );
    }
  });
});

describe('the variance of an estimated frequency', () => {
  test.each([0, 0.1, 0.5, 0.9, 1])('is that of counted reports, for a frequency of %d', (frequency) => {
    for (const oracle of [
      kAryRandomizedResponse({ epsilon: 1.5, categories: 3 }),
      optimizedUnaryEncoding({ epsilon: 1, categories: 5 }),
    ]) {
      const { p, q } = oracle;
      const people = 1000;
      // Reports are independent coins: n f of them with p, the others with q.
      const ofCount = people * (frequency * p * (1 - p) + (1 - frequency) * q * (1 - q));
      expect(frequencyVariance(oracle, people, frequency)).toBeCloseTo(ofCount / (people * (p - q)) ** 2, 12);
    }
  });
});

test('shuffling hides as Feldman, McMillan and Talwar (2021) prove', () => {
  // Theorem III.1 as printed: ln(1 + (e^ε₀ − 1)/(e^ε₀ + 1) · a), which the form of their program betters by a hair.
  for (const [epsilonLocal, people, delta] of [
    [1, 1e6, 1e-6],
    [0.5, 1e5, 1e-5],
    [2, 1e7, 1e-7],
  ] as const) {
    const odds = Math.exp(epsilonLocal);
    const a = (8 * Math.sqrt(odds * Math.log(4 / delta))) / Math.sqrt(people) + (8 * odds) / people;
    const printed = Math.log(1 + ((odds - 1) / (odds + 1)) * a);
    const { epsilon } = cloneShuffleBound({ epsilonLocal, people, delta });
    expect(epsilon! / printed).toBeGreaterThan(0.95);
    expect(epsilon! / printed).toBeLessThan(1.05);
  }
});
