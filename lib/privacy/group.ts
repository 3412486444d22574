import { checkCount, checkNoiseMultiplier, checkPositiveDelta, checkSampleRate, checkSteps } from './checks';
import { type DpSgdRun, dpSgdEpsilon } from './dp-sgd';
import { gaussianEpsilon } from './mechanisms/gaussian';
import { pairsEpsilon } from './pld/accountant';
import { groupGaussianPair } from './pld/group';

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
  if (groupSize === 1) return dpSgdEpsilon({ sampleRate, noiseMultiplier, steps, delta });
  if (sampleRate === 0 || steps === 0) return 0;
  if (noiseMultiplier === 0) return Number.POSITIVE_INFINITY;
  if (sampleRate === 1)
    return gaussianEpsilon({ noiseMultiplier: noiseMultiplier / groupSize, delta, count: steps });
  const pair = groupGaussianPair(groupSize, sampleRate, noiseMultiplier);
  const { remove, add } = pairsEpsilon([{ pair, times: steps }], delta);
  return Math.max(remove.upper, add.upper);
}
