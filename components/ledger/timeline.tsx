'use client';

import { useId, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/select-field';
import { type EventKind, isPrivate, type LedgerEvent, type LedgerSnapshot } from '@/lib/ledger';
import { Compare } from './compare';
import { EventRow, stateOf } from './event-row';
import { KIND_WORDS, STATE_WORDS } from './words';

interface Filters {
  account: string;
  kind: '' | EventKind;
  noise: '' | 'private' | 'not-private';
  text: string;
}

const ALL: Filters = { account: '', kind: '', noise: '', text: '' };
const PAGE = 25;

function matches(event: LedgerEvent, filters: Filters, words: string): boolean {
  return (
    (filters.account === '' || event.account === filters.account) &&
    (filters.kind === '' || event.kind === filters.kind) &&
    (filters.noise === '' || isPrivate(event) === (filters.noise === 'private')) &&
    words.toLowerCase().includes(filters.text.trim().toLowerCase())
  );
}

/** Everything that was ever charged, newest first. */
export function Timeline({ snapshot }: { snapshot: LedgerSnapshot }) {
  const { accounts, events } = snapshot;
  const [filters, setFilters] = useState(ALL);
  const [compared, setCompared] = useState<string[]>([]);
  const [shown, setShown] = useState(PAGE);
  const searchId = useId();

  const found = useMemo(() => {
    const titles = new Map(accounts.map((account) => [account.id, account.dataset.title]));
    return events
      .filter((event) => {
        const words = [
          event.title,
          titles.get(event.account),
          event.note?.text,
          STATE_WORDS[stateOf(event, snapshot)],
          event.backend,
        ].join(' ');
        return matches(event, filters, words);
      })
      .sort((a, b) => (a.at > b.at ? -1 : 1));
  }, [accounts, events, snapshot, filters]);

  const pair = compared.flatMap((id) => events.find((event) => event.id === id) ?? []);
  const set = (change: Partial<Filters>) => {
    setFilters({ ...filters, ...change });
    setShown(PAGE);
  };

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {pair.length === 2 ? (
        <Compare events={[pair[0]!, pair[1]!]} snapshot={snapshot} onClose={() => setCompared([])} />
      ) : null}
      <section aria-labelledby={`${searchId}-title`} className="rounded-cell border border-line bg-surface">
        <header className="grid gap-3 border-b border-line p-4">
          <h2 id={`${searchId}-title`} className="text-lg font-semibold">
            Timeline
          </h2>
          <div className="flex flex-wrap items-end gap-3">
            <SelectField
              quiet
              label="Data set"
              value={filters.account}
              options={[
                ['', 'All'],
                ...accounts.map((account): [string, string] => [
                  account.id,
                  `${account.dataset.title} (${account.unit})`,
                ]),
              ]}
              onChange={(account) => set({ account })}
            />
            <SelectField
              quiet
              label="Kind"
              value={filters.kind}
              options={[['', 'All'], ...(Object.entries(KIND_WORDS) as [string, string][])]}
              onChange={(kind) => set({ kind: kind as Filters['kind'] })}
            />
            <SelectField
              quiet
              label="Noise"
              value={filters.noise}
              options={[
                ['', 'All'],
                ['private', 'Private'],
                ['not-private', 'Not private'],
              ]}
              onChange={(noise) => set({ noise: noise as Filters['noise'] })}
            />
            <div className="grid min-w-40 grow gap-1">
              <label htmlFor={searchId} className="text-sm text-secondary">
                Search
              </label>
              <input
                id={searchId}
                type="search"
                value={filters.text}
                onChange={(event) => set({ text: event.target.value })}
                className="min-h-9 rounded-control border border-line bg-surface px-2 hover:border-line-strong"
              />
            </div>
          </div>
          <p className="text-sm text-secondary" role="status">
            {found.length === events.length
              ? `${events.length} events.`
              : `${found.length} of ${events.length} events.`}{' '}
            {compared.length === 1 ? 'Tick one more to compare the two.' : 'Tick two to compare them.'}
          </p>
        </header>
        <ol>
          {found.slice(0, shown).map((event) => {
            const account = accounts.find((candidate) => candidate.id === event.account);
            if (account === undefined) return null;
            return (
              <EventRow
                key={event.id}
                event={event}
                account={account}
                snapshot={snapshot}
                compared={compared.includes(event.id)}
                onCompare={() =>
                  setCompared(
                    compared.includes(event.id)
                      ? compared.filter((id) => id !== event.id)
                      : [...compared.slice(-1), event.id],
                  )
                }
              />
            );
          })}
        </ol>
        {found.length > shown ? (
          <div className="border-t border-line p-3">
            <Button small onClick={() => setShown(shown + 2 * PAGE)}>
              Show {Math.min(2 * PAGE, found.length - shown)} more
            </Button>
          </div>
        ) : null}
      </section>
    </div>
  );
}
