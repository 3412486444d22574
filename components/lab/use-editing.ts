'use client';

import { useCallback, useRef, useState } from 'react';
import { newId, type OwnCell } from '@/lib/notebook/own/document';
import { findNotebookCell } from './cells';
import type { Kind } from './insert-bar';
import { useFocusNext } from './use-focus-next';
import type { OwnNotebook } from './use-own-notebook';
import { useUndoKeys } from './use-undo-keys';

const FIRST_CODE = `// lab is there for you: see “What code may use” below.
const epsilon = await lab.privacy.gaussianEpsilon({ noiseMultiplier: 1, delta: 1e-5 });
console.log('ε =', epsilon);
`;

export const nameOf = (cell: OwnCell): string => {
  if (cell.kind === 'text') return 'text';
  if (cell.kind === 'code') return cell.title ?? 'code';
  return findNotebookCell(cell.cell)?.title ?? `unknown cell ${cell.cell}`;
};

/** Names of cells, each of which is in or out. */
function useNames() {
  const [names, setNames] = useState<ReadonlySet<string>>(new Set());
  const mark = (name: string, on: boolean) =>
    setNames((now) => {
      const next = new Set(now);
      if (on) next.add(name);
      else next.delete(name);
      return next;
    });
  return [names, mark] as const;
}

export type Editing = ReturnType<typeof useEditing>;

/** What one can do to the cells of a notebook. Each deed is said in words, and the focus goes to what it changed. */
export function useEditing({ act, say, undo, redo, history }: OwnNotebook) {
  const { cells } = history.document;
  const focusOn = useFocusNext();
  const [open, edit] = useNames();
  const [allSettings, showSettings] = useNames();
  const [sweeping, showSweep] = useNames();
  /** Where a cell of the site is to go; null while nobody chooses one. */
  const [picking, setPicking] = useState<number | null>(null);
  const fresh = useRef(new Set<string>());

  function put(cell: OwnCell, at: number, words: string) {
    if (!act({ type: 'add', at, cell })) return;
    fresh.current.add(cell.id);
    if (cell.kind === 'text') edit(cell.id, true);
    else focusOn({ id: cell.id });
    say(`Added ${words} as cell ${at + 1}.`);
  }

  function add(kind: Kind, at: number) {
    const id = newId();
    if (kind === 'cell') setPicking(at);
    else if (kind === 'text') put({ id, kind, text: '' }, at, 'a text');
    else {
      const first = !cells.some((one) => one.kind === 'code');
      put({ id, kind, code: first ? FIRST_CODE : '' }, at, 'a code cell');
    }
  }

  function pick(cell: string) {
    setPicking(null);
    const words = `“${findNotebookCell(cell)?.title}”`;
    if (picking !== null) put({ id: newId(), kind: 'cell', cell, settings: '' }, picking, words);
  }

  function move({ id }: OwnCell, at: number, by: 1 | -1) {
    const to = at + by;
    if (to < 0 || to >= cells.length) return;
    focusOn({ id, tool: by === -1 ? 'up' : 'down' });
    act({ type: 'move', id, to });
    say(`Moved to place ${to + 1} of ${cells.length}.`);
  }

  function remove(cell: OwnCell, at: number) {
    const next = cells[at + 1] ?? cells[at - 1];
    if (next) focusOn({ id: next.id });
    act({ type: 'remove', id: cell.id });
    say(`Deleted cell ${at + 1}: ${nameOf(cell)}. Undo brings it back.`);
  }

  function duplicate({ id }: OwnCell, at: number) {
    const copy = newId();
    if (!act({ type: 'duplicate', id, copy })) return;
    focusOn({ id: copy });
    say(`Duplicated as cell ${at + 2}.`);
  }

  function done(id: string) {
    edit(id, false);
    focusOn({ id });
  }

  const step = useCallback(
    (way: () => string | null) => {
      const changed = way();
      if (changed !== null) focusOn({ id: changed });
    },
    [focusOn],
  );
  const back = useCallback(() => step(undo), [step, undo]);
  const forth = useCallback(() => step(redo), [step, redo]);
  useUndoKeys(back, forth);

  return {
    ...{ add, move, remove, duplicate, back, forth },
    /** Texts that are being written, rather than read. */
    ...{ open, edit, done },
    /** Cells that show every setting. */
    ...{ allSettings, showSettings },
    /** Cells whose settings are swept. */
    ...{ sweeping, showSweep },
    ...{ picking, pick, stopPicking: () => setPicking(null) },
    /** Added since the notebook was opened. */
    fresh: fresh.current as ReadonlySet<string>,
  };
}
