/**
 * The part of a list of events that is ε-DP by itself. Its ε add up (Dwork, McSherry, Nissim and Smith 2006), whatever an
 * accountant makes of them, and the rest is added to that: a bound on any list, and the smallest one where a list is pure.
 */
import { type PrivacyEvent, pureEpsilonOf, type SingleEvent, timesRun } from './events';
import { exactSum } from './numerics/exact-sum';
import { withoutParallel } from './parallel';

/** δ that differ by less are equal: what rounding makes of a sum of them. */
const ROUNDING = 1e-12;

export interface PureAndRest {
  /** Σ ε in nats of all that is pure but for a probability of failure. */
  epsilon: number;
  /** What is not; and the failures of what is, as events that cost nothing else. */
  rest: SingleEvent[];
  /** The probability that an (ε, δ) event fails, all of them together. */
  failure: number;
}

export function purePart(events: readonly SingleEvent[]): PureAndRest {
  const costs: number[] = [];
  const rest: SingleEvent[] = [];
  let logNoFailure = 0;
  for (const event of events) {
    // An (ε, δ) event is ε-DP unless it fails, with probability δ (Kairouz, Oh and Viswanath 2015).
    const each = event.kind === 'approximate' ? event.epsilon : pureEpsilonOf(event);
    if (each === Number.POSITIVE_INFINITY) rest.push(event);
    else costs.push(timesRun(event) * each);
    if (event.kind === 'approximate' && event.delta > 0) {
      rest.push({ ...event, epsilon: 0 });
      logNoFailure += event.count * Math.log1p(-event.delta);
    }
  }
  return { epsilon: exactSum(costs), rest, failure: -Math.expm1(logNoFailure) };
}

/** Σ ε in nats of a list; ∞ if something in it is not pure. */
export function pureTotal(events: readonly PrivacyEvent[]): number {
  const { epsilon, rest } = purePart(withoutParallel(events).filter((event) => timesRun(event) > 0));
  return rest.length === 0 ? epsilon : Number.POSITIVE_INFINITY;
}

/**
 * ε in nats at δ of the pure part and the rest added up.
 * @param boundOf ε at δ of what is not pure, by some accountant
 * @returns ∞ where that says nothing: nothing is pure, or more fails than δ allows
 */
export function addedToPurePart(
  events: readonly SingleEvent[],
  delta: number,
  boundOf: (rest: readonly SingleEvent[]) => number,
): number {
  const { epsilon, rest, failure } = purePart(events);
  const isPure = rest.every(({ kind }) => kind === 'approximate');
  if (isPure) return failure <= delta * (1 + ROUNDING) ? epsilon : Number.POSITIVE_INFINITY;
  // With nothing pure in the list the rest is the list, whose bound is known already.
  return epsilon > 0 ? epsilon + boundOf(rest) : Number.POSITIVE_INFINITY;
}
