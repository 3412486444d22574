/**
 * What has been spent by a list of runs that was fixed beforehand, by several accountants. No odometer: see filter.ts.
 *
 * PLD and RDP state ε for a list of runs that was fixed beforehand (each run may use the results of earlier ones, but
 * not its noise, rate or number of steps). `filter.ts` has what holds without that condition.
 */
import { type Accountant, answerOf, PrivacyError, type PrivacyEvent } from '@/lib/privacy';
import { chargedMechanisms, isPrivate } from './charge';
import { gathered } from './mechanism';
import type { Account, LedgerEvent } from './schema';

export interface Totals {
  /** All of the following are at this δ. */
  delta: number;
  /** nats, by privacy loss distributions: nearly the true value. Null where an event is not supported. */
  pld: number | null;
  /** nats, by Rényi differential privacy. Null where an event is not supported. */
  rdp: number | null;
  /** Basic composition: each run's own ε at an equal share of δ, added up. Null where an event is not supported. */
  naive: number | null;
  /** Events that the numbers cover. */
  covered: number;
  /** Charged events whose noise protects nobody. With one of them, no number above is a guarantee for the data. */
  unprotected: number;
}

/** ε in nats of a list of mechanisms at δ, or null if the accountant has no bound for one of them. */
export function epsilonOfMechanisms(
  mechanisms: readonly PrivacyEvent[],
  delta: number,
  accountant: Accountant,
): number | null {
  try {
    return answerOf({ events: gathered(mechanisms), delta, accountant });
  } catch (error) {
    if (!(error instanceof PrivacyError && error.code === 'event-unsupported')) throw error;
    return null;
  }
}

/** The events that count: of this account, charged, and with noise that protects. */
export function countedEvents(account: Account, events: readonly LedgerEvent[]): LedgerEvent[] {
  return events.filter(
    (event) => event.account === account.id && isPrivate(event) && chargedMechanisms(event).length > 0,
  );
}

/** ε in nats of some events together, or null if the accountant has no bound for one of them. */
export function epsilonOf(
  events: readonly LedgerEvent[],
  delta: number,
  accountant: Accountant,
): number | null {
  return epsilonOfMechanisms(events.filter(isPrivate).flatMap(chargedMechanisms), delta, accountant);
}

/** Basic composition (Dwork et al. 2006): ε and δ of the single runs add up. δ is shared out equally. */
export function naiveEpsilon(events: readonly LedgerEvent[], delta: number): number | null {
  let sum = 0;
  for (const event of events) {
    const own = epsilonOfMechanisms(chargedMechanisms(event), delta / events.length, 'pld');
    if (own === null) return null;
    sum += own;
  }
  return sum;
}

export function totalsOf(account: Account, events: readonly LedgerEvent[]): Totals {
  const counted = countedEvents(account, events);
  const { delta } = account;
  return {
    delta,
    pld: epsilonOf(counted, delta, 'pld'),
    rdp: epsilonOf(counted, delta, 'rdp'),
    naive: naiveEpsilon(counted, delta),
    covered: counted.length,
    unprotected: events.filter(
      (event) => event.account === account.id && !isPrivate(event) && chargedMechanisms(event).length > 0,
    ).length,
  };
}

/** What a further charge would do to a total. */
export interface WhatIf {
  accountant: Accountant;
  before: number | null;
  after: number | null;
}

/** “What if I ran this again?” */
export function whatIf(
  account: Account,
  events: readonly LedgerEvent[],
  mechanisms: readonly PrivacyEvent[],
  accountant: Accountant,
): WhatIf {
  const spent = countedEvents(account, events).flatMap(chargedMechanisms);
  return {
    accountant,
    before: epsilonOfMechanisms(spent, account.delta, accountant),
    after: epsilonOfMechanisms([...spent, ...mechanisms], account.delta, accountant),
  };
}
