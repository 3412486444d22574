import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  composeDelta,
  composeEvents,
  gaussianEpsilon,
  optimalComposition,
  type PrivacyEvent,
} from '@/lib/privacy';
import { pldDelta, pldDeltaCurve, pldEpsilon } from '@/lib/privacy/pld/accountant';
import { discretize, type GridMasses } from '@/lib/privacy/pld/discretize';
import {
  type DominatingPair,
  gaussianPair,
  laplacePair,
  poissonGaussianPair,
  randomizedResponsePair,
} from '@/lib/privacy/pld/dominating-pair';
import { hockeyStick, hockeyStickEpsilon } from '@/lib/privacy/pld/single';
import { truncatedPoissonGaussianPair } from '@/lib/privacy/pld/truncated-poisson';
import { contourDelta } from './contour';

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);
const poisson = (sampleRate: number, noiseMultiplier: number, steps: number): PrivacyEvent => ({
  kind: 'poisson-gaussian',
  sampleRate,
  noiseMultiplier,
  steps,
});

const pairs: [string, DominatingPair][] = [
  ['Gaussian', gaussianPair(0.8)],
  ['Poisson, much noise', poissonGaussianPair(0.05, 3)],
  ['Poisson, little noise', poissonGaussianPair(0.001, 0.4)],
  ['Poisson, tiny rate', poissonGaussianPair(1e-9, 0.2)],
  ['Laplace', laplacePair(0.7)],
  ['randomised response', randomizedResponsePair(1.3)],
  ['truncated Poisson', truncatedPoissonGaussianPair(1000, 0.05, 60, 1)!],
];

const cutEvent: PrivacyEvent = {
  kind: 'truncated-poisson-gaussian',
  datasetSize: 1000,
  sampleRate: 0.05,
  truncatedBatchSize: 60,
  noiseMultiplier: 1,
  steps: 20,
};

describe.each(pairs)('the dominating pair: %s', (_, pair) => {
  const tails = (y: number) => {
    const out = new Float64Array(4);
    pair.tails(y, out);
    return [...out] as [number, number, number, number];
  };
  const losses = pair.edges(-30).filter((_, i) => i % 7 === 0);

  it('has whole probability on either side of any loss', () => {
    const atoms = pair.atoms.reduce((sum, { p, q }) => [sum[0]! + p, sum[1]! + q], [0, 0]);
    for (const y of losses) {
      const [pBelow, pAbove, qBelow, qAbove] = tails(y);
      expect(pBelow + pAbove + atoms[0]!).toBeCloseTo(1, 12);
      expect(qBelow + qAbove + atoms[1]!).toBeCloseTo(1, 12);
    }
  });

  it('has e^loss as the ratio of its two distributions', () => {
    for (let i = 1; i < losses.length; i++) {
      const [low, high] = [losses[i - 1]!, losses[i]!];
      const [a, b] = [tails(low), tails(high)];
      const p = a[1] < 0.5 ? a[1] - b[1] : b[0] - a[0];
      const q = a[3] < 0.5 ? a[3] - b[3] : b[2] - a[2];
      if (!(p > 1e-250 && q > 1e-250)) continue;
      const loss = Math.log(p / q);
      const rounding = 1e-15 / Math.min(p, q) < 1e-3 ? 4e-15 / Math.min(p, q) : Number.POSITIVE_INFINITY;
      expect(loss).toBeGreaterThan(low - 1e-9 - rounding);
      expect(loss).toBeLessThan(high + 1e-9 + rounding);
    }
    for (const { loss, p, q } of pair.atoms) expect(p / q).toBeCloseTo(Math.exp(loss), 9);
  });

  it.each([0.3, 0.02])('becomes grids of step %d that bound its δ(ε) from both sides', (step) => {
    const grid = discretize(pair, step, -40);
    const sum = (masses: GridMasses, direction: 'remove' | 'add', epsilon: number) => {
      const source = direction === 'remove' ? masses.p : masses.q;
      let delta = direction === 'remove' ? masses.pInfinite : masses.qInfinite;
      source.forEach((mass, i) => {
        const y = grid.anchor + (grid.first + i) * grid.step;
        const loss = direction === 'remove' ? y : -y;
        if (loss > epsilon) delta -= mass * Math.expm1(epsilon - loss);
      });
      return delta;
    };
    for (const direction of ['remove', 'add'] as const) {
      for (const epsilon of [0, 1e-3, 0.01, 0.1, 0.5, 1.1, 2, 4, 7, 12]) {
        const truth = hockeyStick(pair, direction, epsilon);
        expect(sum(grid.pessimistic, direction, epsilon)).toBeGreaterThanOrEqual(truth * (1 - 1e-9) - 1e-15);
        expect(sum(grid.optimistic, direction, epsilon)).toBeLessThanOrEqual(truth * (1 + 1e-9) + 1e-15);
      }
    }
    // Neither invents probability, and the pessimistic one loses none.
    const total = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
    expect(total(grid.pessimistic.p) + grid.pessimistic.pInfinite).toBeCloseTo(1, 11);
    expect(total(grid.optimistic.p)).toBeLessThanOrEqual(1 + 1e-11);
    expect(total(grid.optimistic.q)).toBeLessThanOrEqual(1 + 1e-11);
    // Each grid loss is the ratio of its masses. The optimistic grid's last portion, which gathers beside an atom, is let
    // down to the point below under P and up to the one above under Q, so that it can only lose mass: those two are left out.
    for (const masses of [grid.pessimistic, grid.optimistic]) {
      const end = masses.p.length - (masses === grid.optimistic && pair.atoms.length > 0 ? 3 : 1);
      masses.p.forEach((mass, i) => {
        if (!(mass > 1e-12 && masses.q[i]! > 1e-12) || i === 0 || i >= end) return;
        const y = grid.anchor + (grid.first + i) * grid.step;
        expect(Math.abs(Math.log(mass / masses.q[i]!) - y)).toBeLessThan(0.05 * step);
      });
    }
  });
});

