'use client';

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { CodeRunner } from '@/components/code/code-runner';
import { CELL_TITLES, findCellById } from '@/components/lessons/cells';
import { LiveRegion } from '@/components/notebook/live-region';
import { NotebookProvider } from '@/components/notebook/notebook-provider';
import { PageTools, RunBar } from '@/components/notebook/run-bar';
import { Button } from '@/components/ui/button';
import { LIMITS, newId, type OwnCell } from '@/lib/notebook/own/document';
import { PlaceAddress } from '@/lib/notebook/own/place-address';
import type { Kept, Shelf } from '@/lib/notebook/own/shelf';
import { CellPicker } from './cell-picker';
import { ExportMenu } from './export-menu';
import { Icon } from './icons';
import { InsertBar, type Kind } from './insert-bar';
import { Item, itemId, Tool } from './item';
import { RunTable } from './run-table';
import { SavedLine } from './saved-line';
import { SiteItem } from './site-item';
import { TextItem } from './text-item';
import { useOwnNotebook } from './use-own-notebook';
import { useRuns } from './use-runs';

export interface EditorProps {
  /** Where it is kept now; the document may have come from another place. */
  id: string;
  shelf: Shelf;
  kept: Kept;
  onList(): void;
  onParted(id: string): void;
}

/** What has the focus next, once it is on the page. */
type Focus = { id: string; tool?: 'up' | 'down' } | null;

const FIRST_CODE = `// lab is there for you: see “What code may use” below.
const epsilon = await lab.privacy.gaussianEpsilon({ noiseMultiplier: 1, delta: 1e-5 });
console.log('ε =', epsilon);
`;

const TYPING = 'input, textarea, select, [contenteditable], .cm-editor';

/** Long enough for every cell to load on a slow machine; what has not come by then is left out of Run all. */
const ALL_WITHIN_MS = 15_000;

const nameOf = (cell: OwnCell): string => {
  if (cell.kind === 'text') return 'text';
  if (cell.kind === 'code') return cell.title ?? 'code';
  return findCellById(cell.cell)?.title ?? `unknown cell ${cell.cell}`;
};

