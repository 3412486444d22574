import {
  checkNoiseMultiplier,
  checkPositiveDelta,
  checkPositiveEpsilon,
  checkSampleRate,
  checkSteps,
} from './checks';
import { type Accountant, composeEvents } from './compose';
import { PrivacyError } from './errors';
import type { PrivacyEvent } from './events';
import { bracketRoot } from './numerics/root';
import { composeRdp } from './rdp/accountant';
import type { RdpBound } from './rdp/conversion';

/** One DP-SGD run, as its privacy sees it. */
export interface DpSgdRun {
  /** q: expected batch size over data set size. */
  sampleRate: number;
  /** σ: noise standard deviation divided by the clip norm. */
  noiseMultiplier: number;
  steps: number;
}

const asEvent = (run: DpSgdRun): PrivacyEvent => ({ kind: 'poisson-gaussian', ...run });

/**
 * ε of DP-SGD by the RDP accountant: under a millisecond, so it can follow a slider.
 *
 * @param delta 0 < δ < 1
 * @param orders the Rényi orders to search
 */
export function rdpEpsilon(run: DpSgdRun & { delta: number; orders?: ArrayLike<number> }): RdpBound {
  const { sampleRate, noiseMultiplier, steps, delta, orders } = run;
  checkPositiveDelta(delta);
  return composeRdp([asEvent({ sampleRate, noiseMultiplier, steps })], delta, orders);
}

/** ε of DP-SGD by either accountant. */
export function dpSgdEpsilon(run: DpSgdRun & { delta: number; accountant?: Accountant }): number {
  const { sampleRate, noiseMultiplier, steps, delta, accountant } = run;
  checkPositiveDelta(delta);
  return composeEvents([asEvent({ sampleRate, noiseMultiplier, steps })], delta, accountant).epsilon;
}

/** A budget, and what is already charged to it. */
export interface Budget {
  targetEpsilon: number;
  /** 0 < δ < 1 */
  delta: number;
  /**
   * `pld` unless said otherwise: nearly exact at every ε. `rdp` answers sooner, and asks for more noise: a little more as a rule, and
   * far too much where ε is below ln(1/δ) / 1023, for its orders end at 1024.
   */
  accountant?: Accountant;
  /** Events charged to the same budget before this run. */
  after?: readonly PrivacyEvent[];
}

/** The search stops when σ is known to one part in 10^7. */
const SIGMA_TOLERANCE = 1e-7;
const LARGEST_SIGMA = 1e12;
const SMALLEST_SIGMA = 1e-9;
const MOST_STEPS = 1e9;

/**
 * The smallest noise multiplier whose ε does not exceed the target.
 *
 * ε falls as σ grows, so the root is bracketed by doubling and then closed in on; the end returned is the one on the
 * private side. Throws `target-unreachable` where the events before already exceed the budget.
 */
export function calibrateNoiseMultiplier(request: Budget & { sampleRate: number; steps: number }): {
  noiseMultiplier: number;
  epsilon: number;
} {
  const { targetEpsilon, delta, sampleRate, steps, accountant = 'pld', after = [] } = request;
  checkPositiveEpsilon(targetEpsilon, 'targetEpsilon');
  checkPositiveDelta(delta);
  checkSampleRate(sampleRate);
  checkSteps(steps);
  const epsilonAt = (noiseMultiplier: number) =>
    composeEvents([...after, asEvent({ sampleRate, noiseMultiplier, steps })], delta, accountant).epsilon;

  if (sampleRate === 0 || steps === 0) {
    const epsilon = epsilonAt(0);
    if (epsilon > targetEpsilon) throw alreadySpent(targetEpsilon, epsilon);
    return { noiseMultiplier: 0, epsilon };
  }

  let high = 1;
  while (epsilonAt(high) > targetEpsilon) {
    if (high >= LARGEST_SIGMA) {
      const floor = composeEvents(after, delta, accountant).epsilon;
      throw floor >= targetEpsilon
        ? alreadySpent(targetEpsilon, floor)
        : new PrivacyError(
            'target-unreachable',
            `No noise multiplier up to ${LARGEST_SIGMA} brings epsilon down to ${targetEpsilon} at delta ${delta}.`,
            'Raise the target epsilon or delta, or take fewer steps.',
          );
    }
    high *= high < 64 ? 2 : 16;
  }
  let low = high / 2;
  while (low > SMALLEST_SIGMA && epsilonAt(low) <= targetEpsilon) {
    high = low;
    low /= 2;
  }
  if (low <= SMALLEST_SIGMA) return { noiseMultiplier: high, epsilon: epsilonAt(high) };

  const root = bracketRoot(
    (logSigma) => score(epsilonAt(Math.exp(logSigma)), targetEpsilon),
    Math.log(low),
    Math.log(high),
    0,
    SIGMA_TOLERANCE / 4,
  );
  let noiseMultiplier = Math.exp(root.high);
  let epsilon = epsilonAt(noiseMultiplier);
  for (let nudge = SIGMA_TOLERANCE; epsilon > targetEpsilon; nudge *= 2) {
    noiseMultiplier *= 1 + nudge;
    epsilon = epsilonAt(noiseMultiplier);
  }
  return { noiseMultiplier, epsilon };
}

