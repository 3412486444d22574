'use client';

import { useCallback, useEffect, useState } from 'react';
import { plural } from '@/components/ui/format';
import { copyOf, LIMITS, type NotebookDocument } from '@/lib/notebook/own/document';
import { readNotebookFile } from '@/lib/notebook/own/read-file';
import type { Results } from '@/lib/notebook/own/results';
import type { Kept, Listed, Shelf } from '@/lib/notebook/own/shelf';
import { type OpenedWork, readWork, saysWork } from '@/lib/notebook/own/work';
import { findNotebookCell } from './cells';
import { type ProblemWords, wordsFor } from './problem';

/** Larger than any notebook with outputs that one would want here. */
const LARGEST_FILE = 20_000_000;

async function textOf(file: File): Promise<string> {
  if (file.size > LARGEST_FILE)
    throw new Error(
      `“${file.name}” is larger than ${LARGEST_FILE / 1e6} MB. Clear its outputs and save it again.`,
    );
  return file.text();
}

/** The notebooks on a shelf, what one can do to them, and what is said of it. */
export function useNotebooks(shelf: Shelf, onWork: (opened: OpenedWork) => void) {
  const [list, setList] = useState<readonly Listed[] | null>(null);
  const [wrong, setWrong] = useState<ProblemWords | null>(null);
  const [said, setSaid] = useState('');
  const [deleted, setDeleted] = useState<Kept | null>(null);

  const look = useCallback(
    () => shelf.list().then(setList, (error: unknown) => setWrong(wordsFor(error))),
    [shelf],
  );
  useEffect(() => {
    void look();
    return shelf.listen(() => void look());
  }, [shelf, look]);

  /** Says what went wrong, in the one place for it; what was said before is no longer the latest. */
  async function attempt(work: () => Promise<void>) {
    setWrong(null);
    setSaid('');
    try {
      await work();
    } catch (error) {
      setWrong(wordsFor(error));
    }
  }

  const begin = (document: NotebookDocument, then: (id: string) => void) =>
    attempt(async () => {
      await shelf.save(document, null);
      then(document.id);
    });

  const read = (chosen: File) =>
    attempt(async () => {
      const text = await textOf(chosen);
      if (saysWork(text)) return onWork(readWork(text));
      const { document, notes, rows } = readNotebookFile(chosen.name, text, findNotebookCell);
      await shelf.save(document, null);
      if (rows.length > 0) await shelf.saveRuns(document.id, rows);
      const { title, cells } = document;
      const imported = `Imported “${title}”, ${plural(cells.length, 'cell')}.`;
      const waits = 'Its code has not run, and will not until you press Run.';
      const code = cells.some(({ kind }) => kind === 'code');
      setSaid([imported, code ? waits : '', ...notes].join(' '));
      await look();
    });

  const duplicate = ({ id }: Listed) =>
    attempt(async () => {
      const kept = await shelf.load(id);
      if (!kept) return;
      const title = `${kept.document.title.slice(0, LIMITS.titleCharacters - 7)} (copy)`;
      await shelf.save(copyOf(kept.document, title), null);
      setSaid(`Duplicated as “${title}”.`);
      await look();
    });

  const rename = ({ id }: Listed, title: string) =>
    attempt(async () => {
      const kept = await shelf.load(id);
      if (!kept) return;
      const outcome = await shelf.save({ ...kept.document, title }, kept.revision);
      setSaid(outcome.ok ? `Renamed to “${title}”.` : 'Another tab has just changed it. Try again.');
      await look();
    });

  const remove = ({ id }: Listed) =>
    attempt(async () => {
      setDeleted(await shelf.remove(id));
      await look();
    });

  const putBack = () =>
    attempt(async () => {
      if (!deleted) return;
      await shelf.save(deleted.document, null);
      setSaid(`“${deleted.document.title}” is back.`);
      setDeleted(null);
      await look();
    });

  /** As a file, with the runs that are kept of it, and the charts of the last ones. */
  const take = ({ id }: Listed, write: (document: NotebookDocument, found: Results) => void) =>
    attempt(async () => {
      const kept = await shelf.load(id);
      if (!kept) return;
      const runs = await shelf.runs(id);
      const { resultsOf } = await import('./results-of-page');
      write(kept.document, await resultsOf(kept.document, runs, new Map(), false, await shelf.shown(id)));
    });

  return {
    ...{ list, said, wrong, dismiss: () => setWrong(null) },
    ...{ begin, read, duplicate, rename, remove, deleted, putBack, take },
  };
}
