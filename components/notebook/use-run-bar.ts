'use client';

import { useMemo } from 'react';
import type { CellEntry } from '@/lib/notebook/page/state';
import { useNotebook, useNotebookState } from './notebook-provider';

export interface RunBar {
  /** In page order. */
  cells: readonly CellEntry[];
  /** Those that run now because somebody pressed Run. */
  active: readonly CellEntry[];
  /** Several run, or are still to come: one Stop is for all. */
  several: boolean;
  stopAll(): void;
}

/** Cells in the order of their elements (`id` = cell id); those without an element as they came. */
export function inPageOrder<T extends { id: string }>(cells: readonly T[]): T[] {
  const elements = new Map(cells.map(({ id }) => [id, document.getElementById(id)]));
  return [...cells].sort((a, b) => {
    const [first, second] = [elements.get(a.id), elements.get(b.id)];
    if (!first || !second) return 0;
    return first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
  });
}

export function useRunBar(): RunBar {
  const { notebook } = useNotebook();
  const entries = useNotebookState((state) => state.cells);
  const queued = useNotebookState((state) => state.queued);
  return useMemo(() => {
    const cells = typeof document === 'undefined' ? [...entries] : inPageOrder(entries);
    const active = cells.filter(
      ({ follows, state }) => !follows && (state === 'preparing' || state === 'running'),
    );
    return {
      cells,
      active,
      several: active.length + queued > 1,
      stopAll: () => notebook.stopAll(),
    };
  }, [entries, queued, notebook]);
}
