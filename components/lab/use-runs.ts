'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { EndedRun } from '@/components/notebook/notebook-provider';
import { newId } from '@/lib/notebook/own/document';
import {
  brokenRow,
  type RunRow,
  rowOf,
  type SettingsInWords,
  withRun,
  withSettings,
} from '@/lib/notebook/own/run-table';
import type { Shelf } from '@/lib/notebook/own/shelf';
import { brokenEnd } from './broken-end';
import { findNotebookCell } from './cells';

export interface Runs {
  rows: readonly RunRow[];
  /** Of a run that came to its end, or broke off after it was charged. @param place the cell's id in the notebook */
  ended(place: string, run: EndedRun): void;
  /** A cell has read its settings: a run that was opened with it has them in words from here on. */
  began(place: string, settings: SettingsInWords): void;
  /** The row of a run, by its place and end; null while there is none. */
  rowOf(place: string, finishedAt: string): RunRow | null;
  /** Keeps the row of a cell that follows its sliders as it is; the next run gets a row of its own. */
  hold(id: string): void;
  remove(id: string): void;
  clear(): void;
}

/** The finished runs of a notebook, kept beside it in this browser. */
export function useRuns(shelf: Shelf, notebook: string): Runs {
  const [rows, setRows] = useState<readonly RunRow[]>([]);
  const current = useRef(rows);
  const read = useRef(false);
  const begun = useRef(new Map<string, SettingsInWords>());
  const kept = useRef(notebook);
  useEffect(() => {
    kept.current = notebook;
  });

  const show = useCallback(
    (next: readonly RunRow[]) => {
      current.current = next;
      setRows(next);
      // A table of runs is a convenience: where it cannot be kept, the page goes on without.
      if (read.current) void shelf.saveRuns(kept.current, next).catch(() => undefined);
    },
    [shelf],
  );

  useEffect(() => {
    let here = true;
    shelf
      .runs(kept.current)
      .catch(() => [])
      .then((found) => {
        if (!here) return;
        read.current = true;
        // What ended while they were read comes after.
        const known = new Set(found.map(({ id }) => id));
        const all = [...found, ...current.current.filter(({ id }) => !known.has(id))];
        show(withSettings(all, (place) => begun.current.get(place)));
      });
    return () => {
      here = false;
    };
  }, [shelf, show]);

  const ended = useCallback(
    (place: string, { cellId, title, follows, settings, every, snapshot }: EndedRun) => {
      const { provenance, result } = snapshot;
      if (snapshot.state !== 'done') {
        const end = brokenEnd(snapshot);
        if (!end) return;
        const whose = { place, cell: cellId, title, follows, settings, every };
        const at = current.current.findIndex(
          (row) => row.place === place && row.finishedAt === end.finishedAt,
        );
        // The worker's last word comes after the page has called it stopped: what it was charged in the end.
        const row = brokenRow(current.current[at]?.id ?? newId(), whose, end);
        show(at < 0 ? withRun(current.current, row) : current.current.with(at, row));
        return;
      }
      if (!provenance) return;
      // A run that is shown again, after Undo say, is no second one.
      if (current.current.some((row) => row.place === place && row.finishedAt === provenance.finishedAt))
        return;
      const row = rowOf(newId(), {
        ...{ place, cell: cellId, title, follows, settings, every, result, provenance },
        findings: findNotebookCell(cellId)?.findings ?? [],
      });
      show(withRun(current.current, row));
    },
    [show],
  );

  const began = useCallback(
    (place: string, settings: SettingsInWords) => {
      begun.current.set(place, settings);
      if (current.current.some((row) => row.opened === 'unread' && row.place === place))
        show(withSettings(current.current, (one) => begun.current.get(one)));
    },
    [show],
  );

  return useMemo(
    () => ({
      rows,
      ended,
      began,
      rowOf: (place, finishedAt) =>
        current.current.find((row) => row.place === place && row.finishedAt === finishedAt) ?? null,
      hold: (id) => show(current.current.map((row) => (row.id === id ? { ...row, held: true } : row))),
      remove: (id) => show(current.current.filter((row) => row.id !== id)),
      clear: () => show([]),
    }),
    [rows, ended, began, show],
  );
}
