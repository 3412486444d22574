/**
 * Counts drawn at once have the distribution of single reports, and the 95 % intervals of every protocol are right 95 % of the
 * time. Seeds are fixed; with other seeds, a correct program would fail one of these tests once in some ten thousand runs.
 */
import { describe, expect, test } from 'vitest';
import { peopleByShare, zipfShares } from '@/components/lessons/telemetry/experiments/made-up-shares';
import {
  expectedCoverage,
  expectedError,
  oracleOf,
  PROTOCOLS,
  surveyAtOnce,
  surveyEveryPhone,
} from '@/components/lessons/telemetry/protocols';
import { CountMeanSketch, crowdIntoSketch, sampleBinomial, supportInterval } from '@/lib/privacy';
import { logBinomialPmf } from '@/lib/privacy/numerics/binomial';
import { SeededRandom } from '@/lib/random';
import { chiSquareDeviations } from '../../random/support';

describe('a binomial draw', () => {
  test.each([
    [20, 0.3],
    [100, 0.1],
    [1000, 0.5],
    [1000, 0.97],
    [1_000_000, 0.00003],
    [10_000_000, 0.2],
  ])('of %i at %f has the binomial distribution', (n, p) => {
    const random = new SeededRandom(n, Math.round(p * 100));
    const spread = Math.sqrt(n * p * (1 - p));
    // Bins half a standard deviation wide.
    const edges = Array.from({ length: 9 }, (_, i) => Math.floor(n * p + (i - 4) * 0.5 * spread));
    const bin = (k: number) => edges.filter((edge) => k > edge).length;
    const expected = new Array<number>(10).fill(0);
    const low = Math.max(0, Math.floor(n * p - 9 * spread));
    for (let k = low; k <= Math.min(n, n * p + 9 * spread + 40); k++)
      expected[bin(k)]! += Math.exp(logBinomialPmf(k, n, p));
    const draws = 40_000;
    const seen = new Array<number>(10).fill(0);
    for (let i = 0; i < draws; i++) seen[bin(sampleBinomial(random, n, p))]!++;
    // Empty bins of small means are left out.
    const used = expected.map((share, i) => ({ share, count: seen[i]! })).filter(({ share }) => share > 1e-4);
    expect(seen.reduce((a, b) => a + b)).toBe(draws);
    expect(
      chiSquareDeviations(
        used.map(({ count }) => count),
        used.map(({ share }) => share * draws),
      ),
    ).toBeLessThan(5);
  });

  test('at the ends is certain', () => {
    const random = new SeededRandom(1);
    expect(sampleBinomial(random, 10, 0)).toBe(0);
    expect(sampleBinomial(random, 10, 1)).toBe(10);
    expect(sampleBinomial(random, 0, 0.5)).toBe(0);
  });
});

describe('made-up shares', () => {
  test('add up, and so do the people', () => {
    const shares = zipfShares(10, 1, 4);
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(shares[0]! / shares[3]!).toBeCloseTo(4, 12);
    expect(shares[4]).toBe(0);
    for (const people of [100, 12_345, 9_999_999])
      expect(peopleByShare(zipfShares(64, 1.3), people).reduce((a, b) => a + b)).toBe(people);
  });
});

/** Means, variances and one covariance of some estimates. */
function spreadOf(runs: readonly (readonly number[])[]) {
  const n = runs.length;
  const mean = (i: number) => runs.reduce((sum, run) => sum + run[i]!, 0) / n;
  const covariance = (i: number, j: number) =>
    runs.reduce((sum, run) => sum + (run[i]! - mean(i)) * (run[j]! - mean(j)), 0) / n;
  return { mean, covariance };
}

describe.each(PROTOCOLS)('%s', (protocol) => {
  const people = peopleByShare(zipfShares(6, 1), 300);
  const shares = Array.from(people, (count) => count / 300);
  const epsilon = 1.2;
  const RUNS = 1500;

  test('at once and phone by phone are the same in distribution, and right on average', async () => {
    const random = new SeededRandom(31);
    const read = (estimates: { frequency: number }[]) => estimates.map(({ frequency }) => frequency);
    const atOnce: number[][] = [];
    const singly: number[][] = [];
    const singleRuns = protocol === 'sketch' ? 60 : RUNS;
    for (let i = 0; i < RUNS; i++) atOnce.push(read(surveyAtOnce({ protocol, epsilon, people, random })));
    for (let i = 0; i < singleRuns; i++)
      singly.push(read(await surveyEveryPhone({ protocol, epsilon, people, random })));
    const [a, b] = [spreadOf(atOnce), spreadOf(singly)];
    for (const [i, share] of shares.entries()) {
      const variance = expectedError(protocol, epsilon, shares, i, 300) ** 2;
      const standard = Math.sqrt(variance / RUNS);
      expect(Math.abs(a.mean(i) - share)).toBeLessThan(4.5 * standard);
      expect(Math.abs(b.mean(i) - share)).toBeLessThan(4.5 * Math.sqrt(variance / singleRuns));
      // A sample variance of N normals is off by √(2/N) of itself.
      expect(Math.abs(a.covariance(i, i) / variance - 1)).toBeLessThan(4.5 * Math.sqrt(2 / RUNS));
      expect(Math.abs(b.covariance(i, i) / variance - 1)).toBeLessThan(4.5 * Math.sqrt(2 / singleRuns));
      // And they hang together alike: covariance in units of the variance, error 1/√N.
      const other = (i + 1) % shares.length;
      const unit = Math.sqrt(variance * expectedError(protocol, epsilon, shares, other, 300) ** 2);
      expect(Math.abs(a.covariance(i, other) - b.covariance(i, other)) / unit).toBeLessThan(
        4.5 * Math.sqrt(1 / RUNS + 1 / singleRuns),
      );
    }
  });

  test('95 % intervals hold the truth 95 ± 1 % of the time', () => {
    const random = new SeededRandom(77);
    let held = 0;
    let all = 0;
    for (const [count, size, level] of [
      [2000, 16, 1.5],
      [100_000, 24, 0.7],
      [10_000_000, 8, 3],
    ] as const) {
      const crowd = peopleByShare(zipfShares(size, 1), count);
      // The sketch’s intervals are over its hash functions too: each survey draws its own.
      for (let i = 0; i < (protocol === 'sketch' ? 120 : 600); i++)
        for (const [value, { low, high }] of surveyAtOnce({
          protocol,
          epsilon: level,
          people: crowd,
          random,
        }).entries()) {
          all++;
          const truth = crowd[value]! / count;
          if (low <= truth && truth <= high) held++;
        }
    }
    expect(held / all).toBeGreaterThan(0.94);
    expect(held / all).toBeLessThan(0.96);
  });
});

