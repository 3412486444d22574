'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { Autosave, type SaveState } from '@/lib/notebook/own/autosave';
import type { NotebookDocument } from '@/lib/notebook/own/document';
import { begin, type Command, type History, obey, redo, undo, whyNot } from '@/lib/notebook/own/history';
import { settlePlaces } from '@/lib/notebook/own/place-address';
import type { Kept, Shelf } from '@/lib/notebook/own/shelf';

export interface OwnNotebook {
  history: History;
  saved: SaveState;
  /** The latest thing worth hearing, e.g. "Undone: move a cell." */
  said: string;
  say(words: string): void;
  /** @returns false if it was refused; why is said */
  act(command: Command): boolean;
  /** @returns the cell that changed, to look at; null where there is none */
  undo(): string | null;
  redo(): string | null;
  flush(): Promise<void>;
}

/** The first cell of `after` that is new, moved or other than it was; else the one in the place of what is gone. */
export function whatChanged(before: NotebookDocument, after: NotebookDocument): string | null {
  const old = new Map(before.cells.map((cell) => [cell.id, cell]));
  const fresh = after.cells.find((cell) => !old.has(cell.id));
  if (fresh) return fresh.id;
  const at = after.cells.findIndex((cell, index) => before.cells[index] !== cell);
  const place = at < 0 ? after.cells.length - 1 : at;
  return after.cells[place]?.id ?? null;
}

/**
 * A notebook that is open: its history, and its place on the shelf.
 * @param onParted another tab has saved another version, so this one is a notebook of its own from here on, under this id
 */
export function useOwnNotebook(shelf: Shelf, kept: Kept, onParted: (id: string) => void): OwnNotebook {
  const [history, setHistory] = useState(() => begin(kept.document));
  const [saved, setSaved] = useState<SaveState>({ kind: 'saved', at: kept.savedAt });
  const [said, setSaid] = useState('');
  const current = useRef(history);
  const parted = useRef(onParted);
  useEffect(() => {
    parted.current = onParted;
  });
  const id = useRef(kept.document.id);
  const [autosave] = useState(
    () =>
      new Autosave(shelf, kept.document.id, kept.revision, {
        state: setSaved,
        parted(copy) {
          id.current = copy.id;
          show(obey(current.current, { type: 'rename', title: copy.title }, performance.now()));
          setSaid(
            `Another tab has changed this notebook. Nothing is lost: its version is in the list, and yours goes on here as “${copy.title}”.`,
          );
          parted.current(copy.id);
        },
      }),
  );

  function show(next: History): void {
    current.current = next;
    setHistory(next);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: `show` only sets state
  const act = useCallback(
    (command: Command): boolean => {
      if (command.type !== 'set') settlePlaces();
      const why = whyNot(current.current.document, command);
      if (why !== null) {
        setSaid(why);
        return false;
      }
      const next = obey(current.current, command, performance.now());
      if (next === current.current) return true;
      show(next);
      autosave.changed(next.document);
      return true;
    },
    [autosave],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: `show` only sets state
  const step = useCallback(
    (way: typeof undo, word: string): string | null => {
      settlePlaces();
      const before = current.current.document;
      const stepped = way(current.current);
      if (!stepped) {
        setSaid(`There is nothing to ${word === 'Undone' ? 'undo' : 'do again'}.`);
        return null;
      }
      show(stepped.history);
      autosave.changed(stepped.history.document);
      setSaid(`${word}: ${stepped.words}.`);
      return whatChanged(before, stepped.history.document);
    },
    [autosave],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: `show` only sets state
  useEffect(() => {
    const leaving = () => autosave.leave();
    const hidden = () => document.hidden && leaving();
    addEventListener('beforeunload', leaving);
    addEventListener('pagehide', leaving);
    document.addEventListener('visibilitychange', hidden);
    const end = shelf.listen(async (changed, revision) => {
      // What waits here is kept apart when it is saved; what does not can follow the other tab.
      if (changed !== id.current || !autosave.idle) return;
      if (revision === null) {
        setSaid('This notebook was deleted in another tab. It is kept again as soon as you change it.');
        return;
      }
      const other = await shelf.load(changed);
      if (!other || !autosave.idle || other.revision === autosave.revision) return;
      autosave.took(other.revision);
      show(obey(current.current, { type: 'replace', document: other.document }, performance.now()));
      setSaid('Another tab has changed this notebook; this is its version. Undo leads back.');
    });
    return () => {
      removeEventListener('beforeunload', leaving);
      removeEventListener('pagehide', leaving);
      document.removeEventListener('visibilitychange', hidden);
      end();
      leaving();
    };
  }, [autosave, shelf]);

  return {
    history,
    saved,
    said,
    say: setSaid,
    act,
    undo: useCallback(() => step(undo, 'Undone'), [step]),
    redo: useCallback(() => step(redo, 'Done again'), [step]),
    flush: useCallback(() => autosave.flush(), [autosave]),
  };
}