/** Zero at the target, of either sign, and nearly straight in ln σ; finite where ε is 0 or ∞. */
function score(epsilon: number, target: number): number {
  return Math.log((Math.min(epsilon, 1e300) + 1e-3 * target) / (1.001 * target));
}

function alreadySpent(targetEpsilon: number, spent: number): PrivacyError {
  return new PrivacyError(
    'target-unreachable',
    `The events before this run already spend epsilon = ${spent}, and the budget is ${targetEpsilon}.`,
    'Raise the target epsilon, or start a new budget on fresh data.',
  );
}

/**
 * The largest number of steps whose ε does not exceed the target; at most 10^9.
 *
 * Throws `target-unreachable` where not even one step fits.
 */
export function maxSteps(request: Budget & { sampleRate: number; noiseMultiplier: number }): {
  steps: number;
  epsilon: number;
} {
  const { targetEpsilon, delta, sampleRate, noiseMultiplier, accountant = 'pld', after = [] } = request;
  checkPositiveEpsilon(targetEpsilon, 'targetEpsilon');
  checkPositiveDelta(delta);
  checkSampleRate(sampleRate);
  checkNoiseMultiplier(noiseMultiplier);
  const epsilonAt = (steps: number) =>
    composeEvents([...after, asEvent({ sampleRate, noiseMultiplier, steps })], delta, accountant).epsilon;

  const first = epsilonAt(1);
  if (first > targetEpsilon) {
    const spent = composeEvents(after, delta, accountant).epsilon;
    if (spent > targetEpsilon) throw alreadySpent(targetEpsilon, spent);
    throw new PrivacyError(
      'target-unreachable',
      `A single step at noise multiplier ${noiseMultiplier} and sample rate ${sampleRate} brings epsilon to ${first}, above the budget of ${targetEpsilon}.`,
      'Raise the noise multiplier or the target epsilon, or lower the sample rate.',
    );
  }
  let fits = accountant === 'pld' ? startByRdp(request) : 1;
  if (epsilonAt(fits) > targetEpsilon) fits = 1;
  let stride = Math.max(1, Math.ceil(fits / 4));
  let tooMany = Math.min(MOST_STEPS, fits + stride);
  while (epsilonAt(tooMany) <= targetEpsilon) {
    fits = tooMany;
    if (fits === MOST_STEPS) return { steps: fits, epsilon: epsilonAt(fits) };
    stride *= 4;
    tooMany = Math.min(MOST_STEPS, fits + stride);
  }
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (epsilonAt(middle) <= targetEpsilon) fits = middle;
    else tooMany = middle;
  }
  return { steps: fits, epsilon: epsilonAt(fits) };
}

/** What the faster accountant allows is a good place to start for the tighter one; where it allows nothing, 1. */
function startByRdp(request: Budget & { sampleRate: number; noiseMultiplier: number }): number {
  try {
    return maxSteps({ ...request, accountant: 'rdp' }).steps;
  } catch (error) {
    if (error instanceof PrivacyError) return 1;
    throw error;
  }
}
