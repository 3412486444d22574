'use client';

import { useEffect, useRef } from 'react';
import { useNear } from '@/components/ui/use-near';
import { mayPrepare, whenAtRest } from '@/lib/notebook/prepare-ahead';
import { useNotebook, useNotebookState } from './notebook-provider';

/**
 * Lets the worker of a cell make something ready while its reader reads: once, when the cell is near, the page has nothing else to
 * do, and nothing speaks against it. A run may be asked for at any time.
 * @param params of the experiment that makes it ready; null while there is nothing to
 * @param ready hears when it is, and what that experiment found
 */
export function usePrepared(
  cellId: string,
  experimentId: string,
  params: unknown,
  ready: (result: unknown) => void = () => {},
): void {
  const { runner: runnerOf, elementId, frozen } = useNotebook();
  const runner = runnerOf(cellId);
  const near = useNear(elementId(cellId));
  const read = useNotebookState((state) => state.ready);
  const busy = useNotebookState(({ cells }) =>
    cells.some(({ state }) => state === 'preparing' || state === 'running'),
  );
  const wanted = useRef(params);
  const heard = useRef(ready);
  const prepared = useRef(false);
  useEffect(() => {
    wanted.current = params;
    heard.current = ready;
  });
  useEffect(() => {
    if (!near || !read || busy || frozen || prepared.current || !mayPrepare(navigator)) return;
    return whenAtRest(window, () => {
      if (wanted.current === null || prepared.current) return;
      prepared.current = true;
      runner.prepare({ id: experimentId, params: wanted.current }, (result) => heard.current(result));
    });
  }, [near, read, busy, frozen, runner, experimentId]);
}
