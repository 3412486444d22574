/**
 * Parallel composition (McSherry 2009, Theorem 4): answers about groups that share nobody cost what the dearest of them costs, not
 * their sum. Adding or removing one person changes one group, so all other answers are distributed as before.
 *
 * That takes a rule fixed beforehand, blind to the data, by which everybody falls into one group at most; and it is true of adding
 * or removing a person. A person who is *replaced* may leave one group and enter another, which changes two answers.
 */
import { type ParallelEvent, type PrivacyEvent, pureEpsilonOf, type SingleEvent, timesRun } from './events';

/** The same mechanism, run `factor` times as often. */
export function repeated<Event extends PrivacyEvent>(event: Event, factor: number): Event {
  return 'steps' in event
    ? { ...event, steps: event.steps * factor }
    : { ...event, count: event.count * factor };
}

/** A list in which the dearest group stands for all groups of an event: never cheaper than the list, and as cheap for like groups. */
export function withoutParallel(events: readonly PrivacyEvent[]): SingleEvent[] {
  return events.flatMap((event) =>
    event.kind === 'parallel' ? dearest(event).map((one) => repeated(one, event.count)) : [event],
  );
}

/**
 * The dearest group, where it is at least as revealing as each of the others, whatever else is released: the same kind of
 * mechanism, with no more noise and run as often. Pure groups that do not compare so are as one mechanism with the largest ε.
 * For others nothing is known to be the worst here, and all are charged: adding up is always true.
 */
function dearest({ groups }: ParallelEvent): SingleEvent[] {
  const active = groups.filter((group) => timesRun(group) > 0);
  const worst = active.find((one) => active.every((other) => dominates(one, other)));
  if (worst !== undefined) return [worst];
  const pure = active.map((group) => timesRun(group) * pureEpsilonOf(group));
  const epsilon = Math.max(0, ...pure);
  return Number.isFinite(epsilon) ? [{ kind: 'pure', epsilon, count: 1 }] : active;
}

/** Whether `one` reveals at least as much as `other`, alone and beside anything else. */
function dominates(one: SingleEvent, other: SingleEvent): boolean {
  if (timesRun(one) < timesRun(other)) return false;
  switch (one.kind) {
    case 'pure':
      // Whatever is ε-DP can be made from randomised response (Kairouz, Oh and Viswanath 2015).
      return one.epsilon >= pureEpsilonOf(other);
    case 'approximate':
      return other.kind === 'approximate'
        ? one.epsilon >= other.epsilon && one.delta >= other.delta
        : one.epsilon >= pureEpsilonOf(other);
    case 'laplace':
      return other.kind === 'laplace' && pureEpsilonOf(one) >= pureEpsilonOf(other);
    case 'gaussian':
      return other.kind === 'gaussian' && one.noiseMultiplier <= other.noiseMultiplier;
    case 'poisson-gaussian':
      return (
        other.kind === 'poisson-gaussian' &&
        one.noiseMultiplier <= other.noiseMultiplier &&
        one.sampleRate >= other.sampleRate
      );
    case 'group-poisson-gaussian':
      return (
        (other.kind === 'group-poisson-gaussian' || other.kind === 'poisson-gaussian') &&
        one.groupSize >= (other.kind === 'poisson-gaussian' ? 1 : other.groupSize) &&
        one.noiseMultiplier <= other.noiseMultiplier &&
        one.sampleRate >= other.sampleRate
      );
    case 'truncated-poisson-gaussian':
      return (
        other.kind === 'truncated-poisson-gaussian' &&
        one.noiseMultiplier <= other.noiseMultiplier &&
        one.sampleRate === other.sampleRate &&
        one.datasetSize === other.datasetSize &&
        one.truncatedBatchSize === other.truncatedBatchSize
      );
  }
}
