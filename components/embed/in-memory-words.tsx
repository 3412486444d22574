'use client';

import { useLedger } from '@/components/ledger/use-ledger';

/** Loaded only where it is needed: it opens the ledger, which hears of every charge on this page. */
export default function InMemoryWords() {
  const view = useLedger();
  if (view === null || view.snapshot.status.durable) return null;
  return (
    <p
      role="note"
      data-counts-in-memory
      className="mb-2 rounded-control border border-line bg-note-soft px-3 py-2 text-sm"
    >
      This browser lets a frame of this site store nothing here. What private runs cost is counted in memory,
      and forgotten when this page is closed. Open the full lesson to keep the count.
    </p>
  );
}
