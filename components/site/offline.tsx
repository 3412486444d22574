'use client';

import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { keepQuietly } from './keep-quietly';
import { isRunning } from './running';
import { registerServiceWorker, takeOver } from './service-worker';

/**
 * Makes the site usable without a network, and says when a newer version waits. It is never put in place by itself: a run
 * that is under way would be lost with its page.
 */
export function Offline() {
  const [waiting, setWaiting] = useState<ServiceWorker | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    const left = new AbortController();
    void registerServiceWorker((worker) => !left.signal.aborted && setWaiting(worker)).then((ready) => {
      if (ready) void keepQuietly(left.signal);
    });
    return () => left.abort();
  }, []);

  useEffect(() => {
    if (!waiting) return;
    const look = () => setBusy(isRunning());
    look();
    const timer = setInterval(look, 1000);
    return () => clearInterval(timer);
  }, [waiting]);

  if (!waiting) return null;
  return (
    <div
      role="status"
      className="no-print fixed right-3 bottom-3 left-3 z-40 mx-auto flex max-w-[32rem] flex-wrap items-center gap-3 rounded-cell border border-line-strong bg-raised p-3 text-sm shadow-(--shadow)"
    >
      <span className="mr-auto">
        A new version of this site is ready{busy ? '; it can wait until your run is done' : ''}.
      </span>
      <Button small look="quiet" onClick={() => setWaiting(null)}>
        Later
      </Button>
      <Button small look="primary" disabled={busy} onClick={() => takeOver(waiting, isRunning)}>
        Reload
      </Button>
    </div>
  );
}
