/**
 * An audit in one run that tests a whole trade-off curve, not one ε (Mahloujifar, Melis and Chaudhuri 2025, "Auditing f-differential
 * privacy in one run"). The claim is stronger than (ε, δ) at one δ, so the same guesses refute more.
 */
import { checkCount, checkPositiveDelta } from '../checks';
import { PrivacyError } from '../errors';
import { gdpEpsilon } from '../gaussian-dp';
import type { TradeOff } from '../mechanisms/mechanism';
import { gaussianTradeOff } from '../mechanisms/trade-off';
import { bracketRoot } from '../numerics/root';
import type { OneRunOutcomes } from './one-run-audit';

/** What is known of the guesses: δ plays no part until a curve is turned into an ε. */
export type GuessOutcomes = Omit<OneRunOutcomes, 'delta'>;

/**
 * Whether a mechanism with this trade-off could, with probability `chance`, let c or more of r guesses be right.
 *
 * Let p_t be the probability of t right guesses of r about m canaries, and
 * R_j = Σ_{t ≥ j} t p_t / m, W_j = Σ_{t ≥ j} (r − t) p_t / m: the share of canaries guessed rightly, and wrongly, while at least j
 * guesses are right. A right guess that the other coin would have made wrong leaves one right guess less, so for each canary f
 * binds the two, and, as f is convex, their means: W_{j−1} ≥ f(1 − R_j). With p_c + p_{c+1} + … = `chance`, from j = c down to 0
 * that forces more and more mass, until it is more than all there is: R_0 + W_0 > r/m. Then it could not.
 */
function possible(
  { canaries, guesses, correct }: GuessOutcomes,
  tradeOff: TradeOff,
  chance: number,
): boolean {
  const all = guesses / canaries;
  let right = (chance * correct) / canaries;
  let wrong = (chance * (guesses - correct)) / canaries;
  for (let j = correct; j > 0; j--) {
    const forced = tradeOff(Math.max(0, 1 - right)) - wrong;
    if (forced > 0) {
      wrong += forced;
      // p_{j−1} m = forced m / (r − j + 1); of it (j − 1) are right.
      right += (forced * (j - 1)) / (guesses - j + 1);
    }
    if (right + wrong > all) return false;
  }
  return true;
}

function check({ canaries, guesses, correct }: GuessOutcomes): void {
  checkCount(canaries, 'canaries', 1);
  checkCount(guesses, 'guesses');
  checkCount(correct, 'correct');
  if (correct > guesses || guesses > canaries)
    throw new PrivacyError(
      'count-invalid',
      `${correct} of ${guesses} guesses about ${canaries} canaries are said to be right.`,
      'Give correct ≤ guesses ≤ canaries.',
    );
}

/**
 * The probability, at most, of so many right guesses if training has this trade-off between any two neighbours, in both
 * directions. A small one refutes the claim. Never below 1e−12, which is sure enough.
 */
export function fDpPValue(outcomes: GuessOutcomes, tradeOff: TradeOff): number {
  check(outcomes);
  if (outcomes.correct === 0 || possible(outcomes, tradeOff, 1)) return 1;
  let low = Math.log(1e-12);
  let high = 0;
  if (!possible(outcomes, tradeOff, Math.exp(low))) return Math.exp(low);
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (possible(outcomes, tradeOff, Math.exp(middle))) low = middle;
    else high = middle;
  }
  return Math.exp(high);
}

/**
 * The lower bound within a family of curves: that of Gaussian noise, G_μ. All μ below the bound are refuted at level `pValue`; the
 * bound's ε at δ is that of G_μ.
 *
 * Holds if training has some Gaussian trade-off, as training with noise on everything has; for other trainings it is an
 * approximation, and `fDpPValue` tests their own curve.
 */
export function fDpAudit(outcomes: OneRunOutcomes & { pValue?: number }): {
  epsilonLowerBound: number;
  muLowerBound: number;
} {
  const { delta, pValue = 0.05 } = outcomes;
  check(outcomes);
  checkPositiveDelta(delta);
  if (!(pValue > 0 && pValue < 1))
    throw new PrivacyError(
      'probability-invalid',
      `pValue is ${pValue}.`,
      'Give a probability above 0 and below 1, such as 0.05.',
    );
  const refuted = (mu: number) => outcomes.correct > 0 && !possible(outcomes, gaussianTradeOff(mu), pValue);
  if (!refuted(0)) return { epsilonLowerBound: 0, muLowerBound: 0 };
  let high = 1;
  while (refuted(high)) high *= 2;
  const { low } = bracketRoot((mu) => (refuted(mu) ? -1 : 1), 0, high, 1e-9, 1e-9);
  return { epsilonLowerBound: low === 0 ? 0 : gdpEpsilon(low, delta), muLowerBound: low };
}
