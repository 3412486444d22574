'use client';

import { formatValue, type Parameter, type ParameterValue } from '@/lib/notebook';
import { useNotebook, useNotebookState } from './notebook-provider';
import { useCellAround } from './settings-of-cell';

/** The other cells of the page that have a setting, by their ids. */
function useOthers(name: string, cell: string | null): readonly string[] {
  // One string, so that the same is the same.
  const ids = useNotebookState(({ settingsOf }) =>
    settingsOf
      .filter(({ cellId, names }) => cellId !== cell && names.includes(name))
      .map(({ cellId }) => cellId)
      .join(' '),
  );
  return cell === null ? [] : [...new Set(ids.split(' ').filter(Boolean))];
}

/** Says of a setting that other cells of the page have it too; null where there is none. */
export function useShared(name: string, { label }: Parameter): string | null {
  const { titleOf } = useNotebook();
  const others = useOthers(name, useCellAround());
  return others.length === 0
    ? null
    : `Shared by ${others.length + 1} cells here: moved in this one, ${label} moves too in ${others.map(titleOf).join(', ')}.`;
}

interface MovedElsewhereProps {
  name: string;
  parameter: Parameter;
  value: ParameterValue;
}

/** Says of a shared setting which other cell moved it last. */
export function MovedElsewhere({ name, parameter, value }: MovedElsewhereProps) {
  const { titleOf } = useNotebook();
  const cell = useCellAround();
  const others = useOthers(name, cell);
  const movedBy = useNotebookState(({ moved }) =>
    Object.hasOwn(moved, name) && moved[name]!.value === value ? moved[name]!.cellId : null,
  );
  if (others.length === 0 || movedBy === null || movedBy === cell) return null;
  return (
    <span data-moved-elsewhere className="text-sm text-secondary">
      set to {formatValue(parameter, value)} in “{titleOf(movedBy)}”
    </span>
  );
}
