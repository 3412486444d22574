import { checkDelta, checkEpsilon } from './checks';
import { PrivacyError } from './errors';
import { checkEvent, type PrivacyEvent, pureEpsilonOf, type SingleEvent, timesRun } from './events';
import { exactSum } from './numerics/exact-sum';
import { withoutParallel } from './parallel';
import { type Bounds, type DirectedBounds, pldDelta, pldEpsilon } from './pld/accountant';
import { saddlePointEpsilon } from './pld/saddle-point';
import { addedToPurePart, purePart } from './pure-part';
import { composeRdp, composeRdpDelta, hasRdp } from './rdp/accountant';

/**
 * How ε is computed. `rdp`: Rényi differential privacy, fast and safe. `pld`: privacy loss distributions, nearly exact.
 * Both give upper bounds on the true ε.
 */
export type Accountant = 'rdp' | 'pld';

/** What a list of events costs. */
export interface Composition {
  accountant: Accountant;
  /** The guarantee: an upper bound on the true ε, in nats. ∞ where there is none. */
  epsilon: number;
  delta: number;
  /** A lower bound on the true ε (`pld` only): the truth lies between the two. */
  lowerEpsilon: number | null;
  /**
   * `pld` only: the two bounds are more than a hundredth apart (and 0.001), as can happen over a thousand million steps with very
   * little noise. ε holds all the same, but the truth may be well below it.
   */
  isWide: boolean;
  /** `pld` only: each direction of the neighbouring relation; `epsilon` is the larger. */
  directions: { remove: DirectionBound; add: DirectionBound } | null;
  /** `rdp` only: the Rényi order that gave ε; ∞ where adding up what is pure gave less than any order. */
  optimalOrder: number | null;
  /** `rdp` only: that order is the first or last searched, so other orders might give a smaller ε. */
  orderAtEdge: boolean;
}

/** One direction of add-or-remove-one: pessimistic and optimistic ε, in nats. */
export interface DirectionBound {
  epsilon: number;
  lowerEpsilon: number;
}

/**
 * ε of any list of events at δ: different sampling rates, noises and steps, Laplace, pure and approximate ε, in any order.
 * Never above Σ ε of what is pure in it plus ε of the rest.
 *
 * @param delta 0 ≤ δ < 1. At δ = 0 only lists of pure events have a finite ε, which is then the plain sum.
 */
export function composeEvents(
  events: readonly PrivacyEvent[],
  delta: number,
  accountant: Accountant = 'pld',
): Composition {
  checkDelta(delta);
  for (const event of events) checkEvent(event);
  const active = inOneOrder(withoutParallel(events).filter((event) => timesRun(event) > 0));
  if (delta === 0 || active.length === 0) return pureComposition(active, delta, accountant);

  if (accountant === 'rdp') {
    const { epsilon, order, atEdge } = composeRdp(active, delta);
    const added = addedToPurePart(active, delta, (rest) => composeRdp(rest, delta).epsilon);
    return {
      accountant,
      epsilon: Math.min(epsilon, added),
      delta,
      lowerEpsilon: null,
      isWide: false,
      directions: null,
      optimalOrder: added < epsilon ? Number.POSITIVE_INFINITY : order,
      orderAtEdge: atEdge && epsilon <= added,
    };
  }
  if (accountant !== 'pld') throw unknownAccountant(accountant);
  const { remove, add } = directedEpsilon(active, delta);
  const lowerEpsilon = Math.max(remove.lower, add.lower);
  const pessimistic = Math.max(remove.upper, add.upper);
  // Over so many steps that no grid is fine enough, Rényi's bound can be the smaller one. Both hold, so the smaller does.
  const cap = Math.min(
    isWide(pessimistic, lowerEpsilon) && active.every(hasRdp)
      ? composeRdp(active, delta).epsilon
      : Number.POSITIVE_INFINITY,
    capByPurePart(active, delta, pessimistic),
  );
  const capped = ({ upper, lower }: Bounds): DirectionBound => ({
    epsilon: Math.min(upper, cap),
    lowerEpsilon: Math.min(lower, cap),
  });
  const epsilon = Math.min(pessimistic, cap);
  return {
    accountant,
    epsilon,
    delta,
    lowerEpsilon: Math.min(lowerEpsilon, cap),
    isWide: isWide(epsilon, lowerEpsilon),
    directions: { remove: capped(remove), add: capped(add) },
    optimalOrder: null,
    orderAtEdge: false,
  };
}

