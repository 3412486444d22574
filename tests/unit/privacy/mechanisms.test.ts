/**
 * Mechanisms: what they draw is what they say they draw, and ε(δ), δ(ε) and the trade-off curve are three faces of one thing.
 * Seeds are fixed. The bounds of the statistical tests would each raise a false alarm with probability below 1e−3 on a fresh
 * seed (Kolmogorov–Smirnov 1.95, χ² five deviations).
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  analyticGaussianSigma,
  classicalGaussianEpsilon,
  classicalGaussianSigma,
  discreteGaussianMechanism,
  discreteLaplaceMechanism,
  exponentialMechanism,
  gaussianDelta,
  gaussianEpsilon,
  gaussianMechanism,
  laplaceMechanism,
  type Mechanism,
  randomizedResponseMechanism,
  reportNoisyMaxMechanism,
  rocCurve,
} from '@/lib/privacy';
import { SeededRandom } from '@/lib/random';
import { chiSquareDeviations, kolmogorovSmirnov } from '../random/support';

const N = 40_000;
const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

/** ∫ of a density from far below, by the midpoint rule, as a function that is asked ascending. */
function distributionOf(density: (x: number) => number, low: number, high: number) {
  const cells = 40_000;
  const width = (high - low) / cells;
  const sums = new Float64Array(cells + 1);
  for (let i = 0; i < cells; i++) sums[i + 1] = sums[i]! + density(low + (i + 0.5) * width) * width;
  return (x: number) => {
    const place = Math.min(cells - 1e-9, Math.max(0, (x - low) / width));
    const i = Math.floor(place);
    return sums[i]! + (place - i) * (sums[i + 1]! - sums[i]!);
  };
}

describe('continuous noise is drawn from the density that is stated', () => {
  it.each([
    ['Laplace', laplaceMechanism({ scale: 1.7, sensitivity: 2 })],
    ['Gaussian', gaussianMechanism({ noiseMultiplier: 0.8, sensitivity: 3 })],
  ] as const)('%s', (_, mechanism) => {
    const random = new SeededRandom(71);
    const samples = Float64Array.from({ length: N }, () => mechanism.release(10, random));
    const distribution = distributionOf((x) => mechanism.likelihood(x, 10), -50, 70);
    expect(distribution(69.999)).toBeCloseTo(1, 6);
    expect(kolmogorovSmirnov(samples, distribution)).toBeLessThan(1.95);
  });
});

describe('discrete noise is drawn from the masses that are stated', () => {
  const tally = (mechanism: Mechanism<number>, value: number, seed: number) => {
    const random = new SeededRandom(seed);
    const outcomes: number[] = [];
    for (let x = value - 60; x <= value + 60; x++) outcomes.push(x);
    // Rare outcomes are counted together, so that every cell expects enough.
    const masses = outcomes.map((x) => N * mechanism.likelihood(x, value));
    const kept = outcomes.filter((_, i) => masses[i]! >= 8);
    const expected = [...masses.filter((mass) => mass >= 8), 0];
    expected[kept.length] = N - expected.reduce((a, b) => a + b, 0);
    const counts = new Float64Array(kept.length + 1);
    for (let i = 0; i < N; i++) {
      const output = mechanism.release(value, random);
      expect(Number.isInteger(output)).toBe(true);
      const place = kept.indexOf(output);
      counts[place < 0 ? kept.length : place]!++;
    }
    return expected[kept.length]! > 8
      ? chiSquareDeviations(counts, expected)
      : chiSquareDeviations(counts.slice(0, -1), expected.slice(0, -1));
  };

  it.each([
    ['discrete Laplace, b 1.3', discreteLaplaceMechanism({ scale: 1.3 })],
    ['discrete Laplace, b 0.4', discreteLaplaceMechanism({ scale: 0.4 })],
    ['discrete Gaussian, σ 2.5', discreteGaussianMechanism({ sigma: 2.5 })],
    ['discrete Gaussian, σ 0.6', discreteGaussianMechanism({ sigma: 0.6, sensitivity: 2 })],
  ] as const)('%s', (_, mechanism) => {
    expect(Math.abs(tally(mechanism, 7, 72))).toBeLessThan(5);
  });

  it('sums to one, and is nothing between whole numbers', () => {
    for (const mechanism of [
      discreteLaplaceMechanism({ scale: 3 }),
      discreteGaussianMechanism({ sigma: 4 }),
    ]) {
      let sum = 0;
      for (let x = -300; x <= 300; x++) sum += mechanism.likelihood(x, 0);
      expect(sum).toBeCloseTo(1, 12);
      expect(mechanism.likelihood(0.5, 0)).toBe(0);
    }
  });
});

