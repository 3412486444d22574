'use client';

import { useEffect, useState } from 'react';
import { pageLedger } from '@/components/ledger/use-ledger';
import { Button } from '@/components/ui/button';
import { type BrokenRun, brokenRuns, discardRun } from '@/lib/runs/broken-off';

/** Offers to continue a run that broke off: its page was closed or crashed, or its GPU was lost. */
export function BrokenOff<Params extends { steps: number }>({
  database,
  state,
  onContinue,
}: {
  /** Where its checkpoints are. */
  database: string;
  state: string;
  onContinue(run: BrokenRun<Params>): void;
}) {
  const [run, setRun] = useState<BrokenRun<Params> | null>(null);
  const busy = state === 'preparing' || state === 'running';
  useEffect(() => {
    if (busy) return setRun(null);
    let current = true;
    const look = async () => {
      const found = await brokenRuns<Params>(await pageLedger(), database).catch(() => []);
      if (current) setRun(found[0] ?? null);
    };
    void look();
    // The lock of a worker that was ended is freed a moment later.
    const again = state === 'failed' ? setTimeout(look, 1500) : undefined;
    return () => {
      current = false;
      clearTimeout(again);
    };
  }, [busy, state, database]);
  if (run === null || busy) return null;
  return (
    <div role="status" data-broken-off className="rounded-control border border-line-strong px-4 py-3">
      <p>
        A run broke off. Its checkpoint holds {run.step} of {run.params.steps} steps, and the ledger keeps all
        of it charged.
        {run.repeated > 0
          ? ` Up to ${run.repeated} steps after it are drawn anew and paid for again.`
          : ' Nothing is paid for twice.'}
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button small look="primary" onClick={() => onContinue(run)}>
          Continue the run from step {run.step}
        </Button>
        <Button
          small
          onClick={async () => {
            await discardRun(await pageLedger(), database, run);
            setRun(null);
          }}
        >
          Discard
        </Button>
      </div>
    </div>
  );
}
