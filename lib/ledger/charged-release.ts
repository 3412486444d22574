/**
 * What one private run was charged for, as it travels with the run: beside its ε, in its file, in a table of runs. Enough to say what
 * that ε means and to write the label, also where the ledger that holds the charge is not.
 */
import * as z from 'zod';
import type { PrivacyEvent } from '@/lib/privacy';
import { chargedMechanisms, isPrivate } from './charge';
import type { AccountRequest } from './ledger';
import { gathered, mechanismSchema } from './mechanism';
import { type Account, accountFields, eventFields, type LedgerEvent } from './schema';
import { epsilonOfMechanisms } from './totals';

export interface ChargedRelease {
  title: string;
  /** Whose data, in what unit, at which δ. */
  account: AccountRequest;
  /** What is released; equal mechanisms are counted together. */
  events: PrivacyEvent[];
  /** In nats, by PLD at the account’s δ; null where there is no bound. */
  epsilon: number | null;
  /** How many charges it is of. */
  runs: number;
  /** ISO 8601, of the last charge. */
  date: string;
  settings: LedgerEvent['settings'];
}

export const chargedReleaseSchema: z.ZodType<ChargedRelease> = z.object({
  title: eventFields.shape.title,
  account: accountFields.pick({ dataset: true, unit: true, relation: true, delta: true }),
  events: z.array(mechanismSchema).max(1024),
  epsilon: z.number().nonnegative().or(z.literal(Number.POSITIVE_INFINITY)).nullable(),
  runs: z.int().positive(),
  date: eventFields.shape.at,
  settings: eventFields.shape.settings,
});

/** Null of a run whose noise protects nobody: no ε covers it. */
export function chargedRelease(event: LedgerEvent, account: Account): ChargedRelease | null {
  if (!isPrivate(event)) return null;
  const { dataset, unit, relation, delta } = account;
  const events = gathered(chargedMechanisms(event));
  return {
    title: event.title,
    account: { dataset, unit, relation, delta },
    events,
    epsilon: epsilonOfMechanisms(events, delta, 'pld'),
    runs: 1,
    date: event.at,
    settings: event.settings,
  };
}

/** Several charges to one account that are one run to the reader, such as all of a sweep. Null of none. */
export function togetherCharged(title: string, charges: readonly ChargedRelease[]): ChargedRelease | null {
  const last = charges.at(-1);
  if (last === undefined) return null;
  const events = gathered(charges.flatMap((charge) => charge.events));
  return {
    ...last,
    title,
    events,
    epsilon: epsilonOfMechanisms(events, last.account.delta, 'pld'),
    runs: charges.reduce((sum, { runs }) => sum + runs, 0),
  };
}
