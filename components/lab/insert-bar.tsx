'use client';

import { Button } from '@/components/ui/button';
import { Icon } from './icons';

export type Kind = 'text' | 'code' | 'cell';

export interface InsertBarProps {
  /** "at the end", "after cell 2": said with each button. */
  where: string;
  /** Shown whether or not somebody points at it. */
  always: boolean;
  onAdd(kind: Kind): void;
}

const KINDS: readonly { kind: Kind; label: string }[] = [
  { kind: 'text', label: 'Text' },
  { kind: 'code', label: 'Code' },
  { kind: 'cell', label: 'Experiment' },
];

/** Where a new cell comes in. Between cells it shows when one points there, or comes by keyboard. */
export function InsertBar({ where, always, onAdd }: InsertBarProps) {
  return (
    <fieldset
      data-lab-tools
      className={`no-print flex flex-wrap items-center gap-1.5 ${
        always
          ? 'my-8 justify-center rounded-cell border border-dashed border-line-strong px-3 py-4'
          : 'absolute inset-x-0 -bottom-4 z-10 h-8 justify-center opacity-0 transition-opacity focus-within:opacity-100 group-hover:opacity-100 [@media(hover:none)]:static [@media(hover:none)]:mt-2 [@media(hover:none)]:h-auto [@media(hover:none)]:opacity-100'
      }`}
    >
      <legend className="sr-only">Add a cell {where}</legend>
      {KINDS.map(({ kind, label }) => (
        <Button
          key={kind}
          small
          onClick={() => onAdd(kind)}
          aria-label={`Add ${label.toLowerCase()} ${where}`}
          className={always ? '' : 'bg-raised shadow-(--shadow)'}
        >
          <Icon name="plus" />
          {label}
        </Button>
      ))}
    </fieldset>
  );
}
