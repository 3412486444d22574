import { checkProbability } from '../checks';
import { checkEvent, type PrivacyEvent, timesRun } from '../events';
import { withoutParallel } from '../parallel';
import { pldRoc, type RocBounds } from '../pld/roc';
import type { AttackOdds } from './odds';

/**
 * What the best attacker can make of a list of events: from the privacy loss distributions, both directions of add-or-remove-one,
 * never from a Gaussian approximation. Nearly exact: `upper` is a guarantee, `lower` says how far the truth can be below it.
 *
 * The attacker sees everything that was released (each step of a training), knows all other records and the one in question, and
 * wants to know whether this one was among them.
 */
export function attackOdds(events: readonly PrivacyEvent[]): AttackOdds {
  for (const event of events) checkEvent(event);
  const { presence, absence, advantage } = pldRoc(
    withoutParallel(events).filter((event) => timesRun(event) > 0),
  );
  return { presence: checked(presence), absence: checked(absence), advantage };
}

/** A curve that refuses what is no rate. */
export function checked({ upper, lower }: RocBounds): RocBounds {
  const at = (curve: (rate: number) => number) => (falsePositiveRate: number) => {
    checkProbability(falsePositiveRate, 'falsePositiveRate');
    return curve(falsePositiveRate);
  };
  return { upper: at(upper), lower: at(lower) };
}
