/**
 * Shuffled lots: against an independent computation (SciPy, by the formulas of Chua et al. 2024: the best threshold on the largest sum
 * for one epoch; a convolution of rounded-down losses for several), against sampling, and against what must hold.
 */
import { describe, expect, test } from 'vitest';
import { dpSgdEpsilon, gaussianEpsilon, shuffledEpsilonBounds } from '@/lib/privacy';
import { SeededRandom } from '@/lib/random';

describe('one epoch', () => {
  test.each([
    // σ, lots, δ, and ε by the best of 400,001 thresholds.
    [0.5, 1000, 1e-5, 9.996624810494831],
    [1, 100, 1e-5, 4.063153507073158],
    [0.7, 10, 1e-5, 6.651284313818019],
  ])('σ = %d, %d lots, δ = %d', (noiseMultiplier, lotsPerEpoch, delta, expected) => {
    const { atLeast, atMost } = shuffledEpsilonBounds({ noiseMultiplier, lotsPerEpoch, epochs: 1, delta });
    expect(atLeast / expected).toBeCloseTo(1, 7);
    expect(atMost).toBe(gaussianEpsilon({ noiseMultiplier, delta }));
  });
});

test.each([
  // Losses rounded down to a grid of 0.0002, so a little less than the truth: at most 0.0002 an epoch.
  [1, 30, 10, 1e-5, 12.582924116588906],
  [0.8, 1000, 5, 1e-6, 9.841818750458314],
  [2, 30, 10, 1e-5, 2.015913556133038],
])(
  'several epochs compose: σ = %d, %d lots, %d epochs',
  (noiseMultiplier, lotsPerEpoch, epochs, delta, expected) => {
    const { atLeast } = shuffledEpsilonBounds({ noiseMultiplier, lotsPerEpoch, epochs, delta });
    expect(Math.abs(atLeast - expected)).toBeLessThan(0.0003 * epochs);
  },
);

test('an attacker who looks at the largest sum does as well as is said', () => {
  // Drawn, not computed: P(M > c) and Q(M > c) for the two worlds, at a σ and T where the event is common.
  const [sigma, lots, rounds] = [1, 5, 60_000];
  const random = new SeededRandom(5);
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
  const share = (mean: number, c: number) => {
    let above = 0;
    for (let i = 0; i < rounds; i++) {
      let largest = mean + sigma * normal();
      for (let t = 1; t < lots; t++) largest = Math.max(largest, sigma * normal());
      if (largest > c) above++;
    }
    return above / rounds;
  };
  const [p, q] = [share(2, 2.5), share(1, 2.5)];
  // Whatever δ this attacker forces at ε = 0.5 must be forced by the bound as well.
  const forced = p - Math.exp(0.5) * q;
  expect(forced).toBeGreaterThan(0.15);
  const { atLeast } = shuffledEpsilonBounds({
    noiseMultiplier: sigma,
    lotsPerEpoch: lots,
    epochs: 1,
    delta: forced - 0.01,
  });
  expect(atLeast).toBeGreaterThan(0.5);
});

describe('what must hold', () => {
  test('the bounds are in order, fall with noise, and grow with epochs', () => {
    const at = (noiseMultiplier: number, epochs: number) =>
      shuffledEpsilonBounds({ noiseMultiplier, lotsPerEpoch: 50, epochs, delta: 1e-5 });
    const [less, more, longer] = [at(0.7, 2), at(1.4, 2), at(1.4, 8)];
    for (const { atLeast, atMost } of [less, more, longer]) expect(atLeast).toBeLessThanOrEqual(atMost);
    expect(more.atLeast).toBeLessThan(less.atLeast);
    expect(longer.atLeast).toBeGreaterThan(more.atLeast);
  });

  test('with little noise it is far above the ε of Poisson lots: the point of the paper', () => {
    const run = { noiseMultiplier: 0.5, lotsPerEpoch: 1000, epochs: 1, delta: 1e-5 };
    const poisson = dpSgdEpsilon({ ...run, sampleRate: 1 / 1000, steps: 1000 });
    expect(shuffledEpsilonBounds(run).atLeast).toBeGreaterThan(3 * poisson);
  });

  test('one lot an epoch is no shuffling at all', () => {
    const { atLeast, atMost } = shuffledEpsilonBounds({
      noiseMultiplier: 2,
      lotsPerEpoch: 1,
      epochs: 4,
      delta: 1e-5,
    });
    expect(atLeast).toBe(atMost);
    expect(atMost).toBe(gaussianEpsilon({ noiseMultiplier: 1, delta: 1e-5 }));
  });

  test('what makes no sense is refused', () => {
    const run = { noiseMultiplier: 1, lotsPerEpoch: 10, epochs: 1, delta: 1e-5 };
    expect(() => shuffledEpsilonBounds({ ...run, noiseMultiplier: 0.01 })).toThrow('noiseMultiplier');
    expect(() => shuffledEpsilonBounds({ ...run, lotsPerEpoch: 0 })).toThrow('lotsPerEpoch');
    expect(() => shuffledEpsilonBounds({ ...run, delta: 0 })).toThrow('delta');
  });
});