describe('selections are drawn with the probabilities that are stated', () => {
  const scores = [3, 0, 2.5, -4, 3];
  it.each([
    ['exponential', exponentialMechanism({ epsilon: 1.5, sensitivity: 2 })],
    ['exponential, monotone', exponentialMechanism({ epsilon: 1.5, sensitivity: 2, monotone: true })],
    ['noisy max, Laplace', reportNoisyMaxMechanism({ epsilon: 1.5, noise: 'laplace' })],
    ['noisy max, exponential', reportNoisyMaxMechanism({ epsilon: 1.5, noise: 'exponential' })],
  ] as const)('%s', (_, mechanism) => {
    const random = new SeededRandom(73);
    const counts = new Float64Array(scores.length);
    for (let i = 0; i < N; i++) counts[mechanism.release(scores, random)]!++;
    const chances = scores.map((_score, i) => mechanism.likelihood(i, scores));
    expect(chances.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 8);
    expect(
      Math.abs(
        chiSquareDeviations(
          counts,
          chances.map((p) => N * p),
        ),
      ),
    ).toBeLessThan(5);
  });

  it('keeps every ratio within e^ε however neighbouring scores move', () => {
    const score = fc.double({ min: -20, max: 20, noNaN: true });
    // Mostly as far as one person can, and against each other: where the bound is tight.
    const move = fc.oneof(fc.constantFrom(-1, 1), fc.double({ min: -1, max: 1, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(score, move), { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0.05, max: 4, noNaN: true }),
        fc.boolean(),
        (pairs, epsilon, monotone) => {
          const before = pairs.map(([s]) => s);
          // Monotone scores all move the same way.
          const after = pairs.map(([s, m]) => s + (monotone ? Math.abs(m) : m));
          for (const mechanism of [
            exponentialMechanism({ epsilon, monotone }),
            reportNoisyMaxMechanism({ epsilon, monotone, noise: 'laplace' }),
            reportNoisyMaxMechanism({ epsilon, monotone, noise: 'exponential' }),
          ]) {
            before.forEach((_s, i) => {
              const p = mechanism.likelihood(i, before);
              const q = mechanism.likelihood(i, after);
              expect(p).toBeLessThanOrEqual(Math.exp(epsilon) * q * (1 + 1e-6) + 1e-12);
              expect(q).toBeLessThanOrEqual(Math.exp(epsilon) * p * (1 + 1e-6) + 1e-12);
            });
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('with exponential noise beats the exponential mechanism, as permute-and-flip does', () => {
    const permuteAndFlip = reportNoisyMaxMechanism({ epsilon: 1, noise: 'exponential' });
    const exponential = exponentialMechanism({ epsilon: 1 });
    const chances = [1, 0, 0, -2];
    expect(permuteAndFlip.likelihood(0, chances)).toBeGreaterThan(exponential.likelihood(0, chances));
    // Two candidates d apart: the worse one wins with e^{−εd/2} / 2 (McKenna and Sheldon 2020).
    expect(permuteAndFlip.likelihood(1, [3, 0])).toBeCloseTo(Math.exp(-1.5) / 2, 9);
  });
});

describe('randomised response', () => {
  it.each([2, 5])('answers %i categories with the stated probabilities', (categories) => {
    const mechanism = randomizedResponseMechanism({ epsilon: 1.2, categories });
    const random = new SeededRandom(74);
    const counts = new Float64Array(categories);
    for (let i = 0; i < N; i++) counts[mechanism.release(1, random)]!++;
    const expected = Array.from({ length: categories }, (_, i) => N * mechanism.likelihood(i, 1));
    expect(Math.abs(chiSquareDeviations(counts, expected))).toBeLessThan(5);
    expect(mechanism.likelihood(1, 1) / mechanism.likelihood(0, 1)).toBeCloseTo(Math.exp(1.2), 12);
  });
});

// — ε(δ), δ(ε) and the trade-off curve —

const all: [string, Mechanism<never, unknown>][] = [
  ['Laplace', laplaceMechanism({ scale: 0.8, sensitivity: 1.5 })],
  ['Gaussian', gaussianMechanism({ noiseMultiplier: 0.7 })],
  ['discrete Laplace', discreteLaplaceMechanism({ scale: 1.1 })],
  ['discrete Laplace, sensitivity 3', discreteLaplaceMechanism({ scale: 2.3, sensitivity: 3 })],
  ['discrete Gaussian', discreteGaussianMechanism({ sigma: 1.4 })],
  ['discrete Gaussian, sensitivity 2', discreteGaussianMechanism({ sigma: 3, sensitivity: 2 })],
  ['exponential', exponentialMechanism({ epsilon: 1.6 })],
  ['report noisy max', reportNoisyMaxMechanism({ epsilon: 1.6, noise: 'laplace' })],
  ['randomised response', randomizedResponseMechanism({ epsilon: 1.6 })],
  ['randomised response, 4 categories', randomizedResponseMechanism({ epsilon: 1.6, categories: 4 })],
];

describe.each(all)('three faces of %s', (_, mechanism) => {
  const epsilons = [0, 0.1, 0.4, 0.9, 1.3, 1.55, 2.5, 4];
  const rates = Array.from({ length: 101 }, (_r, i) => i / 100);

  it('has δ that falls with ε, from the total variation distance', () => {
    const deltas = epsilons.map((epsilon) => mechanism.deltaAt(epsilon));
    deltas.forEach((delta, i) => {
      expect(delta).toBeGreaterThanOrEqual(0);
      expect(delta).toBeLessThan(1);
      if (i > 0) expect(delta).toBeLessThanOrEqual(deltas[i - 1]!);
    });
    // δ(0) is the largest distance of the trade-off from a blind guess.
    const distance = Math.max(
      ...Array.from({ length: 20_001 }, (_r, i) => 1 - i / 20_000 - mechanism.tradeOff(i / 20_000)),
    );
    expect(Math.abs(deltas[0]! - distance)).toBeLessThan(1e-4);
  });

  it('returns from ε to δ to ε', () => {
    for (const epsilon of [0.2, 0.7, 1.1, 1.5]) {
      const delta = mechanism.deltaAt(epsilon);
      if (delta < 1e-13) continue;
      expect(mechanism.epsilonAt(delta)).toBeCloseTo(epsilon, 7);
      // A little less δ asks for more ε.
      expect(mechanism.epsilonAt(delta * 0.99)).toBeGreaterThan(epsilon);
    }
    expect(mechanism.epsilonAt(0.999)).toBe(0);
  });

  it('has a trade-off curve that is convex, falls, and goes from (0, 1) to (1, 0)', () => {
    const { tradeOff } = mechanism;
    expect(tradeOff(0)).toBeCloseTo(1, 9);
    expect(tradeOff(1)).toBeCloseTo(0, 9);
    const curve = rates.map((rate) => tradeOff(rate));
    for (let i = 1; i < curve.length; i++) {
      expect(curve[i]).toBeLessThanOrEqual(curve[i - 1]! + 1e-12);
      expect(curve[i]).toBeLessThanOrEqual(1 - rates[i]! + 1e-12);
      if (i < curve.length - 1)
        expect(curve[i]).toBeLessThanOrEqual((curve[i - 1]! + curve[i + 1]!) / 2 + 1e-12);
    }
    // The worst pair of neighbours can be read both ways: the curve is its own inverse.
    for (const rate of [0.03, 0.2, 0.45, 0.8])
      if (tradeOff(rate) > 1e-9) expect(tradeOff(tradeOff(rate))).toBeCloseTo(rate, 6);
  });

  it('has the trade-off curve that its δ(ε) says', () => {
    // δ(ε) is 1 plus the convex conjugate of f at −e^ε: the largest 1 − f(α) − e^ε α (Dong, Roth and Su, Prop. 2.13).
    for (const epsilon of [0.1, 0.5, 1.2]) {
      let largest = 0;
      for (let i = 0; i <= 20_000; i++) {
        const alpha = i / 20_000;
        largest = Math.max(largest, 1 - mechanism.tradeOff(alpha) - Math.exp(epsilon) * alpha);
      }
      expect(Math.abs(largest - mechanism.deltaAt(epsilon))).toBeLessThan(2e-4);
    }
  });

  it('draws the attacker’s ROC curve above the diagonal', () => {
    for (const { falsePositiveRate, truePositiveRate } of rocCurve(mechanism.tradeOff, rates)) {
      expect(truePositiveRate).toBeGreaterThanOrEqual(falsePositiveRate - 1e-12);
    }
  });
});

describe('Laplace against its definition', () => {
  it('has the δ that integrating its densities gives', () => {
    const mechanism = laplaceMechanism({ scale: 0.9, sensitivity: 1 });
    for (const epsilon of [0, 0.3, 0.8]) {
      let delta = 0;
      const width = 1e-3;
      for (let x = -12; x < 13; x += width) {
        const gap = mechanism.likelihood(x, 0) - Math.exp(epsilon) * mechanism.likelihood(x, 1);
        delta += Math.max(0, gap) * width;
      }
      expect(Math.abs(delta - mechanism.deltaAt(epsilon))).toBeLessThan(1e-3);
    }
    expect(mechanism.epsilonAt(0)).toBeCloseTo(1 / 0.9, 12);
  });
});

describe('the discrete mechanisms against their definition', () => {
  it.each([
    ['Laplace', discreteLaplaceMechanism({ scale: 1.9, sensitivity: 3 }), 3],
    ['Gaussian', discreteGaussianMechanism({ sigma: 2.2, sensitivity: 2 }), 2],
  ] as const)('%s: the sum over outputs of what exceeds e^ε', (_, mechanism, sensitivity) => {
    for (const epsilon of [0, 0.2, 0.9, 1.4]) {
      let delta = 0;
      for (let x = -150; x <= 150; x++) {
        const gap = mechanism.likelihood(x, 0) - Math.exp(epsilon) * mechanism.likelihood(x, sensitivity);
        delta += Math.max(0, gap);
      }
      expect(Math.abs(delta - mechanism.deltaAt(epsilon))).toBeLessThan(1e-12);
    }
  });

  it('is about as private as continuous noise once it is wide', () => {
    const [sigma, delta] = [30, 1e-6];
    const exact = gaussianEpsilon({ noiseMultiplier: sigma, delta });
    expect(relative(discreteGaussianMechanism({ sigma }).epsilonAt(delta), exact)).toBeLessThan(0.02);
  });
});

describe('Gaussian calibration', () => {
  it('is exact: the analytic σ gives back its ε and δ, and the classical one is never smaller where it is proved', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        fc.double({ min: -25, max: -1, noNaN: true }).map(Math.exp),
        (epsilon, delta) => {
          const sigma = analyticGaussianSigma({ epsilon, delta });
          expect(gaussianEpsilon({ noiseMultiplier: sigma, delta })).toBeLessThanOrEqual(
            epsilon * (1 + 1e-9),
          );
          expect(relative(gaussianEpsilon({ noiseMultiplier: sigma, delta }), epsilon)).toBeLessThan(1e-6);
          expect(gaussianDelta({ noiseMultiplier: sigma, epsilon })).toBeLessThanOrEqual(delta * (1 + 1e-9));
          if (epsilon < 1) expect(classicalGaussianSigma({ epsilon, delta })).toBeGreaterThan(sigma);
        },
      ),
    );
  });

  it('shows the classical rule claiming too little above ε = 1', () => {
    const delta = 1e-5;
    const sigma = classicalGaussianSigma({ epsilon: 30, delta });
    expect(gaussianEpsilon({ noiseMultiplier: sigma, delta })).toBeGreaterThan(30);
    expect(classicalGaussianEpsilon({ noiseMultiplier: sigma, delta })).toBeCloseTo(30, 10);
  });

  it('knows the ends: no noise, endless noise, no release', () => {
    expect(gaussianEpsilon({ noiseMultiplier: 0, delta: 1e-5 })).toBe(Number.POSITIVE_INFINITY);
    expect(gaussianDelta({ noiseMultiplier: 0, epsilon: 3 })).toBe(1);
    expect(gaussianEpsilon({ noiseMultiplier: 1e12, delta: 1e-5 })).toBe(0);
    expect(gaussianEpsilon({ noiseMultiplier: 1, delta: 0 })).toBe(Number.POSITIVE_INFINITY);
    expect(gaussianEpsilon({ noiseMultiplier: 1, delta: 1e-5, count: 0 })).toBe(0);
    expect(gaussianEpsilon({ noiseMultiplier: 2, delta: 1e-5, count: 4 })).toBeCloseTo(
      gaussianEpsilon({ noiseMultiplier: 1, delta: 1e-5 }),
      12,
    );
  });
});
