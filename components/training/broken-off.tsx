'use client';

import { useEffect, useState } from 'react';
import { pageLedger } from '@/components/ledger/use-ledger';
import type { ExperimentHandle } from '@/components/notebook/contracts';
import { Button } from '@/components/ui/button';
import { type BrokenRun, brokenRuns, discardRun } from '@/lib/runs/broken-off';

interface BrokenOffProps<Params, Values extends object> {
  /** Where its checkpoints are. */
  database: string;
  handle: Pick<ExperimentHandle<Params, never, never>, 'state' | 'runWith'>;
  /** The settings of such a run, in the order in which to set them: the last decides what hangs together. */
  valuesOf(params: Params): Values;
  set(name: keyof Values & string, value: unknown): void;
  /** What has to be opened again before such a run can go on, in words; null where nothing is missing. */
  missing?(params: Params): string | null;
}

/** Offers to continue a run that broke off: its page was closed or crashed, or its GPU was lost. */
export function BrokenOff<Params extends { steps: number }, Values extends object>({
  database,
  handle: { state, runWith },
  valuesOf,
  set,
  missing = () => null,
}: BrokenOffProps<Params, Values>) {
  const [run, setRun] = useState<BrokenRun<Params> | null>(null);
  const [asked, setAsked] = useState(false);
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

  const wanted = missing(run.params);

  /** A run with the very settings it was started with goes on where it broke off. */
  function proceed({ params }: BrokenRun<Params>) {
    setAsked(true);
    if (wanted !== null) return;
    for (const [name, value] of Object.entries(valuesOf(params))) set(name as keyof Values & string, value);
    runWith(params);
  }

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
        <Button small look="primary" onClick={() => proceed(run)}>
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
      {asked && wanted !== null ? (
        <p role="alert" className="mt-2">
          {wanted}
        </p>
      ) : null}
    </div>
  );
}
