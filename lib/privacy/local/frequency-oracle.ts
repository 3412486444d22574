import type { RandomSource } from '@/lib/random';
import { checkCount, checkPositiveEpsilon, checkProbability } from '../checks';
import { PrivacyError } from '../errors';
import { normalQuantile } from '../numerics/normal';

/**
 * Counting what people hold without trusting the counter: each perturbs their own value before it leaves their device, and
 * only the crowd's frequencies can be recovered (local differential privacy).
 *
 * Each report supports some of the k values: its true value with probability p, any given other one with probability q. From
 * the share c/n of reports that support a value, f̂ = (c/n − q) / (p − q) is unbiased (Wang, Blocki, Li and Jha 2017).
 */
export interface FrequencyOracle<Report> {
  readonly name: string;
  /** ε of one report, in nats, at δ = 0. */
  readonly epsilon: number;
  /** k: values are 0 … k − 1. */
  readonly categories: number;
  /** Probability that a report supports the value it is about. */
  readonly p: number;
  /** Probability that it supports a given other value. */
  readonly q: number;
  /** Size of one report. */
  readonly bitsSent: number;
  /** On the person's device: one private report about `value`. */
  perturb(value: number, random: RandomSource): Report;
  /** On the server: how many of the reports support each value. */
  supportCounts(reports: Iterable<Report>): { counts: Float64Array; reports: number };
}

/** An estimated frequency, a fraction of all people; it may fall outside [0, 1], for unbiasedness' sake. */
export interface FrequencyEstimate {
  frequency: number;
  standardError: number;
  /** Ends of the confidence interval. */
  low: number;
  high: number;
}

/** Variance of f̂ over n people at true frequency f: [q(1 − q)/(p − q)² + f (1 − p − q)/(p − q)] / n. */
export function frequencyVariance(
  oracle: Pick<FrequencyOracle<unknown>, 'p' | 'q'>,
  people: number,
  frequency: number,
): number {
  checkCount(people, 'people', 1);
  checkProbability(frequency, 'frequency');
  const { p, q } = oracle;
  const gap = p - q;
  return ((q * (1 - q)) / (gap * gap) + (frequency * (1 - p - q)) / gap) / people;
}

/** Half the width, in standard errors, of a two-sided normal interval. */
export function confidenceQuantile(confidence: number): number {
  if (!(confidence > 0 && confidence < 1)) {
    throw new PrivacyError(
      'probability-invalid',
      `confidence is ${confidence}.`,
      'Give a probability above 0 and below 1, such as 0.95.',
    );
  }
  return -normalQuantile((1 - confidence) / 2);
}

export function checkCategory(value: number, categories: number): void {
  if (!(Number.isInteger(value) && value >= 0 && value < categories)) {
    throw new PrivacyError(
      'input-invalid',
      `${value} is not one of the ${categories} categories.`,
      `Give a whole number from 0 to ${categories - 1}.`,
    );
  }
}

export function checkOracle(epsilon: number, categories: number): void {
  checkPositiveEpsilon(epsilon);
  checkCount(categories, 'categories', 2);
}
