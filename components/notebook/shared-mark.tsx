'use client';

import { usePopover } from '@/components/ui/use-popover';
import { formatValue, type Parameter, type ParameterValue } from '@/lib/notebook';
import { useNotebook, useNotebookState } from './notebook-provider';
import { useCellAround } from './settings-of-cell';

interface SharedMarkProps {
  name: string;
  parameter: Parameter;
  value: ParameterValue;
}

/** Says of a setting that other cells of the page have it too, and which of them moved it last. Nothing where there is none. */
export function SharedMark({ name, parameter, value }: SharedMarkProps) {
  const { titleOf } = useNotebook();
  const cell = useCellAround();
  const { opener, popover } = usePopover<HTMLDivElement>();
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
  if (cell === null || others.length === 0) return null;
  const elsewhere = movedBy !== null && movedBy !== cell ? titleOf(movedBy) : null;
  const { label } = parameter;
  return (
    <>
      <button
        type="button"
        {...opener}
        data-shared-setting
        aria-label={`${label} is shared by ${others.length + 1} cells here`}
        title={`${label} is shared by ${others.length + 1} cells here`}
        className="grid h-6 w-6 shrink-0 place-items-center rounded-full border border-line text-secondary hover:border-line-strong hover:text-text"
      >
        <svg
          viewBox="0 0 16 16"
          width="12"
          height="12"
          aria-hidden="true"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
        >
          <path d="M6.5 9.5a3 3 0 0 0 4.2 0l2.4-2.4a3 3 0 0 0-4.2-4.2l-.9.9M9.5 6.5a3 3 0 0 0-4.2 0L2.9 8.9a3 3 0 0 0 4.2 4.2l.9-.9" />
        </svg>
      </button>
      <div
        {...popover}
        className="help-popover rounded-cell border border-line bg-raised p-3 text-sm text-text shadow-(--shadow)"
      >
        Moved here, {label} moves in these cells too: {others.map(titleOf).join(', ')}.
      </div>
      {elsewhere === null ? null : (
        <span data-moved-elsewhere className="text-sm text-secondary">
          set to {formatValue(parameter, value)} in “{elsewhere}”
        </span>
      )}
    </>
  );
}
