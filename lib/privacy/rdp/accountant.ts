import { PrivacyError } from '../errors';
import { checkEvent, type PrivacyEvent, type SingleEvent, timesRun } from '../events';
import { withoutParallel } from '../parallel';
import { addedToPurePart } from '../pure-part';
import { type RdpBound, rdpToDelta, rdpToEpsilon } from './conversion';
import { gaussianRdp, laplaceRdp, pureRdp, subsampledGaussianRdp } from './curves';
import { checkOrders, DEFAULT_ORDERS } from './orders';

/**
 * The Rényi accountant: divergences of independent steps add up at every order (Mironov 2017, Proposition 1), and the sum
 * is turned into (ε, δ) once, at the end. Fast and never too small, but not tight.
 */

/** Rényi divergences of a whole list of events, and the probability that an (ε, δ) event among them fails outright. */
function composeRdpCurves(events: readonly PrivacyEvent[], orders: ArrayLike<number>) {
  const rdp = new Float64Array(orders.length);
  let logNoFailure = 0;
  for (const event of events) checkEvent(event);
  for (const event of withoutParallel(events)) {
    const times = timesRun(event);
    if (times === 0) continue;
    const curve = rdpOfOne(event, orders);
    for (let i = 0; i < rdp.length; i++) rdp[i]! += times * curve[i]!;
    if (event.kind === 'approximate') logNoFailure += times * Math.log1p(-event.delta);
  }
  return { rdp, failure: -Math.expm1(logNoFailure) };
}

function rdpOfOne(event: SingleEvent, orders: ArrayLike<number>): Float64Array {
  switch (event.kind) {
    case 'poisson-gaussian':
      return subsampledGaussianRdp(event.sampleRate, event.noiseMultiplier, orders);
    case 'gaussian':
      return gaussianRdp(event.noiseMultiplier, orders);
    case 'laplace':
      return laplaceRdp(event.scale / event.sensitivity, orders);
    case 'pure':
      return pureRdp(event.epsilon, orders);
    case 'approximate':
      // With probability δ the mechanism may give everything away; otherwise it is no worse than pure ε-DP (Kairouz, Oh
      // and Viswanath 2015). The probability is set against the budget's δ by the caller.
      return pureRdp(event.epsilon, orders);
    case 'truncated-poisson-gaussian':
      throw new PrivacyError(
        'event-unsupported',
        'The RDP accountant has no bound for Poisson batches cut to a fixed size.',
        'Use the PLD accountant, or split large batches instead of cutting them.',
      );
    case 'group-poisson-gaussian':
      throw new PrivacyError(
        'event-unsupported',
        'The RDP accountant has no bound for a person with several examples.',
        'Use the PLD accountant.',
      );
  }
}

/** Whether this accountant has a bound for the event. */
export const hasRdp = ({ kind }: SingleEvent): boolean =>
  kind !== 'truncated-poisson-gaussian' && kind !== 'group-poisson-gaussian';

/** The Rényi divergences of a list of events composed, one an order, in nats. */
export function rdpCurve(
  events: readonly PrivacyEvent[],
  orders: ArrayLike<number> = DEFAULT_ORDERS,
): Float64Array {
  checkOrders(orders);
  return composeRdpCurves(events, orders).rdp;
}

/**
 * ε of a list of events at a given δ, by Rényi differential privacy. An upper bound on the true ε, and never above Σ ε of what is pure
 * in the list plus the bound of the rest; the order is ∞ where that is the smaller.
 *
 * @param delta 0 < δ < 1
 * @param orders the Rényi orders to search; each must be above 1
 */
export function composeRdp(
  events: readonly PrivacyEvent[],
  delta: number,
  orders: ArrayLike<number> = DEFAULT_ORDERS,
): RdpBound {
  const bound = boundByOrders(events, delta, orders);
  const active = withoutParallel(events).filter((event) => timesRun(event) > 0);
  const added = addedToPurePart(active, delta, (rest) => boundByOrders(rest, delta, orders).epsilon);
  return added < bound.epsilon ? { epsilon: added, order: Number.POSITIVE_INFINITY, atEdge: false } : bound;
}

/** The same by the orders alone. */
export function boundByOrders(
  events: readonly PrivacyEvent[],
  delta: number,
  orders: ArrayLike<number>,
): RdpBound {
  checkOrders(orders);
  const { rdp, failure } = composeRdpCurves(events, orders);
  const left = (delta - failure) / (1 - failure);
  if (!(left > 0)) return { epsilon: Number.POSITIVE_INFINITY, order: orders[0]!, atEdge: false };
  return rdpToEpsilon(orders, rdp, left);
}

/** δ of a list of events at a given ε, by Rényi differential privacy. An upper bound on the true δ. */
export function composeRdpDelta(
  events: readonly PrivacyEvent[],
  epsilon: number,
  orders: ArrayLike<number> = DEFAULT_ORDERS,
): number {
  checkOrders(orders);
  const { rdp, failure } = composeRdpCurves(events, orders);
  return failure + (1 - failure) * rdpToDelta(orders, rdp, epsilon);
}
