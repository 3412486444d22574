import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  composeRdp,
  composeRdpDelta,
  DEFAULT_ORDERS,
  rdpCurve,
  rdpEpsilon,
  rdpToDelta,
  rdpToEpsilon,
} from '@/lib/privacy';
import { gaussianRdp, laplaceRdp, pureRdp, subsampledGaussianRdp } from '@/lib/privacy/rdp/curves';
import { quadratureLogMoments } from '@/lib/privacy/rdp/fractional-order';
import { seriesLogMoment } from '@/lib/privacy/rdp/fractional-series';
import { integerOrderLogMoments } from '@/lib/privacy/rdp/integer-order';

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);
const rates = fc.double({ min: -16, max: -0.01, noNaN: true }).map(Math.exp);

describe('Rényi divergences of the subsampled Gaussian', () => {
  // q, σ, α, and the divergence by mpmath quadrature at 40 digits.
  it.each([
    [1e-7, 1, 2.5, 2.14785257579642e-14],
    [0.999, 0.1, 1.1, 54.9890150013429],
    [0.01, 0.05, 1.7, 328.8160152626],
    [0.3, 100, 256.1, 0.00115869194634183],
    [0.001, 0.3, 10.9, 52.9500472180904],
    [0.5, 0.2, 3.3, 40.2554844800662],
    [0.001, 0.29, 1.1, 0.00105240776354858],
    [0.02, 0.299, 4.5, 20.1377598550759],
    [1e-5, 30, 64, 3.5575340489888e-12],
    [0.1, 2, 1.01, 0.00139528774513302],
  ])('equals quadrature at q %d, sigma %d, order %d', (q, sigma, order, expected) => {
    expect(relative(subsampledGaussianRdp(q, sigma, [order])[0]!, expected)).toBeLessThan(1e-9);
  });

  it('comes out the same by the series and by quadrature', () => {
    fc.assert(
      fc.property(
        rates,
        fc.double({ min: 0.3, max: 4, noNaN: true }),
        fc.double({ min: 1.05, max: 12, noNaN: true }),
        (q, sigma, order) => {
          const byQuadrature = quadratureLogMoments(q, sigma, [order])[0]!;
          const bySeries = seriesLogMoment(q, sigma, order);
          // The series computes A and not A − 1, so it is exact only to 1e−14 absolute, more where σ is large.
          expect(Math.abs(byQuadrature - bySeries)).toBeLessThan(1e-11 + 1e-10 * byQuadrature);
        },
      ),
    );
  });

  it('joins whole and fractional orders without a step', () => {
    fc.assert(
      fc.property(
        rates,
        fc.double({ min: 0.3, max: 50, noNaN: true }),
        fc.integer({ min: 2, max: 40 }),
        (q, sigma, order) => {
          const closed = integerOrderLogMoments(q, sigma, [order])[0]!;
          expect(relative(quadratureLogMoments(q, sigma, [order])[0]!, closed)).toBeLessThan(1e-9);
        },
      ),
    );
    for (const order of [2, 3, 7]) {
      expect(
        Math.abs(seriesLogMoment(0.01, 0.2, order) - integerOrderLogMoments(0.01, 0.2, [order])[0]!),
      ).toBeLessThan(1e-11);
    }
  });

  it('has signed terms: absolute values would lie above', () => {
    // The published looser value at order 1.25 and the exact one differ by 18 %.
    const exact = subsampledGaussianRdp(0.01, 0.7, [1.25])[0]!;
    expect(relative(exact, 0.000379555792)).toBeLessThan(1e-7);
    expect(exact).toBeLessThan(0.000447955792 / 1.1);
  });

  it('rises with the order and the rate and falls with the noise', () => {
    fc.assert(
      fc.property(rates, fc.double({ min: 0.1, max: 30, noNaN: true }), (q, sigma) => {
        const curve = subsampledGaussianRdp(q, sigma, DEFAULT_ORDERS);
        const noisier = subsampledGaussianRdp(q, sigma * 1.1, DEFAULT_ORDERS);
        const rarer = subsampledGaussianRdp(q * 0.9, sigma, DEFAULT_ORDERS);
        curve.forEach((value, i) => {
          expect(value).toBeGreaterThan(0);
          if (i > 0) expect(value).toBeGreaterThanOrEqual(curve[i - 1]! * (1 - 1e-9));
          expect(noisier[i]).toBeLessThan(value);
          expect(rarer[i]).toBeLessThan(value);
          // Sampling never costs privacy.
          expect(value).toBeLessThanOrEqual((DEFAULT_ORDERS[i]! / (2 * sigma * sigma)) * (1 + 1e-12));
        });
      }),
      { numRuns: 40 },
    );
  });

  it('ends in the plain Gaussian, in nothing and in everything', () => {
    const orders = [1.5, 2, 40];
    expect([...subsampledGaussianRdp(1, 2, orders)]).toEqual([...gaussianRdp(2, orders)]);
    expect([...subsampledGaussianRdp(0, 2, orders)]).toEqual([0, 0, 0]);
    expect([...subsampledGaussianRdp(0.1, 0, orders)]).toEqual(Array(3).fill(Number.POSITIVE_INFINITY));
    expect([...subsampledGaussianRdp(0.1, 1e-120, orders)]).toEqual(Array(3).fill(Number.POSITIVE_INFINITY));
    expect(subsampledGaussianRdp(0.1, 1e200, orders).every((value) => value === 0)).toBe(true);
    const [near, beyond] = [
      subsampledGaussianRdp(0.1, 0.999e10, orders),
      subsampledGaussianRdp(0.1, 1.001e10, orders),
    ];
    near.forEach((value, i) => {
      expect(relative(value * 0.999 ** 2, beyond[i]! * 1.001 ** 2)).toBeLessThan(1e-9);
    });
  });
});

