import { checkDelta, checkProbability } from '../checks';
import { gdpEpsilon } from '../gaussian-dp';
import { normalQuantile } from '../numerics/normal';
import { epsilonForRisk } from './approximate-odds';

/**
 * ε set by its odds where it is known what is released with it: its mechanism’s own trade-off curve, not that of the worst mechanism
 * with the same ε and δ, which would ask for more noise than is needed.
 */

/**
 * What has ε: coins or whole-number noise, the worst that is ε-DP; Laplace noise on one number; Gaussian noise of exactly ε at δ,
 * whichever number of steps it is spread over.
 */
export type OneRelease = 'pure' | 'laplace' | 'gaussian';

export interface RateRisk {
  falsePositiveRate: number;
  /** At least as large, below 1. */
  truePositiveRate: number;
}

/**
 * The largest ε, in nats, with which the release keeps to the risk: infinite where the true positive rate allowed is 1.
 *
 * @param delta of Gaussian noise; the others have none
 * @param times how often it is released about the same person; of Gaussian noise only
 */
export function epsilonKeepingRisk(
  release: OneRelease,
  risk: RateRisk,
  { delta = 0, times = 1 }: { delta?: number; times?: number } = {},
): number {
  const { falsePositiveRate: a, truePositiveRate: p } = risk;
  checkProbability(a, 'falsePositiveRate');
  checkProbability(p, 'truePositiveRate');
  if (release === 'pure') return epsilonForRisk(risk, 0);
  if (p <= a) return 0;
  if (p === 1) return Number.POSITIVE_INFINITY;
  if (release === 'laplace') return laplaceEpsilon(a, p);
  checkDelta(delta);
  // Gaussian noise is μ-GDP: its rates are Φ(Φ⁻¹(a) + μ), and μ² adds up (Dong, Roth and Su 2022).
  return gdpEpsilon((normalQuantile(p) - normalQuantile(a)) / Math.sqrt(times), delta);
}

/**
 * Laplace noise whose mean moves by ε scales: the true positive rate is e^ε a up to a = e^{−ε}/2, then 1 − e^{−ε}/(4a) up to a = 1/2,
 * then 1 − e^{−ε}(1 − a).
 */
function laplaceEpsilon(a: number, p: number): number {
  if (a >= 0.5) return Math.log((1 - a) / (1 - p));
  return p <= 0.5 ? Math.log(p / a) : -Math.log(4 * a * (1 - p));
}