const isWide = (upper: number, lower: number) =>
  upper === Number.POSITIVE_INFINITY ? lower < upper : upper > 1.01 * lower + 1e-3;

/** So many steps that the composed loss may be taken for normal before a grid is tried, which would be slow and coarse. */
const MANY_STEPS = 2e6;

/** Bounds by privacy loss distributions; over very many steps by the saddle point, where that is the tighter. */
function directedEpsilon(events: readonly SingleEvent[], delta: number): DirectedBounds {
  const runs = events.filter((event) => event.kind === 'poisson-gaussian');
  const isMany =
    runs.length === events.length && runs.reduce((sum, { steps }) => sum + steps, 0) > MANY_STEPS;
  const saddle = isMany ? saddlePointEpsilon(runs, delta) : null;
  if (saddle !== null && !Object.values(saddle).some(({ upper, lower }) => isWide(upper, lower)))
    return saddle;
  const grid = pldEpsilon(events, delta);
  if (saddle === null) return grid;
  const tighter = (direction: keyof DirectedBounds): Bounds => ({
    upper: Math.min(grid[direction].upper, saddle[direction].upper),
    lower: Math.max(grid[direction].lower, saddle[direction].lower),
  });
  return { remove: tighter('remove'), add: tighter('add') };
}

/** Adding up can only win where Σ ε of what is pure is not above ε already: else the rest is not asked for. */
function capByPurePart(events: readonly SingleEvent[], delta: number, epsilon: number): number {
  if (purePart(events).epsilon > epsilon) return Number.POSITIVE_INFINITY;
  return addedToPurePart(events, delta, (rest) => {
    const { remove, add } = pldEpsilon(rest, delta);
    return Math.max(remove.upper, add.upper);
  });
}

/** At δ = 0 pure ε simply add up: the likelihood ratios multiply, and the worst outcome of each can occur together. */
function pureComposition(events: readonly SingleEvent[], delta: number, accountant: Accountant): Composition {
  if (accountant !== 'rdp' && accountant !== 'pld') throw unknownAccountant(accountant);
  const epsilon = exactSum(events.map((event) => timesRun(event) * pureEpsilonOf(event)));
  const bound = { epsilon, lowerEpsilon: epsilon };
  return {
    accountant,
    epsilon,
    delta,
    lowerEpsilon: accountant === 'pld' ? epsilon : null,
    isWide: false,
    directions: accountant === 'pld' ? { remove: bound, add: bound } : null,
    optimalOrder: null,
    orderAtEdge: false,
  };
}

/** δ of any list of events at ε: an upper bound on the true δ. */
export function composeDelta(
  events: readonly PrivacyEvent[],
  epsilon: number,
  accountant: Accountant = 'pld',
): number {
  checkEpsilon(epsilon);
  for (const event of events) checkEvent(event);
  const active = inOneOrder(withoutParallel(events).filter((event) => timesRun(event) > 0));
  if (active.length === 0) return 0;
  if (accountant !== 'rdp' && accountant !== 'pld') throw unknownAccountant(accountant);
  const { epsilon: pure, rest, failure } = purePart(active);
  if (pure <= epsilon && rest.every(({ kind }) => kind === 'approximate')) return failure;
  if (accountant === 'rdp') return composeRdpDelta(active, epsilon);
  const { remove, add } = pldDelta(active, epsilon);
  return Math.max(remove.upper, add.upper);
}

/**
 * Composition does not depend on order, but sums of rounded numbers do: sorted, a list and its shuffles get the very
 * same ε.
 */
function inOneOrder(events: readonly SingleEvent[]): SingleEvent[] {
  const keyed = events.map((event) => ({ event, key: JSON.stringify(Object.entries(event).sort()) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ event }) => event);
}

function unknownAccountant(accountant: never | string): PrivacyError {
  return new PrivacyError(
    'input-invalid',
    `There is no accountant called "${accountant}".`,
    'Choose "rdp" or "pld".',
  );
}