describe('other Rényi curves', () => {
  it('has Laplace noise as its integral', () => {
    for (const b of [0.25, 1, 50]) {
      for (const order of [1.1, 2, 7.5]) {
        // E_Q[(P/Q)^α] for P around 0 and Q around 1: between the two by the trapezoid rule; to the left the ratio is
        // e^{1/b} with Q-mass ½ e^{−1/b}, to the right e^{−1/b} with Q-mass ½.
        const n = 20_000;
        let sum = 0;
        for (let i = 0; i <= n; i++) {
          const x = i / n;
          const weight = (i === 0 || i === n ? 0.5 : 1) / n;
          sum += (weight / (2 * b)) * Math.exp((x - 1 + order * (1 - 2 * x)) / b);
        }
        sum += 0.5 * Math.exp((order - 1) / b) + 0.5 * Math.exp(-order / b);
        expect(relative(laplaceRdp(b, [order])[0]! * (order - 1), Math.log(sum))).toBeLessThan(
          b > 10 ? 1e-4 : 1e-6,
        );
      }
    }
  });

  it('never exceeds pure epsilon and tends to it', () => {
    for (const epsilon of [1e-6, 0.5, 3, 40]) {
      const curve = pureRdp(epsilon, [1.1, 2, 16, 1e4]);
      curve.forEach((value, i) => {
        expect(value).toBeLessThanOrEqual(epsilon);
        if (i > 0) expect(value).toBeGreaterThanOrEqual(curve[i - 1]!);
      });
      // Two outcomes by hand.
      const p = 1 / (1 + Math.exp(-epsilon));
      const hand = Math.log(p * Math.exp(epsilon) + (1 - p) * Math.exp(-epsilon));
      expect(Math.abs(curve[1]! - hand)).toBeLessThan(1e-12 + 1e-9 * hand);
    }
    // For small ε the curve is that of a Gaussian with μ = ε.
    expect(relative(pureRdp(1e-5, [3])[0]!, 1.5e-10)).toBeLessThan(1e-6);
  });
});

describe('conversion to epsilon and delta', () => {
  it('takes the smallest over the orders and says which', () => {
    const orders = [2, 4, 8];
    const rdp = [0.5, 1, 2];
    const by = orders.map((a, i) => rdp[i]! + Math.log(1 - 1 / a) - Math.log(1e-5 * a) / (a - 1));
    expect(rdpToEpsilon(orders, rdp, 1e-5)).toEqual({ epsilon: Math.min(...by), order: 8, atEdge: true });
    expect(rdpEpsilon({ sampleRate: 0.01, noiseMultiplier: 1, steps: 1000, delta: 1e-5 }).atEdge).toBe(false);
  });

  it('is the improved conversion, below the first one by Mironov', () => {
    const { epsilon, order } = rdpEpsilon({ sampleRate: 1, noiseMultiplier: 1, steps: 1, delta: 1e-5 });
    const mironov = order / 2 + Math.log(1e5) / (order - 1);
    expect(epsilon).toBeLessThan(mironov - 0.3);
  });

  it('knows when the two data sets cannot be told apart at all', () => {
    expect(rdpToEpsilon([2], [1e-9], 1e-4).epsilon).toBe(0);
    expect(rdpToEpsilon([2], [1e-7], 1e-4).epsilon).toBeGreaterThan(0);
  });

  it('returns from epsilon to delta', () => {
    fc.assert(
      fc.property(
        rates,
        fc.double({ min: 0.5, max: 5, noNaN: true }),
        fc.integer({ min: 1, max: 5000 }),
        (q, sigma, steps) => {
          const events = [
            { kind: 'poisson-gaussian' as const, sampleRate: q, noiseMultiplier: sigma, steps },
          ];
          const rdp = rdpCurve(events);
          const { epsilon } = rdpToEpsilon(DEFAULT_ORDERS, rdp, 1e-6);
          fc.pre(epsilon > 0);
          const back = rdpToDelta(DEFAULT_ORDERS, rdp, epsilon);
          expect(back).toBeLessThanOrEqual(1e-6 * (1 + 1e-9));
          expect(rdpToEpsilon(DEFAULT_ORDERS, rdp, back).epsilon).toBeGreaterThanOrEqual(
            epsilon * (1 - 1e-9),
          );
          expect(composeRdpDelta(events, epsilon)).toBeCloseTo(back, 15);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('sets the delta of approximate events aside', () => {
    // So many that Σ ε is above what Rényi divergences say.
    const event = { kind: 'approximate' as const, epsilon: 0.1, delta: 1e-8, count: 500 };
    expect(composeRdp([event], 1e-5).epsilon).toBeGreaterThan(
      composeRdp([{ ...event, delta: 0 }], 1e-5).epsilon,
    );
    expect(composeRdp([event], 4.9e-6).epsilon).toBe(Number.POSITIVE_INFINITY);
  });

  it('refuses orders that are none, and events it has no bound for', () => {
    for (const orders of [[], [1], [0.5], [Number.NaN], [Number.POSITIVE_INFINITY], [1e6]]) {
      expect(() => composeRdp([], 1e-5, orders)).toThrow(expect.objectContaining({ code: 'order-invalid' }));
    }
    const cut = {
      kind: 'truncated-poisson-gaussian' as const,
      datasetSize: 100,
      sampleRate: 0.1,
      truncatedBatchSize: 12,
      noiseMultiplier: 1,
      steps: 1,
    };
    expect(() => composeRdp([cut], 1e-5)).toThrow(expect.objectContaining({ code: 'event-unsupported' }));
  });
});
