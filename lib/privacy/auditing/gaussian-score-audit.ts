/**
 * Audits in one run that use the scores themselves. A guess keeps of a score only on which side it lies. Where scores are known to
 * be normal, as in training with Gaussian noise whose steps the auditor sees (Agrawal et al. 2026, "Let's ask Gauss", arXiv
 * 2606.12733), the two normal laws say all there is: N(a, s²) of canaries left out, N(a + h, s²) of those put in, which is as hard
 * to tell apart as N(0, 1) and N(μ, 1) with μ = h/s. A confidence bound on μ is one on ε (Dong, Roth and Su 2022).
 *
 * The bounds are exact ones of the textbooks, for what is assumed.
 */
import { checkPositiveDelta, checkScale } from '../checks';
import { PrivacyError } from '../errors';
import { gdpEpsilon } from '../gaussian-dp';
import { noncentralTUpperTail, scaledChiCdf } from '../numerics/chi';
import { bracketRoot } from '../numerics/root';
import { checkScored, type ScoredCanaries } from './guesses';

export interface GaussianAudit {
  /** With confidence 1 − pValue, the true ε at δ is above it. */
  epsilonLowerBound: number;
  muLowerBound: number;
  /** The best single guess of μ, no bound. */
  muEstimate: number;
}

type Question = ScoredCanaries & { delta: number; pValue?: number };

function groups({ scores, included }: ScoredCanaries): { inside: number[]; outside: number[] } {
  const inside: number[] = [];
  const outside: number[] = [];
  for (let i = 0; i < scores.length; i++) (included[i] ? inside : outside).push(scores[i]!);
  return { inside, outside };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function squaresAround(values: readonly number[], centre: number): number {
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}

function prepare(question: Question): { inside: number[]; outside: number[]; pValue: number } {
  const { delta, pValue = 0.05 } = question;
  checkScored(question);
  checkPositiveDelta(delta);
  if (!(pValue > 0 && pValue < 0.5))
    throw new PrivacyError(
      'probability-invalid',
      `pValue is ${pValue}.`,
      'Give a probability above 0 and below 0.5, such as 0.05.',
    );
  const { inside, outside } = groups(question);
  if (inside.length < 5 || outside.length < 5)
    throw new PrivacyError(
      'count-invalid',
      `${inside.length} canaries were in and ${outside.length} were not.`,
      'Give at least five of either: toss the coin for more canaries.',
    );
  return { inside, outside, pValue };
}

const result = (muLowerBound: number, muEstimate: number, delta: number): GaussianAudit => ({
  muLowerBound,
  muEstimate,
  epsilonLowerBound: muLowerBound > 0 ? gdpEpsilon(muLowerBound, delta) : 0,
});

/** No score scatters: nothing is left to hide behind, and no finite ε holds. */
const noScatter: GaussianAudit = {
  muLowerBound: Number.POSITIVE_INFINITY,
  muEstimate: Number.POSITIVE_INFINITY,
  epsilonLowerBound: Number.POSITIVE_INFINITY,
};

/**
 * From the shift between both groups, measured in their own spread.
 *
 * Assumes: scores are independent and normal, with one spread whether in or out. Then Student's t of both groups is noncentral
 * with shift μ / √(1/n₁ + 1/n₀), and the bound is the μ at which so large a t has probability pValue.
 */
export function gaussianShiftAudit(question: Question): GaussianAudit {
  const { inside, outside, pValue } = prepare(question);
  const degrees = inside.length + outside.length - 2;
  const [high, low] = [mean(inside), mean(outside)];
  const spread = Math.sqrt((squaresAround(inside, high) + squaresAround(outside, low)) / degrees);
  if (spread === 0) return high > low ? noScatter : result(0, 0, question.delta);
  const scale = Math.sqrt(1 / inside.length + 1 / outside.length);
  const muEstimate = (high - low) / spread;
  const t = muEstimate / scale;
  const excess = (mu: number) => noncentralTUpperTail(t, degrees, mu / scale) - pValue;
  if (excess(0) >= 0) return result(0, muEstimate, question.delta);
  return result(bracketRoot(excess, 0, muEstimate + 1, 1e-10, 1e-12).low, muEstimate, question.delta);
}

/**
 * From the spread alone, where the auditor knows what a canary adds to its own score when it is in: the clip, if its gradient is
 * longer than the clip, times what the trainer multiplies it with. Far sharper, since a spread is found sooner than a shift.
 *
 * Assumes: scores are independent and normal with one spread, and one that is in is higher by `signal` on average. If the trainer
 * adds less than `signal`, the bound may be too high: a canary that is not really there is taken for a well hidden one. The shift
 * audit needs no such trust.
 *
 * With the centre estimated, Σ (residual)² / s² is χ² with n − 1 degrees of freedom; its lower quantile bounds s from above.
 */
export function gaussianSpreadAudit(question: Question & { signal: number }): GaussianAudit {
  const { signal } = question;
  checkScale(signal, 'signal');
  const { inside, outside, pValue } = prepare(question);
  const residuals = [...inside.map((score) => score - signal), ...outside];
  const degrees = residuals.length - 1;
  const spread = Math.sqrt(squaresAround(residuals, mean(residuals)) / degrees);
  if (spread === 0) return noScatter;
  // spread / s is S = √(χ²_ν / ν): with probability 1 − pValue it is above its lower quantile.
  const { low } = bracketRoot((s) => scaledChiCdf(s, degrees) - pValue, 1e-9, 1, 1e-12, 1e-12);
  return result((signal * low) / spread, signal / spread, question.delta);
}
