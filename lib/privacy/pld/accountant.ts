import type { PrivacyEvent } from '../events';
import { compose, totalTimes } from './compose-parts';
import type { Direction } from './dominating-pair';
import { partsOf } from './parts';
import { Cumulants, type Part, planAt, tiltForLevel, tiltForMean } from './plan';
import { readDelta, readEpsilon } from './read-off';
import { hockeyStick, hockeyStickEpsilon } from './single';

/**
 * The accountant by privacy loss distributions: it composes the whole distribution of the privacy loss, so its ε is the true
 * one up to a gap that it states. The neighbouring relation has two directions with different losses, and neither is the
 * worse one in general (Lebeda, Regehr, Kamath and Steinke 2024), so both are computed.
 */

/** Bounds on a true value from both sides. */
export interface Bounds {
  /** Pessimistic: never below the truth. */
  upper: number;
  /** Optimistic: never above the truth. */
  lower: number;
}

export type DirectedBounds = Record<Direction, Bounds>;

/** Discretisation may move ε by about this: relative, and in nats. */
const RELATIVE_ERROR = 2e-4;
const ABSOLUTE_ERROR = 4e-5;

/** How often a grid is made anew where the first shows that it was not the right one. */
const MOST_ATTEMPTS = 3;

/** Nats by which what is cut off the tail of a step stays below what is asked for. */
const TAIL_MARGIN = 16;

/** ε at 0 < δ < 1 in both directions, in nats. */
export function pldEpsilon(events: readonly PrivacyEvent[], delta: number): DirectedBounds {
  const { parts, failure, exposed, unresolved } = partsOf(events);
  const left = (delta - failure) / (1 - failure);
  if (exposed || !(left > 0)) return both(() => exact(Number.POSITIVE_INFINITY));
  if (unresolved) return both(() => ({ upper: Number.POSITIVE_INFINITY, lower: 0 }));
  return pairsEpsilon(parts, left);
}

/** ε at 0 < δ < 1 of some pairs, each composed as often as it says. @param left δ that the pairs may use */
export function pairsEpsilon(parts: readonly Part[], left: number): DirectedBounds {
  // δ(0), the total variation distance, is at most the sum of that of each step.
  if (parts.reduce((sum, { pair, times }) => sum + times * hockeyStick(pair, 'remove', 0), 0) <= left) {
    return both(() => exact(0));
  }
  const only = parts[0]!;
  if (parts.length === 1 && only.times === 1) {
    return both((direction) => exact(hockeyStickEpsilon(only.pair, direction, left)));
  }

  const logTail = Math.log(left) - Math.log(totalTimes(parts)) - TAIL_MARGIN;
  return inBoth(parts, (direction) => {
    const cumulants = new Cumulants(parts, direction, logTail);
    const ceiling = largestLoss(parts, direction);
    let level = -Math.log(left);
    let refinement = 1;
    for (let attempt = 1; ; attempt++) {
      const target = tiltForLevel(cumulants, level);
      // The mean under the tilt is some way below ε, so this errs on the fine side.
      const tolerated = toleratedError(Math.max(0, cumulants.at(target.tilt).mean));
      const plan = planAt(cumulants, direction, target, totalTimes(parts), tolerated);
      const { pessimistic, optimistic } = compose(parts, { ...plan, step: plan.step * refinement }, logTail);
      const upper = readEpsilon(pessimistic, left, 'upper');
      const lower = readEpsilon(optimistic, left, 'lower');
      const bounds = {
        upper: Math.min(ceiling, upper.beyond === 'high' ? Number.POSITIVE_INFINITY : upper.epsilon),
        lower: lower.beyond === 'low' ? 0 : lower.epsilon,
      };
      const beyond = upper.beyond ?? lower.beyond;
      // The optimistic bound errs twice as much as the pessimistic one, and both with the square of the step.
      const excess = (bounds.upper - bounds.lower) / (3 * toleratedError(bounds.upper));
      if (attempt === MOST_ATTEMPTS || (beyond === null && !(excess > 2.5))) return bounds;
      // The guess of where ε lies was off, or of how fine a grid it needs.
      if (beyond === 'low') level /= 2;
      else if (beyond === 'high') level = 1.5 * level + 1;
      else refinement *= Math.max(0.1, 0.9 / Math.sqrt(excess));
    }
  });
}

/** How far, in nats, discretisation may move ε. */
const toleratedError = (epsilon: number) => RELATIVE_ERROR * epsilon + ABSOLUTE_ERROR;

