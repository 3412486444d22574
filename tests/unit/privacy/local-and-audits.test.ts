/**
 * Local reports are unbiased and have the stated spread; audits hold. Seeds are fixed; a mean of n draws is held to five of its own
 * standard errors, which a fresh seed would break with probability below 1e−6.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  binaryRandomizedResponse,
  CountMeanSketch,
  cloneShuffleBound,
  clopperPearsonAudit,
  estimateFrequencies,
  type FrequencyOracle,
  frequencyVariance,
  gaussianMembership,
  hadamardResponse,
  kAryRandomizedResponse,
  localLaplaceMean,
  membershipBounds,
  oneBitMean,
  oneRunAudit,
  oneRunPValue,
  optimizedUnaryEncoding,
  rapporEpsilon,
  repeatedReportsEpsilon,
  sketchFrequencyVariance,
  strongerCloneShuffleBound,
  symmetricUnaryEncoding,
} from '@/lib/privacy';
import { clopperPearson } from '@/lib/privacy/numerics/binomial';
import { SeededRandom } from '@/lib/random';

const epsilon = 1.3;
const categories = 6;
const truth = [0.4, 0.3, 0.2, 0.1, 0, 0];

describe.each([
  ['k-ary randomised response', kAryRandomizedResponse({ epsilon, categories })],
  ['symmetric unary encoding', symmetricUnaryEncoding({ epsilon, categories })],
  ['optimised unary encoding', optimizedUnaryEncoding({ epsilon, categories })],
  ['Hadamard response', hadamardResponse({ epsilon, categories })],
] as [string, FrequencyOracle<unknown>][])('%s', (_, oracle) => {
  it('estimates every frequency without bias, and within its own standard error', () => {
    const people = 500;
    const crowds = 40;
    const random = new SeededRandom(81);
    const values = Array.from({ length: people }, (_p, i) => (i < 200 ? 0 : i < 350 ? 1 : i < 450 ? 2 : 3));
    const sums = new Float64Array(categories);
    const squares = new Float64Array(categories);
    for (let crowd = 0; crowd < crowds; crowd++) {
      const estimates = estimateFrequencies(
        oracle,
        values.map((value) => oracle.perturb(value, random)),
      );
      estimates.forEach(({ frequency, low, high }, i) => {
        sums[i]! += frequency;
        squares[i]! += (frequency - truth[i]!) ** 2;
        expect(low).toBeLessThan(frequency);
        expect(high).toBeGreaterThan(frequency);
      });
    }
    truth.forEach((f, i) => {
      const variance = frequencyVariance(oracle, people, f);
      expect(Math.abs(sums[i]! / crowds - f)).toBeLessThan(5 * Math.sqrt(variance / crowds));
      // A sample variance of 40 normals strays by √(2/40) of itself.
      expect(Math.abs(squares[i]! / crowds / variance - 1)).toBeLessThan(5 * Math.sqrt(2 / crowds));
    });
  });

  it('supports a value with the stated p and any other with q', () => {
    const random = new SeededRandom(82);
    const n = 8000;
    const reports = Array.from({ length: n }, () => oracle.perturb(2, random));
    oracle.supportCounts(reports).counts.forEach((count, value) => {
      const chance = value === 2 ? oracle.p : oracle.q;
      expect(Math.abs(count / n - chance)).toBeLessThan(5 * Math.sqrt((chance * (1 - chance)) / n));
    });
  });

  it('refuses what is no category, and no reports', () => {
    const random = new SeededRandom(1);
    for (const value of [-1, categories, 0.5, Number.NaN])
      expect(() => oracle.perturb(value, random)).toThrow(/is not one of the 6 categories/);
    expect(() => estimateFrequencies(oracle, [])).toThrow(/no reports/);
  });
});

describe('what one report gives away', () => {
  it('is at most e^ε in every outcome of k-ary and Hadamard response', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 8, noNaN: true }),
        fc.integer({ min: 2, max: 200 }),
        (each, k) => {
          const kAry = kAryRandomizedResponse({ epsilon: each, categories: k });
          expect(kAry.p / kAry.q).toBeCloseTo(Math.exp(each), 6);
          expect(kAry.p + (k - 1) * kAry.q).toBeCloseTo(1, 12);
          const hadamard = hadamardResponse({ epsilon: each, categories: k });
          expect(hadamard.outputInSet / hadamard.outputOutside).toBeCloseTo(Math.exp(each), 6);
          expect((hadamard.order / 2) * (hadamard.outputInSet + hadamard.outputOutside)).toBeCloseTo(1, 12);
          for (const unary of [symmetricUnaryEncoding, optimizedUnaryEncoding]) {
            const { p, q } = unary({ epsilon: each, categories: k });
            expect(Math.log((p * (1 - q)) / ((1 - p) * q))).toBeCloseTo(each, 9);
          }
        },
      ),
    );
  });

  it('adds up without memoisation, and not with it', () => {
    const week = { epsilon: 0.5, reports: 7 };
    expect(repeatedReportsEpsilon({ ...week, memoised: false })).toBeCloseTo(3.5, 12);
    expect(repeatedReportsEpsilon({ ...week, memoised: true })).toBeCloseTo(0.5, 12);
    expect(repeatedReportsEpsilon({ ...week, memoised: true, distinctValues: 3 })).toBeCloseTo(1.5, 12);
    const year = { epsilon: 0.1, reports: 365, memoised: false };
    expect(repeatedReportsEpsilon({ ...year, delta: 1e-6 })).toBeLessThan(0.5 * repeatedReportsEpsilon(year));
    const rappor = rapporEpsilon({ f: 0.5, p: 0.5, q: 0.75, hashes: 2 });
    expect(rappor.permanent).toBeCloseTo(4 * Math.log(3), 12);
    expect(rappor.afterReports(1e6)).toBe(rappor.permanent);
    expect(rappor.oneReport).toBeLessThan(rappor.permanent);
    expect(() => rapporEpsilon({ f: 0, p: 0.5, q: 0.75, hashes: 2 })).toThrow(/adds no noise/);
  });

  it('is hidden by shuffling, and more so in a larger crowd', () => {
    for (const bound of [cloneShuffleBound, strongerCloneShuffleBound]) {
      const of = (people: number) => bound({ epsilonLocal: 1, people, delta: 1e-6 }).epsilon!;
      expect(of(1e6)).toBeLessThan(of(1e4));
      expect(of(1e4)).toBeLessThan(1);
      expect(bound({ epsilonLocal: 12, people: 1000, delta: 1e-6 }).epsilon).toBeNull();
    }
  });
});

describe('means of local reports', () => {
  it.each([
    ['one bit', oneBitMean({ epsilon })],
    ['Laplace', localLaplaceMean({ epsilon })],
  ] as const)('by %s are unbiased with the stated variance', (_, mean) => {
    const random = new SeededRandom(83);
    const n = 20_000;
    for (const value of [0, 0.3, 1]) {
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < n; i++) {
        const report = mean.report(value, random);
        sum += report;
        squares += (report - value) ** 2;
      }
      const variance = mean.variance(value);
      expect(Math.abs(sum / n - value)).toBeLessThan(5 * Math.sqrt(variance / n));
      expect(Math.abs(squares / n / variance - 1)).toBeLessThan(0.1);
    }
    expect(() => mean.report(1.2, random)).toThrow(/value is 1.2/);
  });

  it('by randomised response are unbiased', () => {
    const rr = binaryRandomizedResponse({ epsilon });
    // 30 % hold a 1: the mean report is 0.3 p + 0.7 (1 − p).
    expect(rr.estimate(0.3 * rr.keepProbability + 0.7 * (1 - rr.keepProbability))).toBeCloseTo(0.3, 12);
  });
});

describe('the count-mean sketch', () => {
  it('is unbiased over its hash functions, with the stated variance', () => {
    const options = { epsilon: 3, hashes: 8, width: 32 };
    const random = new SeededRandom(84);
    const counts = [120, 60, 20];
    const sketches = 120;
    let sum = 0;
    let squares = 0;
    for (let seed = 1; seed <= sketches; seed++) {
      const sketch = new CountMeanSketch({ ...options, seed });
      counts.forEach((count, value) => {
        for (let i = 0; i < count; i++) sketch.receive(sketch.perturb(value, random));
      });
      const error = sketch.estimateCount(0) - 120;
      sum += error / 200;
      squares += (error / 200) ** 2;
    }
    const variance = sketchFrequencyVariance({ ...options, counts, index: 0 });
    expect(Math.abs(sum / sketches)).toBeLessThan(5 * Math.sqrt(variance / sketches));
    expect(Math.abs(squares / sketches / variance - 1)).toBeLessThan(5 * Math.sqrt(2 / sketches));
  });
});

describe('attacks and audits', () => {
  it('has the Clopper–Pearson intervals of the tables', () => {
    // Two-sided 95 %, as in Clopper and Pearson's charts and R's binom.test.
    for (const [k, n, lower, upper] of [
      [5, 10, 0.187086, 0.812914],
      [1, 20, 0.001265, 0.248733],
      [0, 10, 0, 0.308497],
      [10, 10, 0.691503, 1],
    ] as const) {
      const interval = clopperPearson(k, n, 0.025);
      expect(interval.lower).toBeCloseTo(lower, 5);
      expect(interval.upper).toBeCloseTo(upper, 5);
    }
  });

  it('never audits a fair mechanism above its ε more often than it says', () => {
    // Randomised response attacked at its best: TPR p, FPR 1 − p, ratio exactly e^ε.
    const random = new SeededRandom(85);
    const p = 1 / (1 + Math.exp(-1));
    const n = 500;
    let above = 0;
    const audits = 400;
    for (let i = 0; i < audits; i++) {
      let truePositives = 0;
      let falsePositives = 0;
      for (let j = 0; j < n; j++) {
        if (random.bernoulli(p)) truePositives++;
        if (random.bernoulli(1 - p)) falsePositives++;
      }
      const { epsilonLowerBound } = clopperPearsonAudit({
        truePositives,
        falsePositives,
        members: n,
        nonMembers: n,
        delta: 0,
      });
      expect(epsilonLowerBound).toBeGreaterThan(0.2);
      if (epsilonLowerBound > 1) above++;
    }
    // At most 5 % by its confidence (20 of 400), and 41 is five deviations beyond.
    expect(above).toBeLessThan(41);
  });

  it('audits one run as the theorem says', () => {
    const outcomes = { canaries: 1000, guesses: 100, correct: 90, delta: 0 };
    const { epsilonLowerBound } = oneRunAudit(outcomes);
    expect(oneRunPValue(outcomes, epsilonLowerBound)).toBeCloseTo(0.05, 9);
    // P[Bin(100, e^ε/(1 + e^ε)) ≥ 90] = 0.05 at a rate of 0.8363 (Clopper–Pearson): ε = ln(0.8363/0.1637).
    const rate = clopperPearson(90, 100, 0.05).lower;
    expect(epsilonLowerBound).toBeCloseTo(Math.log(rate / (1 - rate)), 7);
    expect(oneRunAudit({ ...outcomes, delta: 1e-5 }).epsilonLowerBound).toBeLessThan(epsilonLowerBound);
    expect(oneRunAudit({ ...outcomes, correct: 50 }).epsilonLowerBound).toBe(0);
    expect(oneRunAudit({ ...outcomes, correct: 95 }).epsilonLowerBound).toBeGreaterThan(epsilonLowerBound);
    expect(() => oneRunAudit({ ...outcomes, correct: 101 })).toThrow(/101 of 100 guesses/);
    expect(() =>
      clopperPearsonAudit({ truePositives: 5, members: 4, falsePositives: 0, nonMembers: 4, delta: 0 }),
    ).toThrow(expect.objectContaining({ code: 'count-invalid' }));
  });

  it('has bounds on membership that the best attacks meet and none exceed', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 10, noNaN: true }),
        fc.constantFrom(0, 1e-5, 0.01),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (each, delta, rate) => {
          const bounds = membershipBounds({ epsilon: each, delta });
          const tpr = bounds.tprAtFpr(rate);
          expect(tpr).toBeGreaterThanOrEqual(rate - 1e-12);
          expect(tpr - rate).toBeLessThanOrEqual(bounds.maxAdvantage + 1e-12);
          expect(bounds.maxBalancedAccuracy).toBeCloseTo((1 + bounds.maxAdvantage) / 2, 10);
        },
      ),
    );
    const exact = gaussianMembership({ noiseMultiplier: 1, steps: 4 });
    expect(exact.mu).toBe(2);
    expect(exact.maxAdvantage).toBeCloseTo(0.6826894921, 9);
    expect(exact.tprAtFpr(0.1587)).toBeCloseTo(0.8413, 3);
    expect(exact.auc).toBeCloseTo(0.9213503965, 9);
  });
});
