/** What the ledger knows of a charge, or of all charges to a data set, as a label takes it. */
import { releaseOfCharge } from '@/components/label/release-of-charge';
import {
  type Account,
  chargedMechanisms,
  chargedRelease,
  countedEvents,
  epsilonOfMechanisms,
  gathered,
  type LedgerEvent,
} from '@/lib/ledger';
import type { Release } from '@/lib/runs/label';

/** Runs that no ε covers are named among what is left uncovered. */
const unprotectedInWords = (unprotected: number): string =>
  unprotected === 1
    ? 'One more run on the same data, without protecting noise.'
    : `${unprotected} more runs on the same data, without protecting noise.`;

/** All that is charged to a data set, together. */
export function releaseOfAccount(
  account: Account,
  events: readonly LedgerEvent[],
  { epsilon, unprotected }: { epsilon: number | null; unprotected: number },
): Release {
  const counted = countedEvents(account, events);
  return {
    title: `All that was charged to ${account.dataset.title}`,
    account,
    events: gathered(counted.flatMap(chargedMechanisms)),
    epsilon,
    runs: counted.length,
    date:
      counted
        .map(({ at }) => at)
        .sort()
        .at(-1) ?? null,
    alsoNotCovered: [
      ...(unprotected > 0 ? [unprotectedInWords(unprotected)] : []),
      'What another browser has charged to the same data: each has a ledger of its own.',
    ],
  };
}

/** All that is charged to a data set, and a run that is not: what a budget is asked for. */
export function releaseWithRun(account: Account, events: readonly LedgerEvent[], run: LedgerEvent): Release {
  const others = countedEvents(account, events).filter(({ id }) => id !== run.id);
  const mechanisms = gathered([...others, run].flatMap(chargedMechanisms));
  return {
    title: `All that was charged to ${account.dataset.title}, and “${run.title}”`,
    account,
    events: mechanisms,
    epsilon: epsilonOfMechanisms(mechanisms, account.delta, 'pld'),
    runs: others.length + 1,
  };
}

/** A budget as the promise that it is: ε and δ, whatever is run under it. Nothing else is known, so its odds are those of the worst. */
export function releaseOfBudget(account: Account, epsilon: number): Release {
  return {
    title: `The budget of ${account.dataset.title}`,
    account,
    events: [{ kind: 'approximate', epsilon, delta: account.delta, count: 1 }],
    epsilon,
    practice: {
      accountant: 'The budget’s own measure holds all runs together to this ε.',
      settingsChosen: 'By whoever sets the budget.',
    },
  };
}

/** One run by itself; null where its noise protects nobody. */
export function releaseOfEvent(event: LedgerEvent, account: Account): Release | null {
  const charged = chargedRelease(event, account);
  return charged && releaseOfCharge(charged);
}
