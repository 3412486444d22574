'use client';

import Link from 'next/link';
import { lazy, Suspense } from 'react';
import { useLedger, useLedgerFailure } from './use-ledger';

// With the arithmetic of the ledger, which is loaded once there is an account.
const AccountCard = lazy(async () => ({ default: (await import('./account-card')).AccountCard }));

/** The account of one data set, or a line that it has none yet. For lessons. */
export function AccountPanel({ dataset, nothing }: { dataset: string; nothing: string }) {
  const view = useLedger();
  const failure = useLedgerFailure();
  const account = view?.snapshot.accounts.find((candidate) => candidate.dataset.hash === dataset);
  return (
    <div className="not-prose my-6 grid gap-2">
      {view === null || account === undefined ? (
        <p className="rounded-cell border border-dashed border-line-strong px-5 py-8 text-center text-secondary">
          {view !== null
            ? nothing
            : failure === null
              ? 'Reading the ledger of this browser …'
              : `The ledger of this browser could not be opened: ${failure}`}
        </p>
      ) : (
        <Suspense fallback={null}>
          <AccountCard account={account} snapshot={view.snapshot} />
        </Suspense>
      )}
      <p className="text-sm">
        <Link href="/ledger/" className="text-accent underline underline-offset-2">
          Open the whole ledger
        </Link>
      </p>
    </div>
  );
}
