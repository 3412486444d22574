'use client';

import Link from 'next/link';
import { useEffect } from 'react';
import { Button } from '@/components/ui/button';
import { plural } from '@/components/ui/format';
import type { LedgerSnapshot, Witness } from '@/lib/ledger';
import { AccountCard } from './account-card';
import { SetAside } from './set-aside';
import { Timeline } from './timeline';
import { saveLedger, Transfer } from './transfer';
import { pageLedger, useLedger, useLedgerFailure } from './use-ledger';
import { formatDelta, formatEpsilon, formatTime, statusInWords } from './words';

function Status({ snapshot }: { snapshot: LedgerSnapshot }) {
  const words = statusInWords(snapshot.status);
  if (words === null) return null;
  return (
    <p role="alert" className="rounded-control border border-line bg-note-soft px-4 py-3">
      {words}
    </p>
  );
}

/** Said for as long as it is true: what was cleared cannot be counted, and was released all the same. */
function Lost({ lost }: { lost: Witness['lost'] }) {
  if (lost === null) return null;
  return (
    <p role="alert" data-ledger-lost className="rounded-control border border-line bg-note-soft px-4 py-3">
      <strong>A history is gone.</strong> This browser had a ledger since {formatTime(lost.since)} with{' '}
      {plural(lost.charges, 'charge')}, and its database was cleared. Clearing it gave no privacy back: what
      those runs released stays released, so every total here is only a lower bound. If you exported that
      ledger, import the file below.
    </p>
  );
}

function Empty({ lost }: { lost: boolean }) {
  return (
    <section className="grid justify-items-center gap-3 rounded-cell border border-dashed border-line-strong px-6 py-14 text-center">
      <h2 className="text-lg font-semibold">
        {lost ? 'Nothing is left of what was charged' : 'Nothing has been charged yet'}
      </h2>
      <p className="max-w-[52ch] text-secondary">
        Train a model privately or ask a data set a question, and it appears here before it runs: what it
        costs, and what is left. It will still be here tomorrow.
      </p>
      <p className="flex flex-wrap justify-center gap-3">
        <Link
          href="/lessons/a-budget-across-runs/"
          className="inline-flex min-h-10 items-center rounded-control bg-accent px-4 font-medium text-on-accent hover:brightness-110"
        >
          Ask a first question
        </Link>
        <Link
          href="/lessons/training-with-dp-sgd/"
          className="inline-flex min-h-10 items-center rounded-control border border-line px-4 font-medium hover:border-line-strong"
        >
          Train with DP-SGD
        </Link>
      </p>
    </section>
  );
}

function Forgotten({ snapshot }: { snapshot: LedgerSnapshot }) {
  if (snapshot.tombstones.length === 0) return null;
  return (
    <details className="text-sm text-secondary">
      <summary>Forgotten data sets</summary>
      <ul className="mt-1 grid gap-1">
        {snapshot.tombstones.map((tombstone) => (
          <li key={tombstone.id}>
            {tombstone.title}, {formatTime(tombstone.at)}: ε ={' '}
            {tombstone.epsilon === null ? 'without bound' : formatEpsilon(tombstone.epsilon)} at δ ={' '}
            {formatDelta(tombstone.delta)} had been spent. It still is.
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What fails here is told by the view. */
const refresh = () =>
  pageLedger()
    .then((ledger) => ledger.refresh())
    .catch(() => {});

/** The whole ledger of this browser. */
export function LedgerView() {
  const view = useLedger();
  const failure = useLedgerFailure();
  // Looking at the page is the moment to find out which runs have died since.
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) void refresh();
    }, 15_000);
    return () => clearInterval(timer);
  }, []);

  if (view === null && failure !== null)
    return (
      <p
        role="alert"
        className="rounded-cell border border-danger bg-danger-soft px-5 py-4"
        data-ledger="failed"
      >
        The ledger of this browser could not be opened: {failure} What was spent is not gone. Reload the page
        to try again.
      </p>
    );
  if (view === null)
    return (
      <p
        className="rounded-cell border border-line bg-surface px-5 py-14 text-center text-secondary"
        data-ledger="loading"
      >
        Reading the ledger of this browser …
      </p>
    );
  const { snapshot, lost } = view;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5" data-ledger="ready">
      <Status snapshot={snapshot} />
      <Lost lost={lost} />
      <SetAside snapshot={snapshot} />
      {snapshot.accounts.length === 0 ? (
        <Empty lost={lost !== null || snapshot.damaged.length > 0} />
      ) : (
        <>
          <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 xl:grid-cols-2">
            {snapshot.accounts.map((account) => {
              const named = { id: account.id, title: account.dataset.title };
              return (
                <AccountCard
                  key={account.id}
                  account={account}
                  snapshot={snapshot}
                  actions={
                    <>
                      <Button small look="quiet" onClick={() => void saveLedger(snapshot, 'json', named)}>
                        Export JSON
                      </Button>
                      <Button small look="quiet" onClick={() => void saveLedger(snapshot, 'csv', named)}>
                        Export CSV
                      </Button>
                    </>
                  }
                />
              );
            })}
          </div>
          <Timeline snapshot={snapshot} />
        </>
      )}
      <Transfer snapshot={snapshot} />
      <p className="text-sm text-secondary">
        This ledger began on {formatTime(snapshot.since)} and knows of nothing earlier.
      </p>
      <Forgotten snapshot={snapshot} />
    </div>
  );
}
