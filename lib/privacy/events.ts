import {
  checkCount,
  checkDelta,
  checkEpsilon,
  checkNoiseMultiplier,
  checkSampleRate,
  checkScale,
  checkSensitivity,
  checkSteps,
} from './checks';
import { PrivacyError } from './errors';

/**
 * What was run, said exactly enough to be charged. Plain records: they go into ledgers, links and files as they are.
 *
 * Neighbouring data sets differ by one example added or removed. Sensitivities are of the quantity the noise is added to.
 */
export type PrivacyEvent = SingleEvent | ParallelEvent;

/** An event of one mechanism on one set of people. */
export type SingleEvent =
  | PoissonGaussianEvent
  | TruncatedPoissonGaussianEvent
  | GroupPoissonGaussianEvent
  | GaussianEvent
  | LaplaceEvent
  | PureEvent
  | ApproximateEvent;

/** DP-SGD: `steps` sums of clipped gradients over Poisson samples, each with Gaussian noise. */
export interface PoissonGaussianEvent {
  kind: 'poisson-gaussian';
  /** q: the probability with which each example enters a step, independently. */
  sampleRate: number;
  /** σ: noise standard deviation divided by the clip norm. */
  noiseMultiplier: number;
  steps: number;
}

/**
 * DP-SGD in fixed memory: a Poisson sample that comes out larger than `truncatedBatchSize` is cut to that size at random.
 * A different mechanism from plain Poisson sampling, and a costlier one.
 */
export interface TruncatedPoissonGaussianEvent {
  kind: 'truncated-poisson-gaussian';
  /** Examples in the data set; public. */
  datasetSize: number;
  sampleRate: number;
  truncatedBatchSize: number;
  noiseMultiplier: number;
  steps: number;
}

/** DP-SGD about a person who has several examples: each enters a step by a coin of its own, and all may pull the same way. */
export interface GroupPoissonGaussianEvent {
  kind: 'group-poisson-gaussian';
  /** k: examples of one person. */
  groupSize: number;
  /** q: the probability with which each example enters a step, independently. */
  sampleRate: number;
  /** σ: noise standard deviation divided by the clip norm of one example. */
  noiseMultiplier: number;
  steps: number;
}

/** `count` releases with Gaussian noise of standard deviation `noiseMultiplier` × the L2 sensitivity, on all the data. */
export interface GaussianEvent {
  kind: 'gaussian';
  noiseMultiplier: number;
  count: number;
}

/** `count` releases with Laplace noise. */
export interface LaplaceEvent {
  kind: 'laplace';
  /** The noise's scale b (standard deviation √2 b), in the unit of the released quantity. */
  scale: number;
  /** L1 sensitivity, in the same unit. */
  sensitivity: number;
  count: number;
}

/** `count` runs of anything ε-DP: randomised response, the exponential mechanism, discrete Laplace, … */
export interface PureEvent {
  kind: 'pure';
  epsilon: number;
  count: number;
}

/** `count` runs of anything (ε, δ)-DP of which nothing more is known. */
export interface ApproximateEvent {
  kind: 'approximate';
  epsilon: number;
  delta: number;
  count: number;
}

/**
 * `count` releases, each of one answer about each of some groups that share nobody: a histogram. See `parallel.ts` for what
 * that asks of the groups, and what it costs.
 */
export interface ParallelEvent {
  kind: 'parallel';
  /** What each group's people go through. */
  groups: SingleEvent[];
  count: number;
}

/** Throws a `PrivacyError` that names the field, unless the event makes sense. */
export function checkEvent(event: PrivacyEvent): void {
  switch (event.kind) {
    case 'poisson-gaussian':
      checkSampleRate(event.sampleRate);
      checkNoiseMultiplier(event.noiseMultiplier);
      checkSteps(event.steps);
      return;
    case 'truncated-poisson-gaussian':
      checkSampleRate(event.sampleRate);
      checkNoiseMultiplier(event.noiseMultiplier);
      checkSteps(event.steps);
      checkCount(event.datasetSize, 'datasetSize', 1);
      checkCount(event.truncatedBatchSize, 'truncatedBatchSize', 1);
      return;
    case 'group-poisson-gaussian':
      checkCount(event.groupSize, 'groupSize', 1);
      checkSampleRate(event.sampleRate);
      checkNoiseMultiplier(event.noiseMultiplier);
      checkSteps(event.steps);
      return;
    case 'gaussian':
      checkNoiseMultiplier(event.noiseMultiplier);
      checkSteps(event.count, 'count');
      return;
    case 'laplace':
      checkScale(event.scale);
      checkSensitivity(event.sensitivity);
      checkSteps(event.count, 'count');
      return;
    case 'pure':
      checkEpsilon(event.epsilon);
      checkSteps(event.count, 'count');
      return;
    case 'approximate':
      checkEpsilon(event.epsilon);
      checkDelta(event.delta);
      checkSteps(event.count, 'count');
      return;
    case 'parallel':
      checkCount(event.groups.length, 'groups', 1);
      for (const group of event.groups) checkEvent(group);
      checkSteps(event.count, 'count');
      return;
    default:
      throw new PrivacyError(
        'event-unsupported',
        `No accountant here knows an event of kind "${(event as { kind?: unknown }).kind}".`,
        'Describe it as one of: poisson-gaussian, truncated-poisson-gaussian, group-poisson-gaussian, gaussian, laplace, pure, approximate, parallel.',
      );
  }
}

/** How many times the event's mechanism runs. */
export function timesRun(event: PrivacyEvent): number {
  return 'steps' in event ? event.steps : event.count;
}

/** The ε of a single run where it is finite at δ = 0, else ∞. */
export function pureEpsilonOf(event: SingleEvent): number {
  switch (event.kind) {
    case 'pure':
      return event.epsilon;
    case 'laplace':
      return event.sensitivity / event.scale;
    case 'approximate':
      return event.delta === 0 ? event.epsilon : Number.POSITIVE_INFINITY;
    default:
      return 'sampleRate' in event && event.sampleRate === 0 ? 0 : Number.POSITIVE_INFINITY;
  }
}
