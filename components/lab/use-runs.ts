'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { EndedRun } from '@/components/notebook/notebook-provider';
import { newId } from '@/lib/notebook/own/document';
import { KeptRuns } from '@/lib/notebook/own/kept-runs';
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
  const begun = useRef(new Map<string, SettingsInWords>());
  const id = useRef(notebook);
  useEffect(() => {
    id.current = notebook;
  });
  const kept = useMemo(() => new KeptRuns(shelf, () => id.current, setRows), [shelf]);
  useEffect(() => {
    void kept.open((all) => withSettings(all, (place) => begun.current.get(place)));
  }, [kept]);

  const ended = useCallback(
    (place: string, { cellId, title, follows, settings, every, snapshot }: EndedRun) => {
      const { provenance, result } = snapshot;
      if (snapshot.state !== 'done') {
        const end = brokenEnd(snapshot);
        if (!end) return;
        const whose = { place, cell: cellId, title, follows, settings, every };
        const fresh = newId();
        // The worker's last word comes after the page has called it stopped: what it was charged in the end.
        void kept.change((all) => {
          const at = all.findIndex((row) => row.place === place && row.finishedAt === end.finishedAt);
          const row = brokenRow(all[at]?.id ?? fresh, whose, end);
          return at < 0 ? withRun(all, row) : all.with(at, row);
        });
        return;
      }
      if (!provenance) return;
      // A run that is shown again, after Undo say, is no second one.
      if (kept.rows.some((row) => row.place === place && row.finishedAt === provenance.finishedAt)) return;
      const row = rowOf(newId(), {
        ...{ place, cell: cellId, title, follows, settings, every, result, provenance },
        findings: findNotebookCell(cellId)?.findings ?? [],
      });
      void kept.change((all) => withRun(all, row));
    },
    [kept],
  );

  const began = useCallback(
    (place: string, settings: SettingsInWords) => {
      begun.current.set(place, settings);
      if (kept.rows.some((row) => row.opened === 'unread' && row.place === place))
        void kept.change((all) => withSettings(all, (one) => begun.current.get(one)));
    },
    [kept],
  );

  return useMemo(
    () => ({
      rows,
      ended,
      began,
      rowOf: (place, finishedAt) =>
        kept.rows.find((row) => row.place === place && row.finishedAt === finishedAt) ?? null,
      hold: (one) =>
        void kept.change((all) => all.map((row) => (row.id === one ? { ...row, held: true } : row))),
      remove: (one) => void kept.change((all) => all.filter((row) => row.id !== one)),
      clear: () => {
        // Those that are on the screen.
        const seen = new Set(kept.rows.map((row) => row.id));
        void kept.change((all) => all.filter((row) => !seen.has(row.id)));
      },
    }),
    [rows, ended, began, kept],
  );
}
