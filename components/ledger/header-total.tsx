'use client';

import { lazy, Suspense, useEffect, useState } from 'react';
import { QuietLink } from '@/components/site/quiet-link';
import { NAMES } from '@/lib/kept';
import type { Release } from '@/lib/runs/label';
import { WITNESS } from './witness-key';

// With what works out odds: only where something was charged.
const TurnedSmall = lazy(() => import('@/components/label/turned-small'));

/** What the header says: the data set that was charged last, and how many others there are. */
interface Said {
  title: string;
  epsilon: string;
  budget: string | null;
  others: number;
  /** Runs on the same data that ε does not cover. */
  unprotected: number;
  /** For its label. */
  release: Release;
}

/** Before it is read, the ledger has not been found empty. */
type Known = 'unread' | 'read' | 'failed';

const CHANNEL = NAMES.ledger;

/** Whether this browser has a ledger at all. Unknown counts as yes: then the ledger itself is asked. */
async function hasLedger(): Promise<boolean> {
  try {
    if (localStorage.getItem(WITNESS) !== null) return true;
    return (await indexedDB.databases()).some(({ name }) => name === CHANNEL);
  } catch {
    return true;
  }
}

/**
 * The running total, on every page. The ledger's own code is loaded only when the page is idle and there is something
 * to say: a browser that has never charged anything does not pay for it.
 */
export function HeaderTotal() {
  const [said, setSaid] = useState<Said | null>(null);
  const [known, setKnown] = useState<Known>('unread');
  /** What the total is more than: a history that is gone, charges that cannot be read. */
  const [beyond, setBeyond] = useState<{ lost: boolean; unknown: number }>({ lost: false, unknown: 0 });

  useEffect(() => {
    let ended = false;
    let unsubscribe = () => {};
    let loading = false;

    async function load() {
      if (loading || ended) return;
      loading = true;
      const [{ pageLedger, lostHistory }, { lastTotal, unknownCharges }] = await Promise.all([
        import('./use-ledger'),
        import('./last-total'),
      ]);
      const ledger = await pageLedger();
      if (ended) return;
      let waiting: ReturnType<typeof setTimeout> | undefined;
      const changed = () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => {
          const snapshot = ledger.snapshot();
          setSaid(lastTotal(snapshot));
          setBeyond({ lost: lostHistory() !== null, unknown: unknownCharges(snapshot, null) });
          setKnown('read');
        }, 250);
      };
      const stop = ledger.subscribe(changed);
      unsubscribe = () => {
        clearTimeout(waiting);
        stop();
      };
      changed();
    }

    const tryLoad = () =>
      load().catch(() => {
        loading = false;
        if (!ended) setKnown('failed');
      });

    let channel: BroadcastChannel | null = null;
    try {
      channel = new BroadcastChannel(CHANNEL);
      channel.onmessage = () => void tryLoad();
    } catch {
      // No channel here: the total shows after the next page load.
    }
    const idle = window.requestIdleCallback ?? ((work: () => void) => window.setTimeout(work, 1000));
    const handle = idle(() => void hasLedger().then((has) => (has ? tryLoad() : setKnown('read'))));
    return () => {
      ended = true;
      unsubscribe();
      channel?.close();
      (window.cancelIdleCallback ?? window.clearTimeout)(handle);
    };
  }, []);

  const spoken = spokenTotal(said, known);
  const more = [
    beyond.lost ? 'An earlier history is gone, so this is only a lower bound' : '',
    beyond.unknown > 0
      ? `Charges that cannot be read: ${beyond.unknown}, so this is only a lower bound. The ledger has them`
      : '',
  ].filter(Boolean);
  const label = [spoken, ...more].join('. ');
  return (
    <span className="flex items-center gap-1">
      <QuietLink
        href="/ledger/"
        aria-label={label}
        title={label}
        data-header-total={said?.epsilon ?? NOTHING_SAID[known]}
        className="rounded-control border border-line bg-surface px-2 py-1 text-sm tabular-nums hover:border-line-strong"
      >
        <span className="hidden max-w-[14ch] truncate align-bottom text-secondary lg:inline-block xl:max-w-[24ch]">
          {said === null ? '' : `${said.title}\u00a0`}
        </span>
        ε {more.length > 0 ? '≥ ' : ''}
        {said?.epsilon ?? NOTHING_SAID[known]}
        {said !== null && said.unprotected > 0 ? <span className="text-danger">+</span> : null}
        {said?.budget == null ? '' : <span className="text-secondary"> / {said.budget}</span>}
      </QuietLink>
      {said === null ? null : (
        <Suspense>
          <TurnedSmall release={said.release} />
        </Suspense>
      )}
    </span>
  );
}

const NOTHING_SAID: Readonly<Record<Known, string>> = { unread: '…', read: '0', failed: '?' };

function spokenTotal(said: Said | null, known: Known): string {
  if (known === 'failed') return 'Privacy ledger: it could not be read';
  if (known === 'unread') return 'Privacy ledger: not read yet';
  if (said === null) return 'Privacy ledger: nothing charged yet';
  const budget = said.budget === null ? '' : ` of ${said.budget}`;
  const unprotected =
    said.unprotected > 0
      ? `, by its private runs alone; not covered, for want of protecting noise: ${said.unprotected}`
      : '';
  const others = said.others > 0 ? `; and ${said.others} more data sets` : '';
  return `Privacy ledger: ${said.title} has spent epsilon ${said.epsilon}${budget}${unprotected}${others}`;
}
