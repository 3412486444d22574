/** The labels of a run, from the records that the ledger has of it: made when they are asked for, by the one function that makes labels. */

import { fieldsOf } from '@/components/label/label-card';
import {
  chargedSteps,
  isPrivate,
  type LabelInFile,
  type LedgerEvent,
  type LedgerSnapshot,
} from '@/lib/ledger';
import { type PrivacyLabel, privacyLabel } from '@/lib/runs/label';
import { releaseOfEvent, releaseOfRun } from './release-of';

/** Some ε covers what was charged. */
const isCovered = (event: LedgerEvent) => isPrivate(event) && chargedSteps(event) > 0;

/** JSON has no infinity. */
const writable = (label: PrivacyLabel): PrivacyLabel =>
  label.epsilon !== null && Number.isFinite(label.epsilon) ? label : { ...label, epsilon: null };

/**
 * The label of every private record of a ledger, or of one account of it, by the ids of the records.
 * @param rest lets the page live meanwhile: each label asks the accountant
 */
export async function labelsOfLedger(
  { accounts, events }: Pick<LedgerSnapshot, 'accounts' | 'events'>,
  account?: string,
  rest: () => Promise<unknown> = () => new Promise((resume) => setTimeout(resume)),
): Promise<ReadonlyMap<string, LabelInFile>> {
  const known = new Map(accounts.map((one) => [one.id, one]));
  const labels = new Map<string, LabelInFile>();
  for (const event of events) {
    const own = known.get(event.account);
    if (!own || !isCovered(event) || (account !== undefined && event.account !== account)) continue;
    const label = privacyLabel(releaseOfEvent(event, own));
    labels.set(event.id, { label: writable(label), fields: fieldsOf(label) });
    await rest();
  }
  return labels;
}

/**
 * @param charges the ledger's ids of what a run was charged for
 * @returns one label for each data set, of all its private records of this run together. Empty where nothing of it is private, or where
 * the ledger no longer knows it.
 */
export function labelsOfCharges(
  charges: readonly string[],
  { accounts, events }: Pick<LedgerSnapshot, 'accounts' | 'events'>,
): PrivacyLabel[] {
  const wanted = new Set(charges);
  const own = events.filter((event) => wanted.has(event.id) && isCovered(event));
  return accounts.flatMap((account) => {
    const charged = own.filter((event) => event.account === account.id);
    return charged.length === 0 ? [] : [writable(privacyLabel(releaseOfRun(charged, account)))];
  });
}