/** δ at ε ≥ 0 in both directions. */
export function pldDelta(events: readonly PrivacyEvent[], epsilon: number): DirectedBounds {
  const { parts, failure, exposed, unresolved } = partsOf(events);
  if (exposed) return both(() => exact(1));
  if (unresolved) return both(() => ({ upper: 1, lower: 0 }));
  if (parts.length === 0) return both(() => exact(failure));
  const only = parts[0]!;
  const isSingle = parts.length === 1 && only.times === 1;

  return inBoth(parts, (direction) => {
    const bounds = isSingle
      ? exact(hockeyStick(only.pair, direction, epsilon))
      : epsilon >= largestLoss(parts, direction)
        ? exact(0)
        : composedDelta(parts, direction, epsilon);
    return {
      upper: Math.min(1, failure + (1 - failure) * bounds.upper),
      lower: failure + (1 - failure) * bounds.lower,
    };
  });
}

/**
 * Upper bounds on δ at many ε at once, from one composition in each direction. Made without a tilt, for figures: accurate down
 * to δ of about 1e−9, below which the bound stays there.
 */
export function pldDeltaCurve(
  events: readonly PrivacyEvent[],
  epsilons: readonly number[],
): Record<Direction, number[]> {
  const { parts, failure, exposed, unresolved } = partsOf(events);
  const whole = (delta: number) => Math.min(1, failure + (1 - failure) * delta);
  const of = (direction: Direction): number[] => {
    if (exposed || unresolved) return epsilons.map(() => 1);
    if (parts.length === 0) return epsilons.map(() => failure);
    const only = parts[0]!;
    if (parts.length === 1 && only.times === 1) {
      return epsilons.map((epsilon) => whole(hockeyStick(only.pair, direction, epsilon)));
    }
    const times = totalTimes(parts);
    const logTail = Math.log(1e-12) - Math.log(times);
    const cumulants = new Cumulants(parts, direction, logTail);
    const { mean, variance } = cumulants.at(0);
    const tolerated = 1e-4 * (Math.abs(mean) + Math.sqrt(variance)) + 1e-5;
    const target = { tilt: 0, epsilon: 0 };
    const { pessimistic } = compose(parts, planAt(cumulants, direction, target, times, tolerated), logTail);
    return epsilons.map((epsilon) => whole(readDelta(pessimistic, epsilon, 'upper')));
  };
  return { remove: of('remove'), add: of('add') };
}

function composedDelta(parts: readonly Part[], direction: Direction, epsilon: number): Bounds {
  // How small δ will be decides how far into the tail a step must be followed; Chernoff's bound says roughly.
  const times = totalTimes(parts);
  const rough = new Cumulants(parts, direction, -300);
  const roughTilt = tiltForMean(rough, epsilon);
  const logDelta = rough.at(roughTilt).value - roughTilt * epsilon - 2 * Math.log1p(roughTilt);
  const logTail = Math.max(-650, logDelta - Math.log(times) - TAIL_MARGIN);

  const cumulants = new Cumulants(parts, direction, logTail);
  // ln δ falls by the tilt for every nat of ε.
  const tilt = tiltForMean(cumulants, epsilon);
  const tolerated = Math.min(0.002 / tilt, toleratedError(epsilon));
  const plan = planAt(cumulants, direction, { tilt, epsilon }, times, tolerated);
  const { pessimistic, optimistic } = compose(parts, plan, logTail);
  const upper = readDelta(pessimistic, epsilon, 'upper');
  const lower = readDelta(optimistic, epsilon, 'lower');
  // An ε so large that its grid cannot be computed says nothing.
  return { upper: Number.isNaN(upper) ? 1 : upper, lower: Number.isNaN(lower) ? 0 : lower };
}

const largestLoss = (parts: readonly Part[], direction: Direction) =>
  parts.reduce((sum, { pair, times }) => sum + times * pair.largestLoss[direction], 0);

const exact = (value: number): Bounds => ({ upper: value, lower: value });
const both = (of: (direction: Direction) => Bounds): DirectedBounds => ({
  remove: of('remove'),
  add: of('add'),
});

function inBoth(parts: readonly Part[], of: (direction: Direction) => Bounds): DirectedBounds {
  const remove = of('remove');
  return { remove, add: parts.every(({ pair }) => pair.symmetric) ? remove : of('add') };
}
