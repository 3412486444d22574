import { checkDelta, checkEpsilon, checkProbability } from '../checks';
import { PrivacyError } from '../errors';
import { checked } from './attack-odds';
import type { AttackOdds } from './odds';

/**
 * Odds where nothing is known but ε and δ: what the worst of all (ε, δ)-DP mechanisms could give away (Wasserman and Zhou 2010;
 * Kairouz, Oh and Viswanath 2015). The mechanism that was really run may give away much less, as Gaussian noise always does; this
 * side is the pessimistic one.
 *
 * The true positive rate at false positive rate a is min(1, e^ε a + δ, 1 − e^{−ε} (1 − δ − a)), and the advantage, reached at
 * a = (1 − δ) / (1 + e^ε), is (e^ε − 1 + 2δ) / (e^ε + 1).
 */
export function approximateOdds(epsilon: number, delta: number): AttackOdds {
  checkEpsilon(epsilon);
  checkDelta(delta);
  const rate = (a: number) =>
    Math.min(1, (a === 0 ? 0 : Math.exp(epsilon) * a) + delta, 1 - Math.exp(-epsilon) * (1 - delta - a));
  const curve = checked({ upper: rate, lower: rate });
  const distance = (-Math.expm1(-epsilon) + 2 * delta * Math.exp(-epsilon)) / (1 + Math.exp(-epsilon));
  return { presence: curve, absence: curve, advantage: { upper: distance, lower: distance } };
}

/** A risk to be kept to: a true positive rate at a false positive rate, or an advantage. */
export type Risk = { falsePositiveRate: number; truePositiveRate: number } | { advantage: number };

/**
 * The largest ε, in nats, with which every (ε, δ)-DP mechanism keeps to the risk. Pessimistic: for one mechanism, say DP-SGD, a
 * larger ε may do (`noiseForRisk`). Infinite where the risk excludes nothing.
 *
 * Throws `target-unreachable` where δ alone is more than the risk, or the risk is below that of a coin.
 */
export function epsilonForRisk(risk: Risk, delta: number): number {
  checkDelta(delta);
  checkRisk(risk);
  const epsilon =
    'advantage' in risk
      ? logRatio(1 + risk.advantage - 2 * delta, 1 - risk.advantage)
      : // Each of the two lines alone keeps the rate down, so the larger ε does.
        Math.max(
          logRatio(risk.truePositiveRate - delta, risk.falsePositiveRate),
          logRatio(1 - delta - risk.falsePositiveRate, 1 - risk.truePositiveRate),
        );
  if (!(epsilon >= 0)) throw unreachable(delta);
  return epsilon;
}

/** ln(x / y), −∞ where x is no positive number. */
const logRatio = (x: number, y: number) => (x > 0 ? Math.log(x) - Math.log(y) : Number.NEGATIVE_INFINITY);

/** Throws a `PrivacyError` unless the rates are probabilities and no coin is better than the attacker asked for. */
export function checkRisk(risk: Risk): void {
  if ('advantage' in risk) {
    checkProbability(risk.advantage, 'advantage');
    return;
  }
  checkProbability(risk.falsePositiveRate, 'falsePositiveRate');
  checkProbability(risk.truePositiveRate, 'truePositiveRate');
  if (risk.truePositiveRate < risk.falsePositiveRate) {
    throw new PrivacyError(
      'target-unreachable',
      `A true positive rate of ${risk.truePositiveRate} at a false positive rate of ${risk.falsePositiveRate} is below what a coin reaches.`,
      'Allow at least as large a true positive rate as false positive rate.',
    );
  }
}

function unreachable(delta: number): PrivacyError {
  return new PrivacyError(
    'target-unreachable',
    `At delta ${delta} no epsilon keeps every mechanism to this risk.`,
    'Allow a larger risk, or take a smaller delta.',
  );
}
