'use client';

import { useEffect, useState } from 'react';
import { QuietLink } from '@/components/site/quiet-link';
import { WITNESS } from './witness-key';

/** What the header says: the data set that was charged last, and how many others there are. */
interface Said {
  title: string;
  epsilon: string;
  budget: string | null;
  others: number;
  /** Runs on the same data that ε does not cover. */
  unprotected: number;
}

const CHANNEL = 'epsilon-ledger';

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
  const [lost, setLost] = useState(false);

  useEffect(() => {
    let ended = false;
    let unsubscribe = () => {};
    let loading = false;

    async function load() {
      if (loading || ended) return;
      loading = true;
      const [{ pageLedger, lostHistory }, { lastTotal }] = await Promise.all([
        import('./use-ledger'),
        import('./last-total'),
      ]);
      const ledger = await pageLedger();
      if (ended) return;
      let waiting: ReturnType<typeof setTimeout> | undefined;
      const changed = () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => {
          setSaid(lastTotal(ledger.snapshot()));
          setLost(lostHistory() !== null);
        }, 250);
      };
      const stop = ledger.subscribe(changed);
      unsubscribe = () => {
        clearTimeout(waiting);
        stop();
      };
      changed();
    }

    let channel: BroadcastChannel | null = null;
    try {
      channel = new BroadcastChannel(CHANNEL);
      channel.onmessage = () => void load();
    } catch {
      // No channel here: the total shows after the next page load.
    }
    const idle = window.requestIdleCallback ?? ((work: () => void) => window.setTimeout(work, 1000));
    const handle = idle(() => void hasLedger().then((has) => (has ? load() : undefined)));
    return () => {
      ended = true;
      unsubscribe();
      channel?.close();
      (window.cancelIdleCallback ?? window.clearTimeout)(handle);
    };
  }, []);

  const spoken =
    said === null
      ? 'Privacy ledger: nothing charged yet'
      : `Privacy ledger: ${said.title} has spent epsilon ${said.epsilon}${said.budget === null ? '' : ` of ${said.budget}`}${
          said.unprotected > 0
            ? `, by its private runs alone; not covered, for want of protecting noise: ${said.unprotected}`
            : ''
        }${said.others > 0 ? `; and ${said.others} more data sets` : ''}`;
  return (
    <QuietLink
      href="/ledger/"
      aria-label={lost ? `${spoken}. An earlier history is gone, so this is only a lower bound` : spoken}
      title={spoken}
      data-header-total={said?.epsilon ?? '0'}
      className="rounded-control border border-line bg-surface px-2 py-1 text-sm tabular-nums hover:border-line-strong"
    >
      <span className="hidden max-w-[14ch] truncate align-bottom text-secondary lg:inline-block">
        {said === null ? '' : `${said.title}\u00a0`}
      </span>
      ε {lost ? '≥ ' : ''}
      {said?.epsilon ?? '0'}
      {said !== null && said.unprotected > 0 ? <span className="text-danger">+</span> : null}
      {said?.budget == null ? '' : <span className="text-secondary"> / {said.budget}</span>}
    </QuietLink>
  );
}
