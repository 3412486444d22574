import type { RandomSource } from '@/lib/random';
import { checkCount, checkPositiveEpsilon, checkProbability } from '../checks';

/**
 * Averages under local differential privacy, of values scaled to [0, 1] by a public range.
 */

/** What a noisy number from one person is worth. */
export interface LocalMean {
  /** On the device: one private report about a value in [0, 1]. */
  report(value: number, random: RandomSource): number;
  /** Variance of one person's report about `value`. The mean of n reports is unbiased, with the mean variance over n. */
  variance(value: number): number;
}

/** One-bit reports (Ding, Kulkarni and Yekhanin 2017). */
export interface OneBitMean extends LocalMean {
  /** Probability of sending 1 about `value`: 1/(e^ε + 1) + x (e^ε − 1)/(e^ε + 1). */
  probabilityOfOne(value: number): number;
  /** What a received bit stands for, (b (e^ε + 1) − 1)/(e^ε − 1): unbiased for the value. */
  readonly estimateIfOne: number;
  readonly estimateIfZero: number;
}

export function oneBitMean(options: { epsilon: number }): OneBitMean {
  const { epsilon } = options;
  checkPositiveEpsilon(epsilon);
  const tanh = Math.tanh(epsilon / 2);
  const lowest = 1 / (Math.exp(epsilon) + 1);
  const estimateIfZero = -1 / Math.expm1(epsilon);
  const estimateIfOne = 1 - estimateIfZero;
  const probabilityOfOne = (value: number) => {
    checkProbability(value, 'value');
    return lowest + value * tanh;
  };
  return {
    probabilityOfOne,
    estimateIfOne,
    estimateIfZero,
    report: (value, random) => (random.bernoulli(probabilityOfOne(value)) ? estimateIfOne : estimateIfZero),
    variance: (value) => {
      const one = probabilityOfOne(value);
      return (one * (1 - one)) / (tanh * tanh);
    },
  };
}

/** The value plus Laplace noise of scale 1/ε. */
export function localLaplaceMean(options: { epsilon: number }): LocalMean & { readonly scale: number } {
  const { epsilon } = options;
  checkPositiveEpsilon(epsilon);
  const scale = 1 / epsilon;
  return {
    scale,
    report: (value, random) => {
      checkProbability(value, 'value');
      return value + random.laplace(scale);
    },
    variance: () => 2 * scale * scale,
  };
}

/** Binary randomised response as an estimator of a share (Warner 1965). */
export function binaryRandomizedResponse(options: { epsilon: number }): {
  readonly keepProbability: number;
  /** 1 / (2p − 1): f̂ = scale · (mean report − (1 − p)). */
  readonly estimatorScale: number;
  /** Variance of f̂ given everybody's true bits, the same whatever they are: p (1 − p) / (2p − 1)² / n. */
  varianceGivenData(people: number): number;
  estimate(meanReport: number): number;
} {
  const { epsilon } = options;
  checkPositiveEpsilon(epsilon);
  const keepProbability = 1 / (1 + Math.exp(-epsilon));
  const estimatorScale = 1 / Math.tanh(epsilon / 2);
  return {
    keepProbability,
    estimatorScale,
    varianceGivenData: (people) => {
      checkCount(people, 'people', 1);
      // p (1 − p) / (2p − 1)² = 1 / (4 sinh²(ε/2)).
      return 1 / (4 * Math.sinh(epsilon / 2) ** 2) / people;
    },
    estimate: (meanReport) => {
      checkProbability(meanReport, 'meanReport');
      return estimatorScale * (meanReport - (1 - keepProbability));
    },
  };
}
