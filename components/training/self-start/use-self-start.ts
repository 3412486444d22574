'use client';

/**
 * A run that starts when its slider is let go, where this machine has shown that it takes no longer than one waits for; elsewhere, and
 * where the reader has switched that off, it waits for Run. For any cell whose runs are short:
 *
 *     const zone = useRef<HTMLDivElement>(null);
 *     const start = useSelfStart({ handle, zone, kind: 'train-mnist softmax', work: params.steps * params.expectedBatchSize, workOf });
 *     …
 *     <div ref={zone}><ParameterPanel {...panel} only={['epsilon']} /></div>
 *     <SelfStartLine {...start} />
 *
 * It starts what Run starts, so it is charged, refused and shown as that is.
 */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { ExperimentHandle } from '@/components/notebook/contracts';
import { useNotebook } from '@/components/notebook/notebook-provider';
import { type Pace, paceOf, promisedSeconds, rememberPreparation, rememberRun } from '@/lib/runtime/run-pace';
import { useMayStart } from './preference';
import { startsByItself } from './starts-by-itself';
import { useRelease } from './use-release';

export interface SelfStartOptions<Params, Update, Result> {
  handle: ExperimentHandle<Params, Update, Result>;
  /** The element that the slider stands in. */
  zone: RefObject<HTMLElement | null>;
  /** Of the runs: those of one kind take the same time for the same work, and need the same to be ready. */
  kind: string;
  /** How much there is to do with these settings, in units of one's own choice. */
  workOf(params: Params): number;
  /** The settings on the screen. */
  params: Params;
  /** Whether a run that is done took the time of a whole one: not one that was refused, or that went on from a checkpoint. */
  whole(result: Result): boolean;
  /** Somebody takes hold of the slider. */
  touched?(): void;
}

export interface SelfStart {
  /** Promised of the next run; null while nothing is known. */
  seconds: number | null;
  /** The reader's switch. */
  on: boolean;
  /** To be told when the worker has been made ready ahead of a run. @param secondsPerUnit that it found on the way, if it did */
  prepared(secondsPerUnit: number | null): void;
}

export function useSelfStart<Params, Update, Result>({
  handle,
  zone,
  kind,
  workOf,
  params,
  whole,
  touched,
}: SelfStartOptions<Params, Update, Result>): SelfStart {
  const { runner: runnerOf, frozen } = useNotebook();
  const runner = runnerOf(handle.cellId);
  const on = useMayStart();
  /** What is ready in the worker, if that still lives. */
  const ready = useRef<string | null>(null);
  const [pace, setPace] = useState<Pace | null>(null);
  const look = useCallback(() => setPace(paceOf(kind)), [kind]);
  useEffect(look, [look]);
  useWatch({ handle, kind, workOf, whole, ready, warm: () => runner.warm, look });

  const promise = () => pace && promisedSeconds(pace, workOf(params), runner.warm && ready.current === kind);
  useRelease(
    zone,
    () => {
      const changed = handle.stale || handle.ranWith === null;
      if (!frozen && startsByItself({ on, seconds: promise(), changed })) handle.run();
    },
    touched,
  );

  const prepared = useCallback(
    (secondsPerUnit: number | null) => {
      ready.current = kind;
      // What real runs have shown is better.
      if (secondsPerUnit !== null && paceOf(kind).perUnit.length === 0) rememberRun(kind, secondsPerUnit);
      look();
    },
    [kind, look],
  );
  return { seconds: promise(), on, prepared };
}

interface Watch<Params, Result>
  extends Pick<SelfStartOptions<Params, never, Result>, 'kind' | 'workOf' | 'whole'> {
  handle: Pick<ExperimentHandle<Params, unknown, Result>, 'state' | 'ranWith' | 'result'>;
  ready: RefObject<string | null>;
  warm(): boolean;
  look(): void;
}

/** Measures every run: how long until its first step, and how long from there to its end. */
function useWatch<Params, Result>(watch: Watch<Params, Result>): void {
  const latest = useRef(watch);
  useEffect(() => {
    latest.current = watch;
  });
  const times = useRef<{ begun: number | null; running: number | null; cold: boolean }>({
    begun: null,
    running: null,
    cold: false,
  });
  const { state } = watch.handle;
  useEffect(() => {
    const { handle, kind, workOf, whole, ready, warm, look } = latest.current;
    const now = performance.now();
    const own = times.current;
    if (state === 'preparing')
      times.current = { begun: now, running: null, cold: !warm() || ready.current !== kind };
    if (state === 'running' && own.running === null) {
      if (own.begun !== null && own.cold) rememberPreparation(kind, (now - own.begun) / 1000);
      own.running = now;
      ready.current = kind;
    }
    if (state === 'done' && own.running !== null) {
      const { ranWith, result } = handle;
      const seen = !document.hidden;
      if (seen && ranWith !== null && result !== null && whole(result))
        rememberRun(kind, (now - own.running) / 1000 / workOf(ranWith));
    }
    if (state === 'done' || state === 'stopped' || state === 'failed') {
      times.current = { begun: null, running: null, cold: false };
      look();
    }
  }, [state]);
}
