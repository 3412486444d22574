'use client';

import { useMemo } from 'react';
import type { CellEntry } from '@/lib/notebook/page/state';
import { useNotebook, useNotebookState } from './notebook-provider';

export interface RunBar {
  /** In page order. */
  cells: readonly CellEntry[];
  /** Those that run now. */
  active: readonly CellEntry[];
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
  return useMemo(() => {
    const cells = typeof document === 'undefined' ? [...entries] : inPageOrder(entries);
    return {
      cells,
      active: cells.filter(({ state }) => state === 'preparing' || state === 'running'),
      stopAll: () => notebook.stopAll(),
    };
  }, [entries, notebook]);
}
