/**
 * Audits in one run: each bound against a second implementation (tests/fixtures/python/one_run_audits.py) on stored guesses and
 * scores, and all of them on Gaussian noise whose ε is known. Seeds are fixed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  AUDIT_BOUNDS,
  analyticGaussianSigma,
  auditBound,
  auditSideBySide,
  bestByGuesses,
  fDpAudit,
  fDpPValue,
  gaussianShiftAudit,
  gaussianSpreadAudit,
  guessByScore,
  guessCounts,
  oneRunAudit,
} from '@/lib/privacy';
import { approximateTradeOff, gaussianTradeOff } from '@/lib/privacy/mechanisms/trade-off';
import { noncentralTUpperTail, scaledChiCdf } from '@/lib/privacy/numerics/chi';
import { normalCdf } from '@/lib/privacy/numerics/normal';
import { SeededRandom } from '@/lib/random';
import { ROOT } from '@/tests/harness/root';

interface Guessed {
  canaries: number;
  guesses: number;
  correct: number;
  delta: number;
  pValue: number;
  steinke: number;
  fDpMu: number;
  fDp: number;
}

interface Scored {
  scores: number[];
  included: number[];
  signal: number;
  delta: number;
  pValue: number;
  guesses: number;
  correct: number;
  shiftMu: number;
  shift: number;
  spreadMu: number;
  spread: number;
}

const stored: { guessed: Guessed[]; scored: Scored[] } = JSON.parse(
  readFileSync(join(ROOT, 'tests/fixtures/audits/one-run.json'), 'utf8'),
);

test.each(stored.guessed)(
  'of $guesses guesses about $canaries canaries $correct are right, δ = $delta, p = $pValue',
  (row) => {
    expect(oneRunAudit(row).epsilonLowerBound).toBeCloseTo(row.steinke, 6);
    const { muLowerBound, epsilonLowerBound } = fDpAudit(row);
    expect(muLowerBound).toBeCloseTo(row.fDpMu, 6);
    expect(epsilonLowerBound).toBeCloseTo(row.fDp, 5);
  },
);

test.each(stored.scored)('$scores.length scores, p = $pValue', (row) => {
  expect(guessByScore(row, row.guesses)).toEqual({ guesses: row.guesses, correct: row.correct });
  const shift = gaussianShiftAudit(row);
  expect(shift.muLowerBound).toBeCloseTo(row.shiftMu, 6);
  expect(shift.epsilonLowerBound).toBeCloseTo(row.shift, 5);
  const spread = gaussianSpreadAudit(row);
  expect(spread.muLowerBound).toBeCloseTo(row.spreadMu, 6);
  expect(spread.epsilonLowerBound).toBeCloseTo(row.spread, 5);
});

describe('the f-DP bound', () => {
  test('is the p-value at which the audit turns', () => {
    const outcomes = { canaries: 400, guesses: 200, correct: 130 };
    const { muLowerBound } = fDpAudit({ ...outcomes, delta: 1e-5, pValue: 0.05 });
    expect(fDpPValue(outcomes, gaussianTradeOff(muLowerBound))).toBeCloseTo(0.05, 5);
    expect(fDpPValue(outcomes, gaussianTradeOff(muLowerBound / 2))).toBeLessThan(0.05);
    expect(fDpPValue(outcomes, gaussianTradeOff(2 * muLowerBound))).toBeGreaterThan(0.05);
  });

  test('never says less than chance: a fair coin for each guess reaches the tail of the binomial', () => {
    // Perfect privacy, μ = 0: each guess is right with probability ½, and 70 of 100 has probability 3.9e−5.
    const p = fDpPValue({ canaries: 100, guesses: 100, correct: 70 }, gaussianTradeOff(0));
    expect(p).toBeGreaterThan(3.9e-5);
    // Randomised response with ε = 1 attains e^ε/(1 + e^ε) = 0.731: 70 of 100 are nothing strange.
    expect(
      fDpPValue({ canaries: 100, guesses: 100, correct: 70 }, approximateTradeOff(1, 0)),
    ).toBeGreaterThan(0.5);
  });

  test('no guess, or none that is right, refutes nothing', () => {
    expect(fDpPValue({ canaries: 10, guesses: 0, correct: 0 }, gaussianTradeOff(0))).toBe(1);
    expect(fDpAudit({ canaries: 10, guesses: 10, correct: 0, delta: 1e-5 }).epsilonLowerBound).toBe(0);
    expect(() => fDpAudit({ canaries: 10, guesses: 5, correct: 6, delta: 1e-5 })).toThrow(/right/);
  });
});

describe('guesses from scores', () => {
  test('the highest are called in, the lowest out, and nothing is said of the rest', () => {
    const scores = [5, 4, 3, 2, 1, 0];
    expect(guessByScore({ scores, included: [1, 1, 0, 1, 0, 0] }, 4)).toEqual({ guesses: 4, correct: 4 });
    expect(guessByScore({ scores, included: [0, 1, 0, 1, 0, 1] }, 4)).toEqual({ guesses: 4, correct: 2 });
    expect(() => guessByScore({ scores, included: [1, 0, 1, 0, 1, 0] }, 3)).toThrow(/3 guesses/);
    expect(() => guessByScore({ scores, included: [1] }, 2)).toThrow(/coins/);
    expect(() => guessByScore({ scores: [1, Number.NaN], included: [1, 0] }, 2)).toThrow(/canary 1/);
  });

  test('equal scores tell nothing: their order is not that of the coins', () => {
    const coin = new SeededRandom(4);
    const included = Array.from({ length: 1000 }, () => coin.bernoulli(0.5));
    const { correct } = guessByScore({ scores: new Float64Array(1000), included }, 1000);
    // Five deviations of 1,000 fair guesses.
    expect(Math.abs(correct - 500)).toBeLessThan(80);
  });

  test('the best of k numbers of guesses pays for its choice: each is held to a k-th of the p-value', () => {
    const seen: number[] = [];
    const scores = Float64Array.from({ length: 100 }, (_, i) => i);
    const included = Array.from({ length: 100 }, (_, i) => i >= 50);
    const counts = guessCounts(100);
    expect(counts).toEqual([4, 10, 20, 40, 70, 100]);
    bestByGuesses({ scores, included, delta: 1e-5, pValue: 0.06 }, (outcomes) => {
      seen.push(outcomes.pValue);
      return oneRunAudit(outcomes);
    });
    expect(seen).toHaveLength(6);
    for (const pValue of seen) expect(pValue).toBeCloseTo(0.01, 12);
  });
});

test('side by side, each of the four bounds has a quarter of the level', () => {
  const { scores, included, signal, delta } = stored.scored[0]!;
  const asked = { scores, included, signal, delta };
  const found = auditSideBySide({ ...asked, pValue: 0.04 });
  for (const bound of AUDIT_BOUNDS) expect(found[bound]).toBe(auditBound(bound, { ...asked, pValue: 0.01 }));
  expect(Math.max(...Object.values(found))).toBeGreaterThan(0);
});

describe('Gaussian scores', () => {
  test('tails: Student’s t with three degrees of freedom, uncentred with many, and χ² with two', () => {
    // P[t₁₀ > 1.812461] = 0.05.
    expect(noncentralTUpperTail(1.8124611228, 10, 0)).toBeCloseTo(0.05, 8);
    // A million degrees of freedom leave the normal law.
    expect(noncentralTUpperTail(2.5, 1e6, 1)).toBeCloseTo(normalCdf(-1.5), 5);
    // P[χ²₂ ≤ x] = 1 − e^{−x/2}.
    expect(scaledChiCdf(0.7, 2)).toBeCloseTo(1 - Math.exp(-0.49), 8);
  });

  test('neither scale nor centre of the scores matters', () => {
    const row = stored.scored[4]!;
    const moved = row.scores.map((score) => 3 * score - 7);
    expect(gaussianShiftAudit({ ...row, scores: moved }).muLowerBound).toBeCloseTo(row.shiftMu, 6);
    expect(gaussianSpreadAudit({ ...row, scores: moved, signal: 3 * row.signal }).muLowerBound).toBeCloseTo(
      row.spreadMu,
      6,
    );
  });

  test('scores without any scatter refute every finite ε', () => {
    const included = Array.from({ length: 20 }, (_, i) => i % 2);
    const scores = included.map((one) => 2 * one);
    expect(gaussianShiftAudit({ scores, included, delta: 1e-5 }).epsilonLowerBound).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(gaussianSpreadAudit({ scores, included, signal: 2, delta: 1e-5 }).epsilonLowerBound).toBe(
      Number.POSITIVE_INFINITY,
    );
    // Nor do scores that are all the same prove anything.
    expect(
      gaussianShiftAudit({ scores: included.map(() => 1), included, delta: 1e-5 }).epsilonLowerBound,
    ).toBe(0);
  });

  test('too few on a side are refused', () => {
    const included = Array.from({ length: 20 }, (_, i) => i < 17);
    const scores = included.map((_, i) => i);
    expect(() => gaussianShiftAudit({ scores, included, delta: 1e-5 })).toThrow(/17 canaries/);
  });
});

describe.each([1, 2, 4])('Gaussian noise with ε = %d at δ = 1e−5, 1,000 canaries', (epsilon) => {
  const delta = 1e-5;
  const sigma = analyticGaussianSigma({ epsilon, delta });
  // Four bounds are read side by side, so each is held to a quarter of 5 %.
  const pValue = 0.05 / 4;
  const question = (seed: number) => {
    const random = new SeededRandom(seed, epsilon);
    const included = Array.from({ length: 1000 }, () => random.bernoulli(0.5));
    const scores = included.map((one) => Number(one) + sigma * random.gaussian());
    return { scores, included, delta, pValue };
  };

  test('both bounds from scores stay below ε, and the sharper is above three quarters of it', () => {
    let above = 0;
    const spread: number[] = [];
    for (let seed = 0; seed < 60; seed++) {
      const asked = question(seed);
      const bounds = [gaussianShiftAudit(asked), gaussianSpreadAudit({ ...asked, signal: 1 })];
      if (bounds.some(({ epsilonLowerBound }) => epsilonLowerBound > epsilon)) above++;
      spread.push(bounds[1]!.epsilonLowerBound);
    }
    // Two bounds, each too high in 1.25 % of runs: 1.5 of 60 expected; six or more would happen once in 300 times.
    expect(above).toBeLessThan(6);
    expect(Math.min(...spread)).toBeGreaterThan(0.75 * epsilon);
  });

  test('both bounds from guesses stay below ε, and the whole curve says more than one of its points', () => {
    for (let seed = 0; seed < 3; seed++) {
      const asked = question(seed);
      const steinke = bestByGuesses(asked, oneRunAudit, [200, 700]).epsilonLowerBound;
      const curve = bestByGuesses(asked, fDpAudit, [200, 700]).epsilonLowerBound;
      expect(curve).toBeLessThan(epsilon);
      expect(steinke).toBeLessThanOrEqual(curve);
    }
  });
});
