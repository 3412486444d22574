/** What the ledger knows of a charge, or of all charges to a data set, as a label takes it. */
import {
  type Account,
  chargedMechanisms,
  countedEvents,
  epsilonOf,
  gathered,
  type LedgerEvent,
} from '@/lib/ledger';
import { CLIENTS_ADD, type Practice, type Release } from '@/lib/runs/label';

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

/** A run that was charged in several records, such as a sweep: all of them together. @param events of one account, at least one */
export function releaseOfRun(events: readonly LedgerEvent[], account: Account): Release {
  const [first, ...others] = events;
  const one = releaseOfEvent(first!, account);
  if (others.length === 0) return one;
  return {
    ...one,
    title: `${first!.title}, and ${others.length} more of the same run`,
    events: gathered(events.flatMap(chargedMechanisms)),
    epsilon: epsilonOf(events, account.delta, 'pld'),
    runs: events.length,
    date: events
      .map(({ at }) => at)
      .sort()
      .at(-1)!,
  };
}

/** One record by itself. */
export function releaseOfEvent(event: LedgerEvent, account: Account): Release {
  const isNoisePlacedByClients = event.settings.noisePlace === 'local';
  const practice: Partial<Practice> = isNoisePlacedByClients ? CLIENTS_ADD : {};
  return {
    title: event.title,
    account,
    events: gathered(chargedMechanisms(event)),
    epsilon: epsilonOf([event], account.delta, 'pld'),
    date: event.at,
    practice,
  };
}
