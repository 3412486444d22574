import { type PrivacyEvent, timesRun } from '../events';
import { withoutParallel } from '../parallel';
import {
  type DominatingPair,
  gaussianPair,
  laplacePair,
  poissonGaussianPair,
  randomizedResponsePair,
} from './dominating-pair';
import { groupGaussianPair } from './group';
import type { Part } from './plan';
import { truncatedPoissonGaussianPair } from './truncated-poisson';

/** Less noise than this is charged as none, which can only raise ε: losses near 1/2σ² could not be told apart any more. */
const LEAST_SIGMA = 1e-3;

/** More noise than this (or a smaller ε than one over it) is charged as this much, which can only raise ε: squares must stay doubles. */
const MOST_NOISE = 1e100;

/** A list of events as pairs to compose. */
export interface Parts {
  /** Equal pairs are counted together; order never matters. */
  parts: Part[];
  /** The probability that some event gives everything away: the δ of approximate events. */
  failure: number;
  /** No noise at all on all the data: ε is infinite at every δ. */
  exposed: boolean;
  /** So little Gaussian noise beside other events that no grid can hold both: no bound from here. */
  unresolved: boolean;
}

export function partsOf(events: readonly PrivacyEvent[]): Parts {
  const counted = new Map<string, Part>();
  const count = (key: string, times: number, make: () => DominatingPair) => {
    const known = counted.get(key);
    if (known) known.times += times;
    else counted.set(key, { pair: make(), times });
  };
  let logNoFailure = 0;
  const countApproximate = (epsilon: number, delta: number, times: number) => {
    // With probability δ everything is revealed, else the mechanism is ε-DP (Kairouz, Oh and Viswanath 2015).
    logNoFailure += times * Math.log1p(-delta);
    const pure = Math.max(epsilon, 1 / MOST_NOISE);
    if (epsilon > 0) count(`pure ${pure}`, times, () => randomizedResponsePair(pure));
  };
  // Gaussian releases on all the data compose exactly into one, with μ² = Σ 1/σ² (Dong, Roth and Su 2022, Corollary 3.3).
  let muSquared = 0;
  const countPoisson = (q: number, noiseMultiplier: number, times: number) => {
    if (q === 0) return;
    const sigma = Math.min(noiseMultiplier, MOST_NOISE);
    if (q === 1) muSquared += times / sigma ** 2;
    // Almost without noise, or without, a sampled example is seen for certain, and an unsampled one leaves a loss of −ln(1 − q).
    else if (sigma < LEAST_SIGMA) countApproximate(-Math.log1p(-q), q, times);
    else count(`poisson ${q} ${sigma}`, times, () => poissonGaussianPair(q, sigma));
  };

  const countGroup = (k: number, q: number, noiseMultiplier: number, times: number) => {
    const sigma = Math.min(noiseMultiplier, MOST_NOISE);
    // One example is not a group; all examples in every step are one of k times the length.
    if (k === 1) countPoisson(q, sigma, times);
    else if (q === 1) muSquared += times * (k / sigma) ** 2;
    // Almost without noise any sampled example is seen for certain.
    else if (sigma < LEAST_SIGMA) {
      const unsampled = k * Math.log1p(-q);
      countApproximate(-unsampled, -Math.expm1(unsampled), times);
    } else if (q > 0) count(`group ${k} ${q} ${sigma}`, times, () => groupGaussianPair(k, q, sigma));
  };

  for (const event of withoutParallel(events)) {
    const times = timesRun(event);
    if (times === 0) continue;
    switch (event.kind) {
      case 'gaussian':
        muSquared += times / Math.min(event.noiseMultiplier, MOST_NOISE) ** 2;
        break;
      case 'poisson-gaussian':
        countPoisson(event.sampleRate, event.noiseMultiplier, times);
        break;
      case 'group-poisson-gaussian':
        countGroup(event.groupSize, event.sampleRate, event.noiseMultiplier, times);
        break;
      case 'laplace': {
        const scale = Math.min(event.scale / event.sensitivity, MOST_NOISE);
        count(`laplace ${scale}`, times, () => laplacePair(scale));
        break;
      }
      case 'pure':
        countApproximate(event.epsilon, 0, times);
        break;
      case 'approximate':
        countApproximate(event.epsilon, event.delta, times);
        break;
      case 'truncated-poisson-gaussian': {
        const { datasetSize, sampleRate, truncatedBatchSize } = event;
        const noiseMultiplier = Math.min(event.noiseMultiplier, MOST_NOISE);
        if (sampleRate === 0) break;
        const pair =
          noiseMultiplier < LEAST_SIGMA
            ? null
            : truncatedPoissonGaussianPair(datasetSize, sampleRate, truncatedBatchSize, noiseMultiplier);
        // A batch that can never be cut is a plain Poisson batch; and without noise cutting hides no sampled example.
        if (pair === null) countPoisson(sampleRate, noiseMultiplier, times);
        else {
          const key = `truncated ${datasetSize} ${sampleRate} ${truncatedBatchSize} ${noiseMultiplier}`;
          count(key, times, () => pair);
        }
        break;
      }
    }
  }
  const exposed = muSquared === Number.POSITIVE_INFINITY;
  if (muSquared > 0 && !exposed) count('gaussian', 1, () => gaussianPair(1 / Math.sqrt(muSquared)));
  const unresolved = counted.size > 1 && muSquared > 1 / LEAST_SIGMA ** 2;
  return { parts: [...counted.values()], failure: -Math.expm1(logNoFailure), exposed, unresolved };
}
