import { checkPositiveDelta, checkSampleRate, checkSteps } from '../checks';
import { composeEvents } from '../compose';
import type { PrivacyEvent } from '../events';
import { leastNoise } from '../least-noise';
import { checkRisk, type Risk } from './approximate-odds';
import { attackOdds } from './attack-odds';
import type { AttackOdds } from './odds';

/**
 * Noise set by its odds: the risk is chosen and the ε follows, instead of the other way round. That asks for less noise than going
 * by way of an ε that would keep every mechanism to the risk (Kulynych, Gomez, Kaissis, du Pin Calmon and Troncoso, NeurIPS 2024).
 */

/** A run of DP-SGD whose noise is wanted. */
export interface RiskQuestion {
  sampleRate: number;
  steps: number;
  /** For the ε that is said beside it, 0 < δ < 1. */
  delta: number;
  risk: Risk;
  /** The noise multipliers allowed, positive. */
  range: { min: number; max: number };
}

/** How large the risk is under the odds, by the bound that never understates it. */
export function riskReached(odds: AttackOdds, risk: Risk): number {
  return 'advantage' in risk ? odds.advantage.upper : odds.presence.upper(risk.falsePositiveRate);
}

/** The risk that is allowed, as one number. */
export const riskAllowed = (risk: Risk): number =>
  'advantage' in risk ? risk.advantage : risk.truePositiveRate;

/**
 * The least noise multiplier of five digits in the range with which the run keeps to the risk, and its ε; the lower end where even
 * that keeps to it, and null where not even the upper end does. What is returned was asked for itself, on the pessimistic side.
 */
export function noiseForRisk(question: RiskQuestion): { noiseMultiplier: number; epsilon: number } | null {
  const { sampleRate, steps, delta, risk, range } = question;
  checkSampleRate(sampleRate);
  checkSteps(steps);
  checkPositiveDelta(delta);
  checkRisk(risk);
  const eventsAt = (noiseMultiplier: number): PrivacyEvent[] => [
    { kind: 'poisson-gaussian', sampleRate, noiseMultiplier, steps },
  ];
  // Where the risk is that of a coin or less there is nothing to bring down; what is above it falls with σ about as ε does.
  const coin = 'advantage' in risk ? 0 : risk.falsePositiveRate;
  const noiseMultiplier = leastNoise({
    epsilonAt: (sigma) => riskReached(attackOdds(eventsAt(sigma)), risk) - coin,
    target: riskAllowed(risk) - coin,
    range,
    start: range.max,
  });
  if (noiseMultiplier === null) return null;
  return { noiseMultiplier, epsilon: composeEvents(eventsAt(noiseMultiplier), delta).epsilon };
}
