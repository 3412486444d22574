import { checkNoiseMultiplier, checkPositiveDelta, checkSampleRate, checkSteps } from './checks';
import { type PrivacyEvent, timesRun } from './events';
import { exactSum } from './numerics/exact-sum';
import { withoutParallel } from './parallel';
import { gaussianPair } from './pld/dominating-pair';
import { hockeyStickEpsilon } from './pld/single';

/**
 * Gaussian differential privacy (Dong, Roth and Su 2022): a mechanism is μ-GDP if telling two neighbouring data sets apart by
 * its output is at least as hard as telling N(0, 1) from N(μ, 1).
 */

/** The exact ε of μ-GDP at δ: that of the Gaussian mechanism with σ = 1/μ. */
export function gdpEpsilon(mu: number, delta: number): number {
  checkNoiseMultiplier(mu, 'mu');
  checkPositiveDelta(delta);
  return mu === 0 ? 0 : hockeyStickEpsilon(gaussianPair(1 / mu), 'remove', delta);
}

/**
 * μ² of a list of Gaussian releases on all the data, which add up exactly (Corollary 3.3), and do so even where each σ is chosen
 * after earlier answers (Smith and Thakurta 2022; Koskela, Tobaben and Honkela 2023). ∞ if the list holds anything else.
 */
export function gaussianTotal(events: readonly PrivacyEvent[]): number {
  return exactSum(
    withoutParallel(events).map((event) => {
      const onAll =
        event.kind === 'gaussian' || (event.kind === 'poisson-gaussian' && event.sampleRate === 1);
      if (!onAll) return timesRun(event) === 0 ? 0 : Number.POSITIVE_INFINITY;
      return timesRun(event) / event.noiseMultiplier ** 2;
    }),
  );
}

/**
 * The central-limit approximation of DP-SGD: μ ≈ q √(steps (e^{1/σ²} − 1)) (Bu, Dong, Long and Su 2020, Corollary 4).
 *
 * NOT a bound: it holds only in the limit of many steps and small q, and it often says less than the truth. At q = 0.01,
 * σ = 0.4, one step and δ = 1e−5 it gives 0.83 where the true ε is 5.60. For comparison with real accountants only.
 */
function centralLimitMu(run: { sampleRate: number; noiseMultiplier: number; steps: number }): number {
  checkSampleRate(run.sampleRate);
  checkNoiseMultiplier(run.noiseMultiplier);
  checkSteps(run.steps);
  if (run.sampleRate === 0 || run.steps === 0) return 0;
  return run.sampleRate * Math.sqrt(run.steps * Math.expm1(1 / run.noiseMultiplier ** 2));
}

/** ε of the central-limit approximation above at δ, in nats. NOT a bound: see there. */
export function centralLimitEpsilonNotABound(run: {
  sampleRate: number;
  noiseMultiplier: number;
  steps: number;
  delta: number;
}): number {
  checkPositiveDelta(run.delta);
  const mu = centralLimitMu(run);
  return Number.isFinite(mu) ? gdpEpsilon(mu, run.delta) : Number.POSITIVE_INFINITY;
}
