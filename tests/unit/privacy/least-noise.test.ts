/** The least σ of five digits: never too little, hardly too much, and found with few questions. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dpSgdEpsilon, leastNoise, NOISE_DIGITS, roundNoiseUp } from '@/lib/privacy';

const range = { min: 0.3, max: 100 };
/** The five-digit number before this one. */
const onePlaceDown = (sigma: number) => {
  const unit = 10 ** (Math.floor(Math.log10(sigma) + 1e-12) - (NOISE_DIGITS - 1));
  return Number((sigma - unit).toPrecision(NOISE_DIGITS));
};

test('σ is rounded upwards to five digits', () => {
  expect([1, 1.28042, 0.300001, 99.9991, 12.3456].map(roundNoiseUp)).toEqual([
    1, 1.2805, 0.30001, 100, 12.346,
  ]);
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (sigma) => {
      const rounded = roundNoiseUp(sigma);
      expect(rounded).toBe(Number(rounded.toPrecision(NOISE_DIGITS)));
      expect(rounded).toBeGreaterThanOrEqual(sigma * (1 - 1e-9));
      expect(rounded).toBeLessThan(sigma * 1.00011);
    }),
  );
});

describe('where ε falls like a power of σ', () => {
  const power = fc.double({ min: 0.8, max: 6, noNaN: true });
  const scale = fc.double({ min: -4, max: 4, noNaN: true }).map(Math.exp);
  const target = fc.double({ min: -4, max: 4, noNaN: true }).map(Math.exp);
  const start = fc.double({ min: Math.log(0.1), max: Math.log(300), noNaN: true }).map(Math.exp);

  test('it is the least number of five digits that keeps to ε, wherever the search begins', () => {
    fc.assert(
      fc.property(power, scale, target, start, (exponent, factor, goal, first) => {
        let asked = 0;
        const epsilonAt = (sigma: number) => {
          asked++;
          return factor * sigma ** -exponent;
        };
        const found = leastNoise({ epsilonAt, target: goal, range, start: first });
        if (found === null) {
          expect(epsilonAt(range.max)).toBeGreaterThan(goal);
          return;
        }
        expect(epsilonAt(found)).toBeLessThanOrEqual(goal);
        if (found > range.min) {
          expect(found).toBe(Number(found.toPrecision(NOISE_DIGITS)));
          // One more would be the least but for the rounding of the power itself.
          expect(epsilonAt(onePlaceDown(onePlaceDown(found)))).toBeGreaterThan(goal);
        } else expect(found).toBe(range.min);
        expect(asked).toBeLessThan(40);
      }),
      { numRuns: 2000 },
    );
  });

  test('an ε that is 0, or no target at all, needs no search', () => {
    expect(leastNoise({ epsilonAt: () => 0, target: 1, range, start: 5 })).toBe(range.min);
    expect(leastNoise({ epsilonAt: () => 1, target: 0, range, start: 5 })).toBeNull();
    expect(leastNoise({ epsilonAt: () => Number.POSITIVE_INFINITY, target: 1, range, start: 5 })).toBeNull();
  });
});

test('for DP-SGD by PLD it takes a handful of questions', () => {
  for (const [sampleRate, steps, target] of [
    [2048 / 60_000, 200, 2],
    [64 / 60_000, 1000, 0.5],
    [0.4, 20, 8],
    [1, 5, 1],
  ] as const) {
    let asked = 0;
    const epsilonAt = (noiseMultiplier: number) => {
      asked++;
      return dpSgdEpsilon({ sampleRate, noiseMultiplier, steps, delta: 1e-5 });
    };
    const found = leastNoise({ epsilonAt, target, range, start: 3 })!;
    expect(asked).toBeLessThanOrEqual(12);
    expect(epsilonAt(found)).toBeLessThanOrEqual(target);
    expect(epsilonAt(found)).toBeGreaterThan(0.999 * target);
  }
});
