/** Group privacy against the chain written out, secrets against counting, and ρ-zCDP against published conversions. */
import { describe, expect, test } from 'vitest';
import { gaussianEpsilon, groupPrivacy, namedSecretBound, zcdpEpsilon } from '@/lib/privacy';

describe('group privacy', () => {
  test('is the chain of inequalities, step by step', () => {
    let delta = 0;
    for (let k = 1; k <= 6; k++) {
      // P₀ ≤ e^ε P₁ + δ, and then P₁ ≤ …
      delta = Math.exp(0.3) * delta + 1e-6;
      const group = groupPrivacy(0.3, 1e-6, k);
      expect(group.epsilon).toBeCloseTo(0.3 * k, 14);
      expect(group.delta / delta).toBeCloseTo(1, 12);
    }
  });

  test('at ε = 0 the δ add up, and no δ is above 1', () => {
    expect(groupPrivacy(0, 0.1, 4)).toEqual({ epsilon: 0, delta: 0.4 });
    expect(groupPrivacy(8, 1e-5, 10).delta).toBe(1);
    expect(groupPrivacy(8, 0, 1000)).toEqual({ epsilon: 8000, delta: 0 });
  });

  test('holds for Gaussian noise, of which k records move the mean k times as far', () => {
    const [noiseMultiplier, delta, k] = [2, 1e-6, 4];
    const one = gaussianEpsilon({ noiseMultiplier, delta });
    const group = groupPrivacy(one, delta, k);
    const truth = gaussianEpsilon({ noiseMultiplier: noiseMultiplier / k, delta: group.delta });
    expect(truth).toBeLessThan(group.epsilon);
  });
});

describe('a secret named at the first try', () => {
  test('e^{kε} / N + δ_k', () => {
    const options = { epsilon: 1, delta: 1e-6, records: 3, candidates: 1e4 };
    const expected = Math.exp(3) / 1e4 + 1e-6 * (1 + Math.E + Math.E ** 2);
    expect(namedSecretBound(options) / expected).toBeCloseTo(1, 12);
    expect(namedSecretBound({ ...options, epsilon: 0, delta: 0 })).toBeCloseTo(1e-4, 15);
    expect(namedSecretBound({ ...options, epsilon: 50 })).toBe(1);
  });
});

describe('ρ-zCDP', () => {
  test('gives the ε that was published for it', () => {
    // Google's Spanish keyboard: ε = 8.9. Transluce's MHUsage: ε = 10.
    expect(zcdpEpsilon(0.81, 1e-10)).toBeCloseTo(8.92, 2);
    expect(zcdpEpsilon(1.782696, 1e-5)).toBeCloseTo(10, 5);
  });

  test.each([
    [1e-6, 1e-5],
    [0.01, 1e-9],
    [0.5, 1e-5],
    [20, 1e-10],
    [1000, 1e-3],
  ])('is below the bound of Bun and Steinke and above the Gaussian with that ρ: ρ = %d', (rho, delta) => {
    const epsilon = zcdpEpsilon(rho, delta);
    expect(epsilon).toBeLessThanOrEqual(rho + 2 * Math.sqrt(rho * -Math.log(delta)));
    // N(0, σ²) with sensitivity 1 is exactly ρ-zCDP at ρ = 1/2σ².
    expect(epsilon).toBeGreaterThanOrEqual(
      gaussianEpsilon({ noiseMultiplier: 1 / Math.sqrt(2 * rho), delta }),
    );
  });
});
