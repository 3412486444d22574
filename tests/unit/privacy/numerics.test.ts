import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alternatingSum } from '@/lib/privacy/numerics/alternating';
import {
  binomialLowerTail,
  binomialUpperTail,
  clopperPearson,
  logBinomialPmf,
} from '@/lib/privacy/numerics/binomial';
import { logChoose, logFactorial } from '@/lib/privacy/numerics/factorial';
import { fft } from '@/lib/privacy/numerics/fft';
import { gaussLegendre } from '@/lib/privacy/numerics/gauss-legendre';
import {
  expm1MinusX,
  log1mExp,
  logAddExp,
  logSubExp,
  logSumExp,
  powerAboveTangent,
} from '@/lib/privacy/numerics/log-space';
import {
  erf,
  erfc,
  erfcx,
  logErfcx,
  logNormalCdf,
  normalCdf,
  normalQuantile,
  normalQuantileOfLog,
} from '@/lib/privacy/numerics/normal';
import { bracketRoot } from '@/lib/privacy/numerics/root';

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

// Expected values: mpmath at 40 to 60 digits.
describe('the normal distribution', () => {
  it.each([
    [-1, 0.15865525393145705],
    [-10, 7.619853024160525e-24],
    [-37, 5.725571222524577e-300],
    [0.3, 0.6179114221889527],
  ])('has Φ(%d) to full relative precision', (x, expected) => {
    expect(relative(normalCdf(x), expected)).toBeLessThan(3e-15);
  });

  it.each([
    [-50, -1254.8313611394199],
    [-1000, -500007.82669481216],
  ])('has ln Φ(%d) where Φ itself is no double', (x, expected) => {
    expect(relative(logNormalCdf(x), expected)).toBeLessThan(1e-15);
  });

  it.each([
    [-2, 108.94090438997797],
    [0.1, 0.8964569799691267],
    [1, 0.427583576155807],
    [5, 0.11070463773306863],
    [7, 0.07980005432915294],
    [1e6, 5.641895835474742e-7],
  ])('has erfcx(%d)', (x, expected) => {
    expect(relative(erfcx(x), expected)).toBeLessThan(3e-15);
    expect(Math.abs(logErfcx(x) - Math.log(expected))).toBeLessThan(1e-14);
  });

  it.each([
    [1e-300, -37.0470962993612],
    [1e-10, -6.361340902404057],
    [0.025, -1.9599639845400543],
    [0.4, -0.2533471031357998],
  ])('inverts Φ at %d, and mirrored', (p, expected) => {
    expect(relative(normalQuantile(p), expected)).toBeLessThan(2e-15);
    if (p > 1e-3) expect(relative(normalQuantile(1 - p), -expected)).toBeLessThan(1e-13);
    expect(relative(normalQuantileOfLog(Math.log(p)), expected)).toBeLessThan(2e-15);
  });

  it('returns through its inverse anywhere', () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 5, noNaN: true }), (x) => {
        const back = normalQuantile(normalCdf(x));
        // Above 0 the rounding of Φ near 1 limits what can come back.
        expect(Math.abs(back - x)).toBeLessThan(x < 0 ? 1e-13 * (1 + Math.abs(x)) : 1e-9);
      }),
    );
  });

  it('knows its ends', () => {
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(1.5)).toBeNaN();
    expect([erf(0), erfc(0), normalCdf(0)]).toEqual([0, 1, 0.5]);
    expect([normalCdf(-60), normalCdf(60), erfc(40)]).toEqual([0, 1, 0]);
    expect(relative(erf(1e-8), 1.1283791670955126e-8)).toBeLessThan(1e-15);
  });
});

describe('log space', () => {
  it('adds and subtracts where the exponentials overflow', () => {
    expect(logAddExp(1000, 1000)).toBeCloseTo(1000 + Math.LN2, 12);
    expect(logSubExp(1000, 999)).toBeCloseTo(1000 + Math.log(1 - Math.exp(-1)), 12);
    expect(logSumExp([-1e5, -1e5, -1e5])).toBeCloseTo(-1e5 + Math.log(3), 9);
    expect(logSumExp([Number.NEGATIVE_INFINITY])).toBe(Number.NEGATIVE_INFINITY);
    expect(logSubExp(1, 1)).toBe(Number.NEGATIVE_INFINITY);
    expect(relative(log1mExp(-1e-12), Math.log(1e-12))).toBeLessThan(1e-12);
  });

  it('keeps the second order where the first cancels', () => {
    expect(relative(expm1MinusX(1e-9), 5e-19)).toBeLessThan(1e-9);
    expect(relative(expm1MinusX(-1e-9), 5e-19)).toBeLessThan(1e-9);
    expect(expm1MinusX(3)).toBeCloseTo(Math.exp(3) - 4, 12);
    // α (α − 1) / 2 · x².
    expect(relative(powerAboveTangent(1e-10, 2.5), 1.875e-20)).toBeLessThan(1e-9);
    expect(powerAboveTangent(0.5, 3)).toBeCloseTo(1.5 ** 3 - 1 - 1.5, 13);
    expect(powerAboveTangent(-1, 2)).toBeCloseTo(1, 13);
    // Either side of the switch between the two forms.
    for (const a of [1.1, 2.7, 60]) {
      const edge = 0.1 / Math.max(a, 2);
      expect(
        relative(powerAboveTangent(edge * (1 - 1e-12), a), powerAboveTangent(edge * (1 + 1e-12), a)),
      ).toBeLessThan(1e-9);
    }
  });
});