describe('one release', () => {
  it('is the closed form of Balle and Wang for the Gaussian mechanism', () => {
    // ε, σ, and δ by mpmath.
    for (const [epsilon, sigma, delta] of [
      [1, 1, 0.126936737506644],
      [20, 0.4, 1.94645622827789e-12],
      [0.01, 50, 0.00397565895938058],
      [0, 1000, 0.000398942263778838],
      [300, 0.04, 0.677116269318742],
    ] as const) {
      const pair = gaussianPair(sigma);
      expect(relative(hockeyStick(pair, 'remove', epsilon), delta)).toBeLessThan(1e-11);
      expect(relative(hockeyStick(pair, 'add', epsilon), delta)).toBeLessThan(1e-11);
      if (epsilon > 0)
        expect(relative(hockeyStickEpsilon(pair, 'remove', delta), epsilon)).toBeLessThan(1e-9);
    }
  });

  it('has directions that differ under sampling', () => {
    const { remove, add } = pldEpsilon([poisson(0.1, 0.4, 1)], 1e-5);
    expect(remove.upper).toBeCloseTo(9.51125892, 6);
    // A person added can shift the odds by at most −ln(1 − q).
    expect(add.upper).toBeLessThan(-Math.log(0.9));
    expect(add.upper).toBeGreaterThan(0.105);
  });
});

