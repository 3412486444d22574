import { checkDelta, checkEpsilon, checkNoiseMultiplier, checkProbability, checkSteps } from '../checks';
import { gaussianTradeOff } from '../mechanisms/trade-off';
import { erf, normalCdf } from '../numerics/normal';

/**
 * What any attack can achieve that guesses whether one example was in the training data, if training was (ε, δ)-DP.
 */
export interface MembershipBounds {
  /** Largest TPR − FPR: (e^ε − 1 + 2δ)/(e^ε + 1) (Humphries et al. 2023). */
  maxAdvantage: number;
  /** Largest accuracy when half of the examples asked about are members: (e^ε + δ)/(e^ε + 1). */
  maxBalancedAccuracy: number;
  /** The older, looser bound e^ε − 1 on the advantage, at most 1 (Yeom et al. 2018; for δ = 0). */
  yeomAdvantage: number;
  /** Largest TPR at an FPR: min(e^ε FPR + δ, 1 − e^{−ε}(1 − δ − FPR), 1) (Kairouz, Oh and Viswanath 2015). */
  tprAtFpr(falsePositiveRate: number): number;
}

export function membershipBounds(options: { epsilon: number; delta: number }): MembershipBounds {
  const { epsilon, delta } = options;
  checkEpsilon(epsilon);
  checkDelta(delta);
  // Divided through by e^ε, which may be beyond doubles.
  const inverse = Math.exp(-epsilon);
  return {
    maxAdvantage: Math.min(1, (-Math.expm1(-epsilon) + 2 * delta * inverse) / (1 + inverse)),
    maxBalancedAccuracy: Math.min(1, (1 + delta * inverse) / (1 + inverse)),
    yeomAdvantage: Math.min(1, Math.expm1(epsilon)),
    tprAtFpr: (falsePositiveRate) => {
      checkProbability(falsePositiveRate, 'falsePositiveRate');
      return Math.min(
        1,
        Math.exp(epsilon) * falsePositiveRate + delta,
        1 - inverse * (1 - delta - falsePositiveRate),
      );
    },
  };
}

/**
 * The exact best attack on Gaussian noise over all the data, composed `steps` times: N(0, 1) against N(μ, 1) with
 * μ = √steps / σ (Dong, Roth and Su 2022).
 */
export function gaussianMembership(options: { noiseMultiplier: number; steps: number }): {
  mu: number;
  /** 2Φ(μ/2) − 1 */
  maxAdvantage: number;
  /** Area under the ROC curve: Φ(μ/√2). */
  auc: number;
  tprAtFpr(falsePositiveRate: number): number;
} {
  checkNoiseMultiplier(options.noiseMultiplier);
  checkSteps(options.steps);
  const mu = options.steps === 0 ? 0 : Math.sqrt(options.steps) / options.noiseMultiplier;
  const tradeOff = gaussianTradeOff(mu);
  return {
    mu,
    maxAdvantage: erf(mu / (2 * Math.SQRT2)),
    auc: normalCdf(mu / Math.SQRT2),
    tprAtFpr: (falsePositiveRate) => 1 - tradeOff(falsePositiveRate),
  };
}
