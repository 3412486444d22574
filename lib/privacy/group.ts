import { checkCount, checkNoiseMultiplier, checkPositiveDelta, checkSampleRate, checkSteps } from './checks';
import { composeEvents } from './compose';
import type { DpSgdRun } from './dp-sgd';

/**
 * ε of DP-SGD for a person who has `groupSize` examples, each of which joins a step by a coin of its own: an upper bound by privacy loss
 * distributions, hardly above the truth, at the same δ. (Group privacy for any mechanism says groupSize × ε, but at a δ larger by
 * a factor of about groupSize e^{(groupSize − 1) ε}: Dwork and Roth 2014, Theorem 2.2 and its sequel.)
 *
 * @returns in nats; ∞ without noise
 */
export function groupEpsilon(run: DpSgdRun & { groupSize: number; delta: number }): number {
  const { sampleRate, noiseMultiplier, steps, groupSize, delta } = run;
  checkCount(groupSize, 'groupSize', 1);
  checkSampleRate(sampleRate);
  checkNoiseMultiplier(noiseMultiplier);
  checkSteps(steps);
  checkPositiveDelta(delta);
  if (noiseMultiplier === 0) return sampleRate === 0 || steps === 0 ? 0 : Number.POSITIVE_INFINITY;
  return composeEvents(
    [{ kind: 'group-poisson-gaussian', sampleRate, noiseMultiplier, steps, groupSize }],
    delta,
    'pld',
  ).epsilon;
}
