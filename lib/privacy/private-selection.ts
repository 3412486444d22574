import type { RandomSource } from '@/lib/random';
import { checkPositiveEpsilon, checkProbability } from './checks';
import { PrivacyError } from './errors';

/**
 * The best of many private tries. Each try is an ε-private run, say a training with settings drawn at random, that comes with a score;
 * all that is published is the best of them.
 *
 * With a fixed number of tries k this can cost kε: as much as publishing all of them. With a random number it costs a few ε, however many
 * tries there are on average (Liu and Talwar 2019; Papernot and Steinke 2022, theorem for pure DP): (2 + η)ε where the number is from the
 * truncated negative binomial family; η = 1 is the geometric distribution, η = 0 the logarithmic one. The number stays secret.
 */
export type Stopping = 'fixed' | 'geometric' | 'logarithmic';

export interface TryCount {
  readonly stopping: Stopping;
  /** Tries on average; exactly as many where they are fixed. */
  readonly mean: number;
  /** E[xᴷ] for x in 0 … 1: with which probability all tries miss, if each misses with probability x. */
  missAll(x: number): number;
  /** Its derivative. */
  slope(x: number): number;
  draw(random: RandomSource): number;
}

/** @param mean at least 1; whole where the number is fixed */
export function tryCount(stopping: Stopping, mean: number): TryCount {
  if (!(mean >= 1 && Number.isFinite(mean)) || (stopping === 'fixed' && !Number.isInteger(mean)))
    throw new PrivacyError(
      'input-invalid',
      `${mean} tries on average cannot be made.`,
      'Choose 1 or more, a whole number where it is fixed.',
    );
  if (stopping === 'fixed' || mean === 1) return fixed(stopping, mean);
  return stopping === 'geometric' ? geometric(mean) : logarithmic(mean);
}

/**
 * The ε of publishing the best, in nats: what is proved for every ε-private try.
 * @param epsilon of one try, positive
 */
export function selectionEpsilon({ stopping, mean }: TryCount, epsilon: number): number {
  checkPositiveEpsilon(epsilon);
  if (mean === 1) return epsilon;
  return (stopping === 'fixed' ? mean : stopping === 'geometric' ? 3 : 2) * epsilon;
}

/**
 * An ε that some try reaches, so that no smaller one can be promised. Its results are "bad", "fair" and "good"; with one person in the data
 * it is bad e^ε times as often, and fair, which is rare, e^ε times as often too. That fair is the best of all tries has probability
 * P[fair] · slope(P[bad]) to first order.
 */
export function reachedEpsilon(count: TryCount, epsilon: number): number {
  checkPositiveEpsilon(epsilon);
  const often = 1 / (1 + Math.exp(-epsilon));
  return epsilon + Math.log(count.slope(often)) - Math.log(count.slope(1 - often));
}

/** Probability that the best of some settings is tried at all, where each try takes one of them at random. */
export function bestIsTried(count: TryCount, settings: number): number {
  checkProbability(1 / settings, 'share of the best setting');
  return 1 - count.missAll(1 - 1 / settings);
}

function fixed(stopping: Stopping, mean: number): TryCount {
  return {
    ...{ stopping, mean },
    missAll: (x) => x ** mean,
    slope: (x) => mean * x ** (mean - 1),
    draw: () => mean,
  };
}

/** P[K = k] = γ (1 − γ)^{k − 1}, with mean 1/γ. */
function geometric(mean: number): TryCount {
  const gamma = 1 / mean;
  return {
    ...{ stopping: 'geometric', mean },
    missAll: (x) => (gamma * x) / (1 - (1 - gamma) * x),
    slope: (x) => gamma / (1 - (1 - gamma) * x) ** 2,
    draw: (random) => 1 + Math.floor(Math.log(1 - random.uniform()) / Math.log1p(-gamma)),
  };
}

/** P[K = k] = (1 − γ)^k / (k ln(1/γ)), with mean (1/γ − 1) / ln(1/γ). */
function logarithmic(mean: number): TryCount {
  // With v = ln(1/γ) the mean is (e^v − 1) / v, which grows with v: halved until it is found.
  let [low, high] = [1e-9, 50];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (Math.expm1(middle) / middle < mean) low = middle;
    else high = middle;
  }
  const rest = -Math.expm1(-high);
  return {
    ...{ stopping: 'logarithmic', mean },
    missAll: (x) => -Math.log1p(-rest * x) / high,
    slope: (x) => rest / ((1 - rest * x) * high),
    draw(random) {
      let left = random.uniform();
      let k = 1;
      // The terms sum to 1 slowly where the mean is large; what rounding leaves is the last.
      for (let share = rest / high; k < 1e6; k++) {
        left -= share / k;
        if (left < 0) return k;
        share *= rest;
      }
      return k;
    },
  };
}