describe('over the whole range of the sliders', () => {
  const ORACLES = PROTOCOLS.filter((protocol) => protocol !== 'sketch');

  // Exactly, without a draw: over all counts that can come. Where every count spreads over ten or more, 95 ± 1 %. Where it does not,
  // each count is so large a step that no interval can be so exact; there 93 % and more. The cell says which it is.
  test.each(ORACLES)('95 % intervals of %s hold the truth as often as they say', (protocol) => {
    for (const people of [100, 300, 1000, 20_000, 10_000_000])
      for (const epsilon of [0.1, 1.5, 5, 8])
        for (const [categories, skew] of [
          [4, 1],
          [16, 0],
          [64, 1],
          [64, 2],
        ] as const) {
          const crowd = peopleByShare(zipfShares(categories, skew), people);
          const { p, q } = oracleOf(protocol, epsilon, categories)!.oracle;
          const spread = Math.sqrt(
            Math.min(...Array.from(crowd, (held) => held * p * (1 - p) + (people - held) * q * (1 - q))),
          );
          const coverage = expectedCoverage(protocol, epsilon, crowd)!;
          const setting = `${people} phones, ε = ${epsilon}, ${categories} emoji, skew ${skew}`;
          expect(coverage, setting).toBeGreaterThan(spread >= 10 ? 0.94 : 0.93);
          if (spread >= 10) expect(coverage, setting).toBeLessThan(0.96);
        }
  });

  // The corners in which intervals of a bell curve held 92 %.
  test.each([
    ['optimised', 100, 5, 16],
    ['optimised', 1000, 8, 64],
    ['choice', 1000, 8, 64],
    ['hadamard', 100, 8, 32],
  ] as const)(
    '%s, %i phones, ε = %f, %i emoji: as often in surveys as by the sum over all counts',
    (protocol, people, epsilon, size) => {
      const random = new SeededRandom(78);
      const crowd = peopleByShare(zipfShares(size, 1), people);
      const expected = expectedCoverage(protocol, epsilon, crowd)!;
      const surveys = 300;
      let held = 0;
      for (let i = 0; i < surveys; i++)
        for (const [value, { low, high }] of surveyAtOnce({
          protocol,
          epsilon,
          people: crowd,
          random,
        }).entries()) {
          const truth = crowd[value]! / people;
          if (low <= truth && truth <= high) held++;
        }
      const trials = surveys * size;
      // Values of one survey hang together a little: twice the spread of lone ones, at 4.5 standard errors.
      expect(Math.abs(held / trials - expected)).toBeLessThan(
        4.5 * Math.sqrt((2 * expected * (1 - expected)) / trials),
      );
      expect(expected).toBeGreaterThan(0.94);
    },
  );

  test('an interval and what refutes a number of people are the same thing', () => {
    const { p, q } = oracleOf('optimised', 2, 8)!.oracle;
    const people = 60;
    for (let count = 0; count <= people; count++) {
      const { low, high } = supportInterval({ p, q }, count, people);
      expect(low).toBeLessThanOrEqual(high);
      for (let holders = 0; holders <= people; holders++) {
        // By hand, from the two binomials.
        let [below, at] = [0, 0];
        for (let own = 0; own <= holders; own++) {
          const one = Math.exp(logBinomialPmf(own, holders, p));
          for (let other = 0; other <= people - holders && own + other <= count; other++) {
            const both = one * Math.exp(logBinomialPmf(other, people - holders, q));
            if (own + other === count) at += both;
            else below += both;
          }
        }
        const middle = below + at / 2;
        if (Math.min(Math.abs(middle - 0.025), Math.abs(middle - 0.975)) < 1e-9) continue;
        const inside = low <= holders / people && holders / people <= high;
        expect(inside, `${count} reports, ${holders} people`).toBe(middle > 0.025 && middle < 0.975);
      }
    }
  });
});

test('a crowd goes into a sketch whole', () => {
  const sketch = new CountMeanSketch({ epsilon: 2, hashes: 8, width: 16 });
  crowdIntoSketch(sketch, [10, 20, 30], new SeededRandom(5));
  expect(sketch.people).toBe(60);
});
