/** Where doubles end, grids are too coarse, and orders run out. References by mpmath, and by a contour integral in numpy. */
import { describe, expect, it } from 'vitest';
import {
  calibrateNoiseMultiplier,
  composeDelta,
  composeEvents,
  dpSgdEpsilon,
  gaussianDelta,
  gaussianEpsilon,
  type PrivacyEvent,
} from '@/lib/privacy';
import { pldEpsilon } from '@/lib/privacy/pld/accountant';
import { saddlePointEpsilon } from '@/lib/privacy/pld/saddle-point';

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);
const training = (sampleRate: number, noiseMultiplier: number, steps: number) => ({
  ...{ kind: 'poisson-gaussian' as const, sampleRate, noiseMultiplier, steps },
});

describe('δ of one Gaussian release, where e^ε is no double', () => {
  // ε, σ, and δ by mpmath with 60 digits.
  it.each([
    [1300, 0.02, 0.15391255193671605],
    [710, 0.027, 0.24881261990715092],
    [800, 0.03, 9.165611666945887e-14],
    [1500, 0.02, 2.596292350824522e-7],
    [5000, 0.01, 0.49601097601864236],
    [2e6, 0.0005, 0.4998005289096504],
    [0.5, 30, 1.0382163282791043e-53],
  ])('ε %d, σ %d', (epsilon, noiseMultiplier, delta) => {
    expect(relative(gaussianDelta({ noiseMultiplier, epsilon }), delta)).toBeLessThan(1e-11);
    const event: PrivacyEvent = { kind: 'gaussian', noiseMultiplier, count: 1 };
    expect(relative(composeDelta([event], epsilon), delta)).toBeLessThan(1e-11);
    expect(relative(gaussianEpsilon({ noiseMultiplier, delta }), epsilon)).toBeLessThan(1e-10);
  });
});

describe('ε of Gaussian releases with next to no noise', () => {
  it.each([1e-2, 1e-3, 1e-5, 1e-8, 1e-20, 1e-100])(
    'σ %d: never below μ²/2, and near it',
    (noiseMultiplier) => {
      for (const count of [1, 10]) {
        const half = count / noiseMultiplier ** 2 / 2;
        const epsilon = gaussianEpsilon({ noiseMultiplier, delta: 1e-5, count });
        // At δ below a half the loss has passed its mean, and by no more than five deviations.
        expect(epsilon).toBeGreaterThanOrEqual(half);
        expect(epsilon).toBeLessThanOrEqual((half + (5 * Math.sqrt(count)) / noiseMultiplier) * (1 + 1e-13));
        const event: PrivacyEvent = { kind: 'gaussian', noiseMultiplier, count };
        expect(composeEvents([event], 1e-5).epsilon).toBeGreaterThanOrEqual(half);
      }
    },
  );
});

describe('σ for an ε below what the orders of RDP reach', () => {
  it.each([
    [0.01, 1000, 0.01, 1e-10, 158.8],
    [0.01, 10_000, 0.001, 1e-6, 2465],
  ])('q %d, %i steps, ε %d, δ %d: the smallest', (sampleRate, steps, targetEpsilon, delta, about) => {
    const found = calibrateNoiseMultiplier({ sampleRate, steps, targetEpsilon, delta });
    expect(relative(found.noiseMultiplier, about)).toBeLessThan(1e-3);
    expect(found.epsilon).toBeLessThanOrEqual(targetEpsilon);
    const less = { sampleRate, steps, delta, noiseMultiplier: 0.99 * found.noiseMultiplier };
    expect(dpSgdEpsilon(less)).toBeGreaterThan(targetEpsilon);
  });
});

describe('ε of a thousand million steps', () => {
  // ε in the directions remove and add, by integrating the characteristic function along a contour.
  it.each([
    [1e-6, 1, 1e9, 1e-5, 0.13042184, 0.13039261],
    [1e-6, 1, 1e9, 1e-6, 0.15487303, 0.15483271],
    [1e-5, 1, 1e8, 1e-6, 0.5303766, null],
  ])('q %d, σ %d, %d steps, δ %d', (q, sigma, steps, delta, remove, add) => {
    const { epsilon, lowerEpsilon, isWide, directions } = composeEvents([training(q, sigma, steps)], delta);
    for (const [bound, truth] of [
      [directions!.remove, remove],
      [directions!.add, add],
    ] as const) {
      if (truth === null) continue;
      expect(bound.epsilon).toBeGreaterThanOrEqual(truth);
      expect(bound.lowerEpsilon).toBeLessThanOrEqual(truth);
      expect(bound.epsilon - bound.lowerEpsilon).toBeLessThan(2e-3 * truth);
    }
    expect(epsilon - lowerEpsilon!).toBeLessThan(2e-3 * epsilon);
    expect(isWide).toBe(false);
  });

  it('is between the bounds of a grid, where there is a grid', () => {
    for (const [runs, delta] of [
      [[training(0.001, 1, 1e5)], 1e-6],
      [[training(0.01, 2, 1e4), training(0.003, 1.2, 2e4)], 1e-5],
    ] as const) {
      const saddle = saddlePointEpsilon(runs, delta)!;
      const grid = pldEpsilon([...runs], delta);
      for (const direction of ['remove', 'add'] as const) {
        expect(saddle[direction].upper).toBeGreaterThanOrEqual(grid[direction].lower);
        expect(saddle[direction].lower).toBeLessThanOrEqual(grid[direction].upper);
        expect(saddle[direction].upper).toBeLessThan(1.1 * grid[direction].upper);
      }
    }
  });

  it('is said to be wide where neither road is narrow', () => {
    const { epsilon, lowerEpsilon, isWide } = composeEvents([training(1e-7, 0.5, 1e9)], 1e-6);
    expect(lowerEpsilon!).toBeLessThanOrEqual(epsilon);
    expect(isWide).toBe(epsilon > 1.01 * lowerEpsilon! + 1e-3);
    expect(isWide).toBe(true);
    expect(composeEvents([training(0.01, 1, 100)], 1e-5).isWide).toBe(false);
  });
});
