/** The labels of all that a ledger holds, made when they are asked for, by the one function that makes labels. */

import { fieldsOf } from '@/components/label/label-card';
import { writable } from '@/components/label/label-of-charge';
import { chargedSteps, type LabelInFile, type LedgerSnapshot } from '@/lib/ledger';
import { privacyLabel } from '@/lib/runs/label';
import { releaseOfEvent } from './release-of';

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
    if (!own || chargedSteps(event) === 0 || (account !== undefined && event.account !== account)) continue;
    const release = releaseOfEvent(event, own);
    if (release === null) continue;
    const label = privacyLabel(release);
    labels.set(event.id, { label: writable(label), fields: fieldsOf(label) });
    await rest();
  }
  return labels;
}
