'use client';

import { useEffect, useRef } from 'react';
import { useNear } from '@/components/ui/use-near';
import { mayPrepare, whenAtRest } from '@/lib/notebook/prepare-ahead';
import { useNotebook, useNotebookState } from './notebook-provider';

/**
 * Lets the worker of a cell make something ready while its reader reads: once, when the cell is near, the page has nothing else to
 * do, and nothing speaks against it. A run may be asked for at any time.
 * @param params of the experiment that makes it ready; null while there is nothing to
 */
export function usePrepared(cellId: string, experimentId: string, params: unknown): void {
  const { runner: runnerOf, elementId, frozen } = useNotebook();
  const runner = runnerOf(cellId);
  const near = useNear(elementId(cellId));
  const ready = useNotebookState((state) => state.ready);
  const busy = useNotebookState(({ cells }) =>
    cells.some(({ state }) => state === 'preparing' || state === 'running'),
  );
  const wanted = useRef(params);
  const prepared = useRef(false);
  useEffect(() => {
    wanted.current = params;
  });
  useEffect(() => {
    if (!near || !ready || busy || frozen || prepared.current || !mayPrepare(navigator)) return;
    return whenAtRest(window, () => {
      if (wanted.current === null || prepared.current) return;
      prepared.current = true;
      runner.prepare({ id: experimentId, params: wanted.current });
    });
  }, [near, ready, busy, frozen, runner, experimentId]);
}