/** A notebook of one's own, open: its cells, what one can do to them, and the table of its runs. */
export function Editor({ id, shelf, kept, onList, onParted }: EditorProps) {
  const own = useOwnNotebook(shelf, kept, onParted);
  const { act, say, history } = own;
  const { document: notebook } = history;
  const runs = useRuns(shelf, id);
  const [editing, setEditing] = useState<ReadonlySet<string>>(new Set());
  const [allSettings, setAllSettings] = useState<ReadonlySet<string>>(new Set());
  /** Where a cell of the site is to go; null while nobody chooses one. */
  const [picking, setPicking] = useState<number | null>(null);
  const [everything, setEverything] = useState(false);
  const [address] = useState(() => new PlaceAddress('', () => {}));
  const focus = useRef<Focus>(null);
  const fresh = useRef(new Set<string>());

  useEffect(() => {
    document.title = `${notebook.title || 'Untitled notebook'} · Epsilon Playground`;
  }, [notebook.title]);

  // After the cells have taken their places.
  useLayoutEffect(() => {
    const next = focus.current;
    if (!next) return;
    focus.current = null;
    const frame = document.getElementById(itemId(next.id));
    if (!frame) return;
    const tool = next.tool && frame.querySelector<HTMLButtonElement>(`[data-tool="${next.tool}"]`);
    (tool && !tool.disabled ? tool : frame).focus({ preventScroll: true });
    frame.scrollIntoView({ block: 'nearest' });
  });

  function add(kind: Kind, at: number) {
    if (kind === 'cell') return setPicking(at);
    const cell: OwnCell =
      kind === 'text'
        ? { id: newId(), kind, text: '' }
        : { id: newId(), kind, code: notebook.cells.some((one) => one.kind === 'code') ? '' : FIRST_CODE };
    put(cell, at, kind === 'text' ? 'a text' : 'a code cell');
  }

  function put(cell: OwnCell, at: number, words: string) {
    if (!act({ type: 'add', at, cell })) return;
    fresh.current.add(cell.id);
    if (cell.kind === 'text') edit(cell.id, true);
    else focus.current = { id: cell.id };
    say(`Added ${words} as cell ${at + 1}.`);
  }

  const edit = (cell: string, on: boolean) =>
    setEditing((now) => {
      const next = new Set(now);
      if (on) next.add(cell);
      else next.delete(cell);
      return next;
    });

  function move(cell: OwnCell, at: number, by: 1 | -1) {
    const to = at + by;
    if (to < 0 || to >= notebook.cells.length) return;
    focus.current = { id: cell.id, tool: by === -1 ? 'up' : 'down' };
    act({ type: 'move', id: cell.id, to });
    say(`Moved to place ${to + 1} of ${notebook.cells.length}.`);
  }

  function remove(cell: OwnCell, at: number) {
    const next = notebook.cells[at + 1] ?? notebook.cells[at - 1];
    if (next) focus.current = { id: next.id };
    act({ type: 'remove', id: cell.id });
    say(`Deleted cell ${at + 1}: ${nameOf(cell)}. Undo brings it back.`);
  }

  function duplicate(cell: OwnCell, at: number) {
    const copy = newId();
    if (!act({ type: 'duplicate', id: cell.id, copy })) return;
    focus.current = { id: copy };
    say(`Duplicated as cell ${at + 2}.`);
  }

  const step = useCallback((way: () => string | null) => {
    const changed = way();
    if (changed !== null) focus.current = { id: changed };
  }, []);

  const { undo, redo } = own;
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return;
      // In a field the browser's own undo holds.
      if ((event.target as HTMLElement).closest(TYPING) || document.querySelector('dialog[open]')) return;
      const key = event.key.toLowerCase();
      if (key === 'z') step(event.shiftKey ? redo : undo);
      else if (key === 'y') step(redo);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [undo, redo, step]);

  /** All cells come onto the page, and Run all waits for them. */
  async function bringAll() {
    setEverything(true);
    const until = performance.now() + ALL_WITHIN_MS;
    const waits = () => document.querySelector('.lab-item [aria-labelledby$="-waits"]') !== null;
    do await new Promise((resolve) => setTimeout(resolve, 100));
    while (waits() && performance.now() < until);
    const strangers = notebook.cells.filter((cell) => cell.kind === 'code' && cell.stranger).length;
    if (strangers > 0)
      say(
        `Run all leaves out ${strangers} code ${strangers === 1 ? 'cell that' : 'cells that'} came from elsewhere: read and run ${strangers === 1 ? 'it' : 'them'} one by one.`,
      );
  }

  function draw(cell: OwnCell, at: number) {
    switch (cell.kind) {
      case 'text':
        return (
          <TextItem
            text={cell.text}
            label={`Cell ${at + 1}`}
            editing={editing.has(cell.id)}
            onText={(text) => act({ type: 'write', id: cell.id, text })}
            onEdit={() => edit(cell.id, true)}
            onDone={() => {
              edit(cell.id, false);
              focus.current = { id: cell.id };
            }}
          />
        );
      case 'code':
        return (
          <CodeRunner
            id={`code-${cell.id}`}
            title={cell.title ?? `Code ${at + 1}`}
            code={cell.code}
            onCode={(code) => act({ type: 'write', id: cell.id, text: code })}
            original={null}
            stranger={cell.stranger ?? false}
            begins={fresh.current.has(cell.id) ? 'editing' : 'reading'}
            onRun={() => act({ type: 'trust', id: cell.id })}
          />
        );
      case 'cell':
        return (
          <SiteItem
            cell={cell}
            wanted={everything || fresh.current.has(cell.id)}
            allSettings={allSettings.has(cell.id)}
            onSettings={(settings) => act({ type: 'set', id: cell.id, settings })}
            onEnded={(run) => runs.ended(cell.id, run)}
          />
        );
    }
  }

  function toolsOf(cell: OwnCell, at: number) {
    if (cell.kind === 'text') {
      const open = editing.has(cell.id);
      return (
        <Tool
          label={open ? `Done with cell ${at + 1}` : `Edit cell ${at + 1}`}
          onClick={() => {
            edit(cell.id, !open);
            if (open) focus.current = { id: cell.id };
          }}
        >
          {open ? 'Done' : 'Edit'}
        </Tool>
      );
    }
    if (cell.kind !== 'cell' || !findCellById(cell.cell)) return null;
    const open = allSettings.has(cell.id);
    return (
      <Tool
        label={`All settings of cell ${at + 1}`}
        icon="settings"
        aria-pressed={open}
        onClick={() =>
          setAllSettings((now) => {
            const next = new Set(now);
            if (!next.delete(cell.id)) next.add(cell.id);
            return next;
          })
        }
      />
    );
  }

  const undone = history.past.at(-1);
  const again = history.future.at(-1);
  return (
    <NotebookProvider slug="lab" titles={CELL_TITLES} address={address}>
      <div className="lab-editor max-w-[70rem]">
        <div className="mt-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 sm:mt-10">
          <Button small look="quiet" onClick={onList} className="-ml-2.5">
            ← All notebooks
          </Button>
          <PageTools beforeAll={bringAll} />
        </div>
        <h1 className="sr-only">{notebook.title || 'Untitled notebook'}</h1>
        <input
          aria-label="Title of the notebook"
          value={notebook.title}
          maxLength={LIMITS.titleCharacters}
          placeholder="Untitled notebook"
          onChange={(event) => act({ type: 'rename', title: event.target.value })}
          className="mt-2 w-full rounded-control border border-transparent bg-transparent py-1 text-2xl font-bold leading-tight tracking-tight hover:border-line-strong sm:text-[2.06rem] focus:border-line-strong"
        />
        <div
          role="toolbar"
          aria-label="Notebook"
          data-lab-bar
          className="no-print sticky top-14 z-20 -mx-1 flex flex-wrap items-center gap-1.5 border-b border-line bg-ground/95 px-1 py-2 text-sm backdrop-blur"
        >
          <Button
            small
            onClick={() => step(undo)}
            disabled={!undone}
            aria-label={undone ? `Undo: ${undone.words}` : 'Undo'}
            title={undone ? `Undo: ${undone.words} (Control + Z)` : 'Undo'}
          >
            <Icon name="undo" />
            <span className="hidden sm:inline">Undo</span>
          </Button>
          <Button
            small
            onClick={() => step(redo)}
            disabled={!again}
            aria-label={again ? `Redo: ${again.words}` : 'Redo'}
            title={again ? `Redo: ${again.words} (Control + Shift + Z)` : 'Redo'}
          >
            <Icon name="redo" />
            <span className="hidden sm:inline">Redo</span>
          </Button>
          <ExportMenu notebook={notebook} say={say} />
          <SavedLine state={own.saved} fleeting={shelf.fleeting} onRetry={() => void own.flush()} />
        </div>
        <p role="status" data-said className="min-h-6 py-1 text-sm text-secondary">
          {own.said}
        </p>
        <article className="prose-lesson lab-article">
          {notebook.cells.map((cell, at) => (
            <Item
              key={cell.id}
              id={cell.id}
              at={at}
              of={notebook.cells.length}
              what={nameOf(cell)}
              tools={toolsOf(cell, at)}
              onMove={(by) => move(cell, at, by)}
              onDuplicate={() => duplicate(cell, at)}
              onRemove={() => remove(cell, at)}
              onAdd={(kind) => add(kind, at + 1)}
            >
              {draw(cell, at)}
            </Item>
          ))}
        </article>
        {notebook.cells.length === 0 ? (
          <p className="mt-6 max-w-[60ch] text-secondary">
            An empty notebook. Add text in Markdown, code of your own, or any experiment of the site with
            settings of its own: as often as you like, side by side.
          </p>
        ) : null}
        <InsertBar where="at the end" always onAdd={(kind) => add(kind, notebook.cells.length)} />
        <RunTable runs={runs} title={notebook.title} />
        <details className="my-8 text-sm">
          <summary className="cursor-pointer text-secondary">Keys</summary>
          <dl className="mt-2 grid max-w-[40rem] grid-cols-[auto_1fr] gap-x-4 gap-y-1">
            {KEYS.map(([key, words]) => (
              <div key={key} className="contents">
                <dt className="font-mono">{key}</dt>
                <dd className="text-secondary">{words}</dd>
              </div>
            ))}
          </dl>
        </details>
      </div>
      {picking === null ? null : (
        <CellPicker
          onClose={() => setPicking(null)}
          onPick={(name) => {
            setPicking(null);
            put(
              { id: newId(), kind: 'cell', cell: name, settings: '' },
              picking,
              `“${findCellById(name)?.title}”`,
            );
          }}
        />
      )}
      <RunBar />
      <LiveRegion />
    </NotebookProvider>
  );
}

const KEYS: readonly [string, string][] = [
  ['Ctrl + Z', 'Undo, when no field has the focus'],
  ['Ctrl + Shift + Z', 'Do it again'],
  ['Alt + ↑ ↓', 'Move the cell that has the focus'],
  ['Delete', 'Delete the cell whose frame or tools have the focus'],
  ['Ctrl + Enter', 'Run a cell; end the editing of a text'],
  ['?', 'All keys of the site'],
];
