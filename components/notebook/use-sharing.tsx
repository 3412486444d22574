'use client';

import type { ReactNode } from 'react';
import { formatValue, type Parameter, type ParameterValue } from '@/lib/notebook';
import { useNotebook, useNotebookState } from './notebook-provider';
import { useCellAround } from './settings-of-cell';

export interface Sharing {
  /** That other cells of the page have the setting too; null where there is none. */
  shared: string | null;
  /** Which of them moved it last; null where it was moved here. */
  mark: ReactNode;
}

/** What is said of a setting that other cells of the page have too. */
export function useSharing(name: string, parameter: Parameter, value: ParameterValue): Sharing {
  const { titleOf } = useNotebook();
  const cell = useCellAround();
  // One string, so that the same is the same.
  const ids = useNotebookState(({ settingsOf }) =>
    settingsOf
      .filter(({ cellId, names }) => cellId !== cell && names.includes(name))
      .map(({ cellId }) => cellId)
      .join(' '),
  );
  const movedBy = useNotebookState(({ moved }) =>
    Object.hasOwn(moved, name) && moved[name]!.value === value ? moved[name]!.cellId : null,
  );
  const others = [...new Set(ids.split(' ').filter(Boolean))];
  if (cell === null || others.length === 0) return { shared: null, mark: null };
  const { label } = parameter;
  return {
    shared: `Shared by ${others.length + 1} cells here: moved in this one, ${label} moves too in ${others.map(titleOf).join(', ')}.`,
    mark:
      movedBy === null || movedBy === cell ? null : (
        <span data-moved-elsewhere className="text-sm text-secondary">
          set to {formatValue(parameter, value)} in “{titleOf(movedBy)}”
        </span>
      ),
  };
}