describe('composition against other roads to the same number', () => {
  it('bounds the exact δ of a contour integral from both sides', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.02, max: 0.3, noNaN: true }),
        fc.double({ min: 0.7, max: 5, noNaN: true }),
        fc.integer({ min: 50, max: 2000 }),
        fc.constantFrom(1e-3, 1e-5, 1e-8),
        (q, sigma, steps, delta) => {
          const both = pldEpsilon([poisson(q, sigma, steps)], delta);
          for (const direction of ['remove', 'add'] as const) {
            const { upper, lower } = both[direction];
            fc.pre(lower > 0.02 && upper < 100);
            const run = { q, sigma, steps };
            expect(contourDelta(run, direction, upper)).toBeLessThanOrEqual(delta * (1 + 1e-6));
            expect(contourDelta(run, direction, lower)).toBeGreaterThanOrEqual(delta * (1 - 1e-6));
            expect(upper - lower).toBeLessThan(Math.max(2e-3 * upper, 1e-3));
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('is exact for Gaussian releases, however they are described', () => {
    const truth = gaussianEpsilon({ noiseMultiplier: 4 / Math.sqrt(30), delta: 1e-6 });
    for (const events of [
      [poisson(1, 4, 30)],
      [poisson(1, 4, 10), { kind: 'gaussian', noiseMultiplier: 4, count: 20 } as const],
    ]) {
      const { epsilon, lowerEpsilon } = composeEvents(events, 1e-6);
      expect(relative(epsilon, truth)).toBeLessThan(1e-12);
      expect(lowerEpsilon).toBe(epsilon);
    }
  });

  it('equals the optimal composition of pure mechanisms', () => {
    // Kairouz, Oh and Viswanath's formula has steps of 2ε; the composed pair is continuous and lies between them.
    for (const [epsilon, count, delta] of [
      [0.1, 200, 1e-5],
      [1, 12, 1e-6],
      [0.01, 2000, 1e-8],
    ] as const) {
      const formula = optimalComposition({ epsilon, delta: 0 }, count, delta);
      const found = composeEvents([{ kind: 'pure', epsilon, count }], delta);
      expect(found.epsilon).toBeLessThanOrEqual(formula + 1e-9);
      expect(found.epsilon).toBeGreaterThan(formula - 2 * epsilon);
      // At a corner of the formula both agree: δ of ε = (k − 2i) ε₀.
      const corner = (count - 2 * Math.floor(count / 3)) * epsilon;
      const exact = binomialDelta(epsilon, count, corner);
      expect(relative(composeDelta([{ kind: 'pure', epsilon, count }], corner), exact)).toBeLessThan(2e-3);
    }
  });

  it('matches two Laplace releases integrated by hand', () => {
    // L₁ + L₂ > ε, each loss clamped to ±1 for b = 1, by the double integral over outcomes.
    const [epsilon, n] = [0.7, 1500];
    const density = (x: number, centre: number) => 0.5 * Math.exp(-Math.abs(x - centre));
    let delta = 0;
    const width = 26 / n;
    for (let i = 0; i < n; i++) {
      const x = -12.5 + (i + 0.5) * width;
      const lx = Math.abs(x - 1) - Math.abs(x);
      for (let j = 0; j < n; j++) {
        const y = -12.5 + (j + 0.5) * width;
        const loss = lx + Math.abs(y - 1) - Math.abs(y);
        if (loss > epsilon)
          delta -= density(x, 0) * density(y, 0) * width * width * Math.expm1(epsilon - loss);
      }
    }
    const found = composeDelta([{ kind: 'laplace', scale: 3, sensitivity: 3, count: 2 }], epsilon);
    expect(relative(found, delta)).toBeLessThan(1e-3);
  });

  it('composes failures of approximate events exactly', () => {
    const events: PrivacyEvent[] = [{ kind: 'approximate', epsilon: 0, delta: 1e-3, count: 3 }];
    expect(relative(composeDelta(events, 1), 1 - 0.999 ** 3)).toBeLessThan(1e-12);
    expect(composeEvents(events, 1e-3).epsilon).toBe(Number.POSITIVE_INFINITY);
    expect(composeEvents(events, 3e-3).epsilon).toBe(0);
    const mixed: PrivacyEvent[] = [...events, { kind: 'laplace', scale: 1, sensitivity: 1, count: 1 }];
    const left = 1 - (1 - 0.01) / 0.999 ** 3;
    const exact = 1 + 2 * Math.log(1 - left);
    expect(composeEvents(mixed, 0.01).epsilon).toBeCloseTo(exact, 6);
  });
});

/** δ(ε) of k randomised responses with e^{ε₀}: Σ over how many of them tell the truth. */
function binomialDelta(pure: number, count: number, epsilon: number): number {
  const p = 1 / (1 + Math.exp(-pure));
  let delta = 0;
  let logBinomial = 0;
  for (let truths = 0; truths <= count; truths++) {
    if (truths > 0) logBinomial += Math.log((count - truths + 1) / truths);
    const loss = (2 * truths - count) * pure;
    const mass = Math.exp(logBinomial + truths * Math.log(p) + (count - truths) * Math.log(1 - p));
    if (loss > epsilon + 1e-12) delta -= mass * Math.expm1(epsilon - loss);
  }
  return delta;
}

describe('extremes', () => {
  it('reaches any delta', () => {
    let before = 0;
    for (const delta of [0.5, 1e-2, 1e-5, 1e-10, 1e-20, 1e-50, 1e-100, 1e-250]) {
      const { epsilon, lowerEpsilon } = composeEvents([poisson(0.01, 1, 1000)], delta);
      expect(epsilon).toBeGreaterThanOrEqual(before);
      expect(lowerEpsilon).toBeLessThanOrEqual(epsilon);
      expect(epsilon - lowerEpsilon!).toBeLessThan(Math.max(2e-3 * epsilon, 2e-3));
      before = epsilon;
    }
    expect(before).toBeGreaterThan(50);
  });

  it.each([
    [0.5, 0.4, 1000, 1e-10],
    [0.01, 0.4, 20_000, 1e-10],
    [0.02, 0.3, 20_000, 1e-8],
    [1e-6, 0.4, 20_000, 1e-10],
    [1e-9, 0.1, 5, 1e-15],
    [0.01, 0.02, 50, 1e-5],
    [1.4694752115336196e-5, 0.3237519423089721, 2, 1.41e-5],
    [0.9999999, 5, 10, 1e-5],
    [0.01, 1, 1_000_000, 1e-6],
  ])('stays tight at q %d, sigma %d, %i steps, delta %d', (q, sigma, steps, delta) => {
    const { epsilon, lowerEpsilon, directions } = composeEvents([poisson(q, sigma, steps)], delta);
    expect(epsilon).toBeGreaterThan(0);
    expect(epsilon - lowerEpsilon!).toBeLessThan(Math.max(3e-3 * epsilon, 1e-3));
    for (const { epsilon: upper, lowerEpsilon: lower } of [directions!.remove, directions!.add]) {
      expect(lower).toBeLessThanOrEqual(upper);
    }
    expect(epsilon).toBeLessThanOrEqual(
      composeEvents([poisson(q, sigma, steps)], delta, 'rdp').epsilon * (1 + 1e-3) + 5e-4,
    );
  });

  it('charges no noise as full exposure of whoever is sampled, and endless noise as nothing', () => {
    expect(composeEvents([poisson(1, 0, 1)], 1e-5).epsilon).toBe(Number.POSITIVE_INFINITY);
    expect(composeEvents([poisson(0.5, 0, 1)], 1e-5).epsilon).toBe(Number.POSITIVE_INFINITY);
    expect(composeEvents([poisson(1e-7, 0, 10)], 1e-5).epsilon).toBeLessThan(1e-5);
    expect(composeEvents([poisson(0.5, 1e12, 100)], 1e-5)).toMatchObject({ epsilon: 0, lowerEpsilon: 0 });
    expect(composeEvents([poisson(0.5, 1e200, 100)], 1e-5).epsilon).toBe(0);
    expect(composeEvents([{ ...cutEvent, noiseMultiplier: 1e200 }], 1e-5).epsilon).toBe(0);
    expect(composeEvents([{ kind: 'gaussian', noiseMultiplier: 1e200, count: 100 }], 1e-5).epsilon).toBe(0);
    expect(composeEvents([poisson(0, 0, 100)], 1e-5).epsilon).toBe(0);
  });

  it('has a sound answer, and soon, where one event is absurd beside another', () => {
    const laplace: PrivacyEvent = { kind: 'laplace', scale: 1, sensitivity: 1, count: 10 };
    // μ = √10 · 10⁵: ε is about μ²/2, by Rényi's bound a tenth more, and the two bounds must not cross.
    const sharp: PrivacyEvent[] = [{ kind: 'gaussian', noiseMultiplier: 1e-5, count: 10 }, laplace];
    const { epsilon, lowerEpsilon } = composeEvents(sharp, 1e-5);
    expect(epsilon).toBeGreaterThan(5e10);
    expect(epsilon).toBeLessThan(6e10);
    expect(lowerEpsilon).toBeLessThan(5.1e10);
    expect(composeDelta(sharp, 1)).toBe(1);
    expect(composeDelta([poisson(0.01, 1, 1000)], 1e300)).not.toBeNaN();
    const alone = composeEvents([laplace], 1e-5).epsilon;
    for (const other of [
      { kind: 'gaussian', noiseMultiplier: 1e200, count: 3 },
      { kind: 'laplace', scale: 1e250, sensitivity: 1, count: 3 },
      { kind: 'pure', epsilon: 1e-300, count: 3 },
      poisson(0.01, 1e90, 3),
    ] as PrivacyEvent[]) {
      expect(Math.abs(composeEvents([laplace, other], 1e-5).epsilon - alone)).toBeLessThan(1e-3 * alone);
    }
  });

  it('takes the smaller of two bounds where no grid is fine enough', () => {
    const events = [poisson(0.01, 50, 3e8)];
    const rdp = composeEvents(events, 1e-6, 'rdp').epsilon;
    expect(composeEvents(events, 1e-6, 'pld').epsilon).toBeLessThanOrEqual(rdp);
  });
});

describe('batches cut to a fixed size', () => {
  const event = (truncatedBatchSize: number): PrivacyEvent => ({ ...cutEvent, truncatedBatchSize });

  it('cost more the more often they are cut, and nothing more where they never are', () => {
    const whole = composeEvents([poisson(0.05, 1, 20)], 1e-5).epsilon;
    const cut = [1000, 90, 75, 60].map((size) => composeEvents([event(size)], 1e-5).epsilon);
    expect(cut[0]).toBe(whole);
    for (let i = 1; i < cut.length; i++) expect(cut[i]).toBeGreaterThan(cut[i - 1]! * 0.9999);
    expect(cut[3]).toBeGreaterThan(1.2 * whole);
  });
});

describe('the curve of δ over ε', () => {
  it('equals δ asked one at a time, in both directions', () => {
    const events = [poisson(0.02, 1.2, 400)];
    const epsilons = [0, 0.2, 0.7, 1.5];
    const curve = pldDeltaCurve(events, epsilons);
    epsilons.forEach((epsilon, i) => {
      const one = pldDelta(events, epsilon);
      for (const direction of ['remove', 'add'] as const) {
        expect(curve[direction][i]! / one[direction].upper).toBeGreaterThan(0.99);
        expect(curve[direction][i]! / one[direction].upper).toBeLessThan(1.03);
      }
    });
  });
});
