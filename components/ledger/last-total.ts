/** The total that the header shows. */
import { countedEvents, currentBudget, type LedgerSnapshot, totalsOf } from '@/lib/ledger';
import { releaseOfAccount } from './release-of';
import { formatEpsilon } from './words';

export { unknownCharges } from '@/lib/ledger';

/** The data set that was charged last, or null if none was. */
export function lastTotal({ accounts, events }: LedgerSnapshot) {
  const charged = accounts.filter((account) => countedEvents(account, events).length > 0);
  const latest = (id: string) =>
    events.reduce((time, event) => (event.account === id && event.at > time ? event.at : time), '');
  const [account] = charged.sort((a, b) => (latest(a.id) > latest(b.id) ? -1 : 1));
  if (account === undefined) return null;
  const budget = currentBudget(account)?.epsilon ?? null;
  const totals = totalsOf(account, events);
  return {
    title: account.dataset.title,
    epsilon: formatEpsilon(totals.pld),
    budget: budget === null ? null : formatEpsilon(budget),
    others: charged.length - 1,
    unprotected: totals.unprotected,
    release: releaseOfAccount(account, events, { epsilon: totals.pld, unprotected: totals.unprotected }),
  };
}
