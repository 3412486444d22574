'use client';

import { useMemo } from 'react';
import TurnedSmall from '@/components/label/turned-small';
import { Button } from '@/components/ui/button';
import { Scrollable } from '@/components/ui/scrollable';
import {
  type Account,
  chargedSteps,
  epsilonOf,
  isPrivate,
  type LedgerEvent,
  type LedgerSnapshot,
  RULE_IN_WORDS,
} from '@/lib/ledger';
import { factsOf, stateOf } from './event-row';
import { releaseOfEvent } from './release-of';
import { formatDelta, formatEpsilon, formatTime, STATE_WORDS } from './words';

type Pair = readonly [LedgerEvent, LedgerEvent];

function rows(events: Pair, accounts: readonly [Account, Account], snapshot: LedgerSnapshot) {
  const facts = events.map((event, index) => {
    const account = accounts[index]!;
    const own = isPrivate(event) ? formatEpsilon(epsilonOf([event], account.delta, 'pld')) : 'not private';
    return new Map<string, string>([
      ['When', formatTime(event.at)],
      ['State', STATE_WORDS[stateOf(event, snapshot)]],
      ['Rule', event.closing === null ? '–' : RULE_IN_WORDS[event.closing.rule]],
      ['ε alone (PLD)', own],
      ['δ', formatDelta(account.delta)],
      ...factsOf(event, account),
    ]);
  });
  const names = [...new Set(facts.flatMap((each) => [...each.keys()]))];
  const both = names.map((name) => ({ name, values: facts.map((each) => each.get(name) ?? '–') }));
  const differs = ({ values }: { values: string[] }) => values[0] !== values[1];
  return [...both.filter(differs), ...both.filter((row) => !differs(row))].map((row) => ({
    ...row,
    differs: differs(row),
  }));
}

function MeansOf({ event, snapshot }: { event: LedgerEvent; snapshot: LedgerSnapshot }) {
  const release = useMemo(() => {
    const account = snapshot.accounts.find(({ id }) => id === event.account)!;
    return chargedSteps(event) > 0 ? releaseOfEvent(event, account) : null;
  }, [event, snapshot]);
  return release ? (
    <span className="-my-1.5 inline-block align-middle">
      <TurnedSmall release={release} />
    </span>
  ) : null;
}

/** Two runs side by side, what differs first. */
export function Compare({
  events,
  snapshot,
  onClose,
}: {
  events: Pair;
  snapshot: LedgerSnapshot;
  onClose(): void;
}) {
  const table = useMemo(() => {
    const accountOf = (event: LedgerEvent) =>
      snapshot.accounts.find((account) => account.id === event.account)!;
    return rows(events, [accountOf(events[0]), accountOf(events[1])], snapshot);
  }, [events, snapshot]);
  return (
    <section aria-label="Two runs compared" className="rounded-cell border border-line bg-surface p-4 sm:p-5">
      <header className="mb-3 flex items-center justify-between gap-3">
        <h2 className="text-lg font-semibold">Two runs compared</h2>
        <Button small look="quiet" onClick={onClose}>
          Close
        </Button>
      </header>
      <Scrollable label="Table of both runs">
        <table className="w-full min-w-[34rem] border-collapse text-sm tabular-nums">
          <thead>
            <tr className="border-b border-line-strong text-left align-bottom">
              <th scope="col" className="py-1.5 pr-4">
                <span className="sr-only">What</span>
              </th>
              {events.map((event) => (
                <th key={event.id} scope="col" className="w-2/5 py-1.5 pr-4">
                  {event.title} <MeansOf event={event} snapshot={snapshot} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.map((row) => (
              <tr key={row.name} className="border-b border-line align-top last:border-0">
                <th scope="row" className="py-1.5 pr-4 text-left font-normal text-secondary">
                  {row.name}
                  {row.differs ? <span className="sr-only"> (differs)</span> : null}
                </th>
                {row.values.map((value, index) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: two columns, always the same two
                    key={index}
                    className={`py-1.5 pr-4 ${row.differs ? 'font-semibold' : 'text-secondary'}`}
                  >
                    {value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </section>
  );
}
