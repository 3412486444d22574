'use client';

import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import { useNear } from '@/components/ui/use-near';
import { emitGrade } from '@/lib/gradebook/events';
import { runKey } from '@/lib/notebook/run-key';
import { makeRunRecord, type RunRecord } from '@/lib/notebook/run-record';
import { IDLE, type RunSnapshot, SITE_VERSION, secondsLeft } from '@/lib/runtime';
import type { ExperimentHandle } from './contracts';
import { useNotebook, useNotebookState } from './notebook-provider';

export interface ExperimentOptions<Params> {
  /** Unique on its page; also the `id` of the cell's element, so that the run bar can find it. */
  cellId: string;
  /** As in `components/worker/experiments.ts`. */
  experimentId: string;
  /** Plain values, as JSON knows them. Large things go through `inputs`. */
  params: Params;
  /** `reactive` follows every change, the latest winning, once a reader is near; `on-run` (the default) waits for Run and shows *stale* meanwhile. */
  mode?: 'reactive' | 'on-run';
  /** Large values (a picture) that `params` name by key; each is sent to the worker once. */
  inputs?: readonly { key: string; value: unknown }[];
  /** False: nothing to run yet, e.g. no picture chosen. Default true. */
  enabled?: boolean;
}

const serverSnapshot = () => IDLE;

/** Once a second while a run lasts, so that its elapsed time moves even when it has nothing to report. */
function useClock(busy: boolean): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (!busy) return;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, [busy]);
  return now;
}

