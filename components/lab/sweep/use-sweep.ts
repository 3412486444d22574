'use client';

import { useEffect, useRef, useState } from 'react';
import { useNotebook, useNotebookState } from '@/components/notebook/notebook-provider';
import type { PlannedCharge } from '@/components/notebook/planned-charges';
import { type SweepEnd, sweepOver } from '@/lib/notebook/own/sweep';
import type { ParameterSet, ParameterValue } from '@/lib/notebook/parameters';
import { runKey } from '@/lib/notebook/run-key';
import type { Runs } from '../use-runs';
import { chargesAt, type Driven, runAt } from './drive-cell';

/** What is swept. */
export interface Plan {
  set: ParameterSet;
  name: string;
  values: readonly ParameterValue[];
  /** Set for all runs: seeded noise, where seeds are swept. */
  also: readonly { set: ParameterSet; name: string; value: ParameterValue }[];
}

export type SweepState =
  | { kind: 'idle' }
  | { kind: 'pricing' }
  /** The price is told, one list of charges a value, and holds as long as nothing else is moved. */
  | { kind: 'priced'; plan: Plan; charges: readonly (readonly PlannedCharge[])[]; standing: string }
  | { kind: 'running'; at: number; of: number; value: ParameterValue }
  | { kind: 'over'; end: SweepEnd; of: number };

/** Milliseconds within which a run that is done has its row. */
const ROW_WITHIN_MS = 3000;

/**
 * Sweeps a setting of a live cell. Its settings are afterwards as they were.
 * @param cellId of the site
 * @param place of the cell in the notebook
 */
export function useSweep(cellId: string, place: string, runs: Pick<Runs, 'rowOf' | 'hold'>) {
  const { notebook, runner, planned } = useNotebook();
  const values = useNotebookState((now) => now.values);
  const [known, setState] = useState<SweepState>({ kind: 'idle' });
  // A price of other settings is none.
  const state: SweepState =
    known.kind === 'priced' && known.standing !== runKey(values) ? { kind: 'idle' } : known;
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const cell = (): Driven => ({ notebook, runner: runner(cellId), cellId, planned });
  const follows = () => notebook.store.getState().cells.find(({ id }) => id === cellId)?.follows ?? false;

  /** Does something with the settings and puts them back, whatever came of it. */
  async function withSettings(plan: Plan, work: (signal: AbortSignal) => Promise<void>) {
    abort.current?.abort();
    const mine = new AbortController();
    abort.current = mine;
    const before = notebook.snapshot();
    try {
      for (const { set, name, value } of plan.also) notebook.set(set, name, value);
      await work(mine.signal);
    } finally {
      notebook.restore(before);
    }
  }

  /** A cell that follows its sliders charges nothing, and would run at every value: it is not asked. */
  async function price(plan: Plan) {
    let charges: readonly (readonly PlannedCharge[])[] = plan.values.map(() => []);
    let whole = true;
    if (!follows()) {
      setState({ kind: 'pricing' });
      await withSettings(plan, async (signal) => {
        charges = await chargesAt(cell(), plan, plan.values, signal);
        whole = !signal.aborted;
      });
    }
    setState(
      whole ? { kind: 'priced', plan, charges, standing: runKey(notebook.snapshot()) } : { kind: 'idle' },
    );
  }

  async function keepRow(finishedAt: string) {
    const until = performance.now() + ROW_WITHIN_MS;
    let row = runs.rowOf(place, finishedAt);
    while (!row && performance.now() < until) {
      await new Promise((resume) => setTimeout(resume, 30));
      row = runs.rowOf(place, finishedAt);
    }
    // The next run of a cell that follows its sliders would take its row.
    if (row?.follows) runs.hold(row.id);
  }

  async function start(plan: Plan, charges: readonly (readonly PlannedCharge[])[]) {
    const { values } = plan;
    await withSettings(plan, async (signal) => {
      const end = await sweepOver(
        values,
        async (value, at) => {
          setState({ kind: 'running', at, of: values.length, value });
          const ran = await runAt(cell(), plan, value, signal);
          if (ran.finishedAt !== null) await keepRow(ran.finishedAt);
          return ran;
        },
        { signal, priced: (at) => (charges[at]?.length ?? 0) > 0 },
      );
      setState({ kind: 'over', end, of: values.length });
    });
  }

  return {
    state,
    price,
    start,
    stop: () => abort.current?.abort(),
    clear: () => {
      abort.current?.abort();
      setState({ kind: 'idle' });
    },
  };
}
