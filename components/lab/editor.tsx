'use client';

import { useEffect, useState } from 'react';
import { LiveRegion } from '@/components/notebook/live-region';
import { NotebookProvider } from '@/components/notebook/notebook-provider';
import { PageTools } from '@/components/notebook/page-tools';
import { RunBar } from '@/components/notebook/run-bar';
import { Button } from '@/components/ui/button';
import { LIMITS } from '@/lib/notebook/own/document';
import { PlaceAddress } from '@/lib/notebook/own/place-address';
import type { Kept, Shelf } from '@/lib/notebook/own/shelf';
import { AssignButton } from './assignment/assign';
import { CellPicker } from './cell-picker';
import { NOTEBOOK_TITLES } from './cells';
import { ExportMenu } from './export-menu';
import { InsertBar } from './insert-bar';
import { Item } from './item';
import { Keys } from './keys';
import { CellBody, type CellBodyProps, CellTools } from './own-cell';
import { PrintedFrom } from './printed-from';
import { RunLabels } from './run-labels';
import { RunTable } from './run-table';
import { SavedLine } from './saved-line';
import { Toolbar } from './toolbar';
import { useBringAll } from './use-bring-all';
import { type Editing, nameOf, useEditing } from './use-editing';
import { useKeptResults } from './use-kept-results';
import { useLabels } from './use-labels';
import { type OwnNotebook, useOwnNotebook } from './use-own-notebook';
import { usePrintOpen } from './use-print-open';
import { type Runs, useRuns } from './use-runs';

export interface EditorProps {
  /** Where it is kept now; the document may have come from another place. */
  id: string;
  shelf: Shelf;
  kept: Kept;
  onList(): void;
  onParted(id: string): void;
}

/** The title, which is a heading for whoever listens and a field for whoever writes. */
function Title({ title, onRename }: { title: string; onRename(title: string): void }) {
  useEffect(() => {
    document.title = `${title || 'Untitled notebook'} · Epsilon Playground`;
  }, [title]);
  return (
    <>
      <h1 className="sr-only">{title || 'Untitled notebook'}</h1>
      <input
        aria-label="Title of the notebook"
        value={title}
        maxLength={LIMITS.titleCharacters}
        placeholder="Untitled notebook"
        onChange={(event) => onRename(event.target.value)}
        className="mt-2 w-full rounded-control border border-transparent bg-transparent py-1 text-2xl font-bold leading-tight tracking-tight hover:border-line-strong sm:text-[2.06rem] focus:border-line-strong"
      />
    </>
  );
}

interface CellsProps extends Pick<CellBodyProps, 'onOutputs' | 'earlier'> {
  own: OwnNotebook;
  editing: Editing;
  runs: Runs;
  everything: boolean;
}

/** The cells in their order, each in its frame, and the places between them where more can go. */
function Cells({ own, editing, runs, everything, ...kept }: CellsProps) {
  const { cells } = own.history.document;
  return (
    <>
      <article className="prose-lesson lab-article">
        {cells.map((cell, at) => {
          const placed = { cell, at, editing };
          return (
            <Item
              key={cell.id}
              id={cell.id}
              at={at}
              of={cells.length}
              what={nameOf(cell)}
              tools={<CellTools {...placed} act={own.act} />}
              onMove={(by) => editing.move(cell, at, by)}
              onDuplicate={() => editing.duplicate(cell, at)}
              onRemove={() => editing.remove(cell, at)}
              onAdd={(kind) => editing.add(kind, at + 1)}
            >
              <CellBody {...placed} act={own.act} {...{ runs, everything, ...kept }} />
            </Item>
          );
        })}
      </article>
      {cells.length === 0 ? (
        <p className="mt-6 max-w-[60ch] text-secondary">
          An empty notebook. Add text in Markdown, code of your own, or any experiment of the site with
          settings of its own: as often as you like, side by side.
        </p>
      ) : null}
      <InsertBar where="at the end" always onAdd={(kind) => editing.add(kind, cells.length)} />
    </>
  );
}

/** A notebook of one's own, open: its cells, what one can do to them, and the table of its runs. */
export function Editor({ id, shelf, kept, onList, onParted }: EditorProps) {
  const own = useOwnNotebook(shelf, kept, onParted);
  const { document: notebook, past, future } = own.history;
  const runs = useRuns(shelf, id);
  const editing = useEditing(own);
  const { everything, bringAll } = useBringAll(notebook.cells, own.say);
  const labels = useLabels(runs.rows);
  const { outputs, earlier, now, onOutputs } = useKeptResults(shelf, id, notebook, runs.rows, own.say);
  usePrintOpen();
  const beforePrint = async () => {
    await bringAll();
    await labels.ready();
  };
  const [address] = useState(() => new PlaceAddress('', () => {}));
  return (
    <NotebookProvider slug="lab" titles={NOTEBOOK_TITLES} address={address}>
      <div className="lab-editor">
        <div className="mt-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 sm:mt-10">
          <Button small look="quiet" onClick={onList} className="no-print -ml-2.5">
            ← All notebooks
          </Button>
          <PageTools beforeAll={bringAll} />
        </div>
        <Title title={notebook.title} onRename={(title) => own.act({ type: 'rename', title })} />
        <Toolbar undone={past.at(-1)} again={future.at(-1)} onUndo={editing.back} onRedo={editing.forth}>
          <ExportMenu
            notebook={notebook}
            results={async () => {
              // With the ledger and its accountant, for the labels.
              const { resultsOf } = await import('./results-of-page');
              return resultsOf(notebook, runs.rows, outputs, true, now());
            }}
            beforePrint={beforePrint}
            say={own.say}
          />
          <AssignButton notebook={notebook} />
          <SavedLine state={own.saved} fleeting={shelf.fleeting} onRetry={() => void own.flush()} />
        </Toolbar>
        <PrintedFrom />
        <p role="status" data-said className="no-print min-h-6 py-1 text-sm text-secondary">
          {own.said}
        </p>
        <Cells own={own} editing={editing} runs={runs} everything={everything} {...{ onOutputs, earlier }} />
        <RunTable runs={runs} title={notebook.title} />
        <RunLabels rows={runs.rows} labels={labels.known} />
        <Keys />
      </div>
      {editing.picking === null ? null : <CellPicker onClose={editing.stopPicking} onPick={editing.pick} />}
      <RunBar />
      <LiveRegion />
    </NotebookProvider>
  );
}