/** Runs an experiment in the worker of a cell. */
export function useExperiment<Params, Update, Result>(
  options: ExperimentOptions<Params>,
): ExperimentHandle<Params, Update, Result> {
  const { cellId, experimentId, params, mode = 'on-run', inputs, enabled = true } = options;
  const {
    slug,
    notebook,
    titleOf,
    runner: runnerOf,
    memory,
    runStarted,
    tickOff,
    elementId,
    runEnded,
    frozen,
  } = useNotebook();
  const title = titleOf(cellId);
  const runner = runnerOf(cellId);
  const snapshot: RunSnapshot = useSyncExternalStore(runner.subscribe, runner.snapshot, serverSnapshot);
  const ready = useNotebookState((state) => state.ready);
  const returns = useNotebookState((state) => state.returns);
  const near = useNear(elementId(cellId));

  const { state, step, total, charged } = snapshot;
  const busy = state === 'preparing' || state === 'running';
  const paramsKey = runKey(params);
  const inputsKey = (inputs ?? []).map((input) => input.key).join(' ');
  const stale = snapshot.ranWith !== null && runKey(snapshot.ranWith) !== paramsKey;
  const now = useClock(busy);

  // What a command will use when it is given, not what there was when it was made.
  const latest = useRef({ experimentId, params, inputs, enabled, mode });
  useEffect(() => {
    latest.current = { experimentId, params, inputs, enabled, mode };
  });

  const started = useRef(false);
  /** A run was somebody's deed. */
  const asked = useRef(false);
  /** The settings that the latest run began with, in words and as a link. */
  const began = useRef<{
    words: ReturnType<typeof notebook.changed>;
    every: ReturnType<typeof notebook.settings>;
    link: string;
  }>({ words: [], every: [], link: '' });
  const remember = useCallback(() => {
    began.current = { words: notebook.changed(), every: notebook.settings(), link: notebook.hash() };
  }, [notebook]);

  const commands = useMemo(() => {
    function runWith(chosen: Params) {
      const { experimentId: id, inputs: sent, enabled: may, mode: how } = latest.current;
      if (!may || frozen) return;
      if (how === 'on-run') runStarted();
      // What runs by itself when a page opens is nobody's deed; what follows a slider is.
      asked.current ||= how === 'on-run' || started.current;
      if (asked.current) {
        tickOff({ kind: 'cell', id: cellId });
        emitGrade({ type: 'progressed', kind: 'cell', id: cellId, text: title });
      }
      started.current = true;
      remember();
      runner.run({ id, params: chosen, inputs: sent ?? [] }, how === 'reactive');
    }
    return {
      run() {
        // What stands for an exact value still under way is not what is to run. Only then: it draws the page anew first.
        if (notebook.store.getState().provisional.length > 0) flushSync(() => notebook.finish());
        runWith(latest.current.params);
      },
      runWith,
      stop: () => runner.stop(),
      reset: () => runner.reset(),
      hold: (held: boolean) => runner.hold(held),
      restartOnNextBackend: () => runner.restartOnNextBackend(),
    };
  }, [notebook, runner, remember, runStarted, tickOff, frozen, cellId, title]);

  useEffect(
    () => notebook.addCell({ id: cellId, title }, { ...commands, runnable: mode === 'on-run' }),
    [notebook, cellId, title, mode, commands],
  );

  // A cell that goes takes its worker with it; what it showed is kept, should it come back.
  useEffect(() => () => runner.release(), [runner]);

  const left = busy ? secondsLeft(snapshot, Math.max(now, snapshot.phaseStartedAt ?? 0)) : null;
  useEffect(() => {
    notebook.updateCell(cellId, {
      follows: mode === 'reactive',
      state,
      stale,
      step,
      total,
      secondsLeft: left,
      charged,
    });
  }, [notebook, cellId, mode, state, stale, step, total, left, charged]);

  useEffect(() => {
    const { words: settings, every } = began.current;
    const ended = { cellId, title, follows: mode === 'reactive', settings, every, snapshot };
    // What was charged is told of a run that broke off, too.
    if ((state === 'stopped' || state === 'failed') && charged) runEnded(ended);
    if (state !== 'done') return;
    // What follows a slider is made anew after Back; a camera's frames would only push out the runs that take long.
    if (mode === 'on-run') memory.keep(cellId, snapshot.ranWith, snapshot);
    runEnded(ended);
    if (asked.current) emitGrade({ type: 'completed', kind: 'cell', id: cellId, text: title });
  }, [state, charged, snapshot, memory, runEnded, cellId, title, mode]);

  /** The settings that the page opened with: whoever changes them is near, wherever their eyes are. */
  const opened = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the keys stand for `params` and `inputs`
  useEffect(() => {
    if (!ready || !enabled || mode !== 'reactive') return;
    opened.current ??= paramsKey;
    if (near || started.current || opened.current !== paramsKey) commands.run();
  }, [ready, near, enabled, mode, experimentId, paramsKey, inputsKey, commands]);

  // After Back or Forward, the results of the run that one is back at.
  const returnedTo = useRef(0);
  useEffect(() => {
    if (returns === returnedTo.current) return;
    returnedTo.current = returns;
    const found = mode === 'on-run' ? memory.find(cellId, latest.current.params) : null;
    if (!found) return;
    remember();
    runner.recall(found);
  }, [returns, mode, memory, cellId, runner, remember]);

  const record = useCallback((): RunRecord | null => {
    const { state: at, ranWith, provenance, failure, updates, result } = runner.snapshot();
    if (ranWith === null) return null;
    return makeRunRecord({
      ...{ version: SITE_VERSION, lesson: slug, cell: cellId, title, experiment: experimentId },
      ...{ params: ranWith, state: at, provenance, failure, updates, result, link: began.current.link },
    });
  }, [runner, slug, cellId, title, experimentId]);

  return useMemo(() => {
    const updates = snapshot.updates as readonly Update[];
    const start = busy ? snapshot.waitingSince : snapshot.startedAt;
    const end = snapshot.endedAt ?? Math.max(now, start ?? 0);
    return {
      cellId,
      reactive: mode === 'reactive',
      state,
      stale,
      phase: snapshot.phase,
      step,
      total,
      label: snapshot.label,
      updates,
      latest: updates.at(-1) ?? null,
      result: snapshot.result as Result | null,
      ranWith: snapshot.ranWith as Params | null,
      failure: snapshot.failure,
      provenance: snapshot.provenance,
      backend: snapshot.backend,
      elapsedSeconds: start === null ? 0 : (end - start) / 1000,
      secondsLeft: left,
      record,
      ...commands,
    };
  }, [cellId, mode, snapshot, state, busy, stale, step, total, now, left, record, commands]);
}