describe('sums and transforms', () => {
  it('sums slowly alternating series to the last digit', () => {
    expect(
      relative(
        alternatingSum((j) => 1 / (j + 1)),
        Math.LN2,
      ),
    ).toBeLessThan(1e-15);
    expect(relative(4 * alternatingSum((j) => 1 / (2 * j + 1)), Math.PI)).toBeLessThan(1e-15);
  });

  it('has factorials on both sides of its table', () => {
    expect(logFactorial(20)).toBeCloseTo(Math.log(2432902008176640000), 12);
    expect(relative(logFactorial(2048) - logFactorial(2047), Math.log(2048))).toBeLessThan(1e-11);
    expect(Math.exp(logChoose(52, 5))).toBeCloseTo(2598960, 5);
  });

  it.each([2, 4, 8, 32, 64, 128])('transforms %i points as the definition does', (n) => {
    const re = Float64Array.from({ length: n }, (_, i) => Math.sin(i * i + 0.3));
    const im = Float64Array.from({ length: n }, (_, i) => Math.cos(3.7 * i));
    const expected = Array.from({ length: n }, (_, k) => {
      let a = 0;
      let b = 0;
      for (let j = 0; j < n; j++) {
        const angle = (-2 * Math.PI * j * k) / n;
        a += re[j]! * Math.cos(angle) - im[j]! * Math.sin(angle);
        b += re[j]! * Math.sin(angle) + im[j]! * Math.cos(angle);
      }
      return [a, b];
    });
    fft(re, im);
    expected.forEach(([a, b], k) => {
      expect(re[k]).toBeCloseTo(a!, 10);
      expect(im[k]).toBeCloseTo(b!, 10);
    });
  });

  it('integrates polynomials exactly', () => {
    const rule = gaussLegendre(20);
    for (const power of [0, 2, 10, 38]) {
      const sum = rule.reduce((total, { node, weight }) => total + weight * node ** power, 0);
      expect(relative(sum, 2 / (power + 1))).toBeLessThan(1e-13);
    }
  });

  it('brackets roots from both sides', () => {
    const { low, high } = bracketRoot((x) => x ** 3 - 2, 0, 2, 1e-14);
    expect(low ** 3).toBeLessThanOrEqual(2);
    expect(high ** 3).toBeGreaterThanOrEqual(2);
    expect(high - low).toBeLessThan(1e-13);
    // A jump has no root, but it has a place.
    const jump = bracketRoot((x) => (x < 1 / 3 ? -1 : 1), 0, 1, 1e-12);
    expect(jump.low).toBeCloseTo(1 / 3, 11);
  });
});

describe('the binomial distribution', () => {
  it('has probabilities a million trials out', () => {
    expect(relative(logBinomialPmf(123456, 1_000_000, 0.125), -17.651573796785087)).toBeLessThan(1e-13);
  });

  it('has tails that agree with summing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (n, share, p) => {
          const k = Math.round(share * n);
          let above = 0;
          for (let j = n; j >= k; j--) above += Math.exp(logBinomialPmf(j, n, p));
          let below = 0;
          for (let j = 0; j <= k; j++) below += Math.exp(logBinomialPmf(j, n, p));
          expect(Math.abs(binomialUpperTail(k, n, p) - above)).toBeLessThan(1e-11 * above + 1e-300);
          expect(Math.abs(binomialLowerTail(k, n, p) - below)).toBeLessThan(1e-11 * below + 1e-300);
        },
      ),
    );
  });

  it('has Clopper–Pearson bounds at which the tails are exactly alpha', () => {
    for (const [k, n] of [
      [1, 10],
      [37, 100],
      [999, 1000],
      [10, 1_000_000],
    ] as const) {
      const { lower, upper } = clopperPearson(k, n, 0.025);
      expect(relative(binomialUpperTail(k, n, lower), 0.025)).toBeLessThan(1e-9);
      expect(relative(binomialLowerTail(k, n, upper), 0.025)).toBeLessThan(1e-9);
    }
    // All or nothing: the closed forms α^{1/n} and 1 − α^{1/n}.
    expect(clopperPearson(0, 50, 0.05)).toEqual({ lower: 0, upper: expect.closeTo(1 - 0.05 ** 0.02, 12) });
    expect(clopperPearson(50, 50, 0.05)).toEqual({ lower: expect.closeTo(0.05 ** 0.02, 12), upper: 1 });
  });
});
