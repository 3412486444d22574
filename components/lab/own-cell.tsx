'use client';

import { CodeRunner, type PutOut } from '@/components/code/code-runner';
import { EXERCISES } from '@/components/exercises/cells';
import type { OwnCell } from '@/lib/notebook/own/document';
import type { ShownByPlace } from '@/lib/notebook/own/shown';
import { findNotebookCell } from './cells';
import { earlierCode, earlierRun } from './earlier';
import { Tool } from './item';
import { SiteItem } from './site-item';
import { TextItem } from './text-item';
import type { Editing } from './use-editing';
import type { OwnNotebook } from './use-own-notebook';
import type { Runs } from './use-runs';

interface Placed {
  cell: OwnCell;
  at: number;
  editing: Editing;
}

export interface CellBodyProps extends Placed {
  act: OwnNotebook['act'];
  runs: Runs;
  everything: boolean;
  /** Hears what a code cell has put out. */
  onOutputs(place: string, put: PutOut): void;
  /** What was kept when the notebook was opened. */
  earlier: ShownByPlace;
}

/** What a cell of a notebook shows: text, code, or a cell of the site. */
export function CellBody({ cell, at, editing, act, runs, everything, onOutputs, earlier }: CellBodyProps) {
  const { id } = cell;
  const write = (text: string) => act({ type: 'write', id, text });
  switch (cell.kind) {
    case 'text':
      return (
        <TextItem
          text={cell.text}
          label={`Cell ${at + 1}`}
          editing={editing.open.has(id)}
          onText={write}
          onEdit={() => editing.edit(id, true)}
          onDone={() => editing.done(id)}
        />
      );
    case 'code':
      return (
        <CodeRunner
          id={`code-${id}`}
          title={cell.title ?? `Code ${at + 1}`}
          code={cell.code}
          onCode={write}
          original={null}
          stranger={cell.stranger ?? false}
          begins={editing.fresh.has(id) ? 'editing' : 'reading'}
          onRun={() => act({ type: 'trust', id })}
          onOutputs={(put) => onOutputs(id, put)}
          earlier={earlierCode(earlier, id, cell.code)}
        />
      );
    case 'cell':
      return (
        <SiteItem
          cell={cell}
          earlier={earlierRun(earlier, id, runs.rows)}
          wanted={everything || editing.fresh.has(id) || editing.sweeping.has(id)}
          allSettings={editing.allSettings.has(id)}
          sweep={editing.sweeping.has(id) ? runs : undefined}
          onSettings={(settings) => act({ type: 'set', id, settings })}
          onBegan={(settings) => runs.began(id, settings)}
          onEnded={(run) => runs.ended(id, run)}
          onFix={(fixed) => act({ type: 'fix', id, fixed })}
        />
      );
  }
}

/** The tools that only its kind of cell has. */
export function CellTools({ cell, at, editing, act }: Placed & Pick<OwnNotebook, 'act'>) {
  const { id } = cell;
  if (cell.kind === 'text') {
    const open = editing.open.has(id);
    return (
      <>
        <Tool
          label={`In an assignment, learners write in cell ${at + 1}`}
          aria-pressed={cell.answer ?? false}
          onClick={() => act({ type: 'ask', id, answer: !cell.answer })}
        >
          Answer
        </Tool>
        <Tool
          label={open ? `Done with cell ${at + 1}` : `Edit cell ${at + 1}`}
          onClick={() => (open ? editing.done(id) : editing.edit(id, true))}
        >
          {open ? 'Done' : 'Edit'}
        </Tool>
      </>
    );
  }
  const entry = cell.kind === 'cell' ? findNotebookCell(cell.cell) : undefined;
  // An exercise has nothing to set but its code.
  if (!entry || entry.lesson === EXERCISES) return null;
  const all = editing.allSettings.has(id);
  const sweeping = editing.sweeping.has(id);
  return (
    <>
      <Tool
        label={`Sweep a setting of cell ${at + 1}`}
        aria-pressed={sweeping}
        onClick={() => editing.showSweep(id, !sweeping)}
      >
        Sweep
      </Tool>
      <Tool
        label={`All settings of cell ${at + 1}`}
        icon="settings"
        aria-pressed={all}
        onClick={() => editing.showSettings(id, !all)}
      />
    </>
  );
}
