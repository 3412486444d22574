/**
 * Two older ways to total several runs, for comparison only.
 *
 * Advanced composition is a bound, often a loose one. The central-limit value is no bound at all: it is shown so that a
 * reader can see where it promises too much.
 */
import { composeEvents, type PrivacyEvent, withoutParallel } from '@/lib/privacy';
import { gathered } from './mechanism';
import { epsilonOfMechanisms } from './totals';

/**
 * Advanced composition of runs with different ε (Dwork, Rothblum and Vadhan 2010, in the form of Kairouz, Oh and
 * Viswanath 2015, Theorem 3.5): Σ εᵢ (e^εᵢ − 1) / (e^εᵢ + 1) + √(2 ln(1/δ′) Σ εᵢ²). Half of δ pays for δ′, the other
 * half is shared by the runs.
 *
 * @param runs each with everything it releases
 * @returns ε in nats at δ, or null where a run has no bound
 */
export function advancedEpsilon(runs: readonly (readonly PrivacyEvent[])[], delta: number): number | null {
  if (runs.length === 0) return 0;
  let drift = 0;
  let squares = 0;
  for (const run of runs) {
    const epsilon = epsilonOfMechanisms(run, delta / (2 * runs.length), 'pld');
    if (epsilon === null) return null;
    drift += epsilon * Math.tanh(epsilon / 2);
    squares += epsilon * epsilon;
  }
  return drift + Math.sqrt(2 * Math.log(2 / delta) * squares);
}

/**
 * The central-limit approximation by Gaussian differential privacy (Dong, Roth and Su 2022, Theorem 3.4; for DP-SGD Bu,
 * Dong, Long and Su 2020): the loss of many small releases is nearly normal, like that of one Gaussian mechanism with
 * μ = 2 Σ mean / √(Σ variance) of their losses. NOT a bound: often too small.
 *
 * @returns ε in nats at δ, or null where a mechanism's loss is not known
 */
export function gdpApproximation(mechanisms: readonly PrivacyEvent[], delta: number): number | null {
  let mean = 0;
  let variance = 0;
  for (const mechanism of gathered(withoutParallel(mechanisms))) {
    const loss = lossMoments(mechanism);
    if (loss === null) return null;
    mean += loss.mean;
    variance += loss.variance;
  }
  if (variance === 0) return 0;
  const mu = (2 * mean) / Math.sqrt(variance);
  return composeEvents([{ kind: 'gaussian', noiseMultiplier: 1 / mu, count: 1 }], delta, 'pld').epsilon;
}

/** Mean and variance of the privacy loss of everything an event releases. */
function lossMoments(mechanism: PrivacyEvent): { mean: number; variance: number } | null {
  switch (mechanism.kind) {
    case 'poisson-gaussian': {
      const { sampleRate, noiseMultiplier, steps } = mechanism;
      const squaredMu = sampleRate ** 2 * steps * Math.expm1(noiseMultiplier ** -2);
      return { mean: squaredMu / 2, variance: squaredMu };
    }
    case 'gaussian': {
      const squaredMu = mechanism.count / mechanism.noiseMultiplier ** 2;
      return { mean: squaredMu / 2, variance: squaredMu };
    }
    case 'laplace': {
      const epsilon = mechanism.sensitivity / mechanism.scale;
      const mean = epsilon + Math.expm1(-epsilon);
      const square = epsilon ** 2 - 2 * epsilon + 4 - Math.exp(-epsilon) * (2 * epsilon + 4);
      return { mean: mechanism.count * mean, variance: mechanism.count * (square - mean ** 2) };
    }
    case 'pure': {
      // The worst ε-DP mechanism: binary randomised response.
      const { epsilon, count } = mechanism;
      const mean = epsilon * Math.tanh(epsilon / 2);
      return { mean: count * mean, variance: count * (epsilon ** 2 - mean ** 2) };
    }
    default:
      return null;
  }
}
