'use client';

import { useCallback, useEffect, useRef } from 'react';
import { figuresIn } from '@/components/charts/drawn-figures';
import { headlineOf } from '@/components/notebook/headline';
import type { NotebookDocument } from '@/lib/notebook/own/document';
import { lastRuns } from '@/lib/notebook/own/results';
import type { RunRow } from '@/lib/notebook/own/run-table';
import type { Shelf } from '@/lib/notebook/own/shelf';
import { type ShownByPlace, withShown } from '@/lib/notebook/own/shown';
import { frameOf, pictureOf } from './pictures';

/** Milliseconds after the last run: figures are drawn by then, and a sweep or a slider is let through. */
const LOOK_AFTER = 3000;

/**
 * Keeps what the cells of an open notebook show of their last runs.
 * @returns what is kept of it now
 */
export function useShown(
  shelf: Shelf,
  id: string,
  notebook: NotebookDocument,
  rows: readonly RunRow[],
): () => ShownByPlace {
  const shown = useRef<ShownByPlace>({});
  const latest = useRef({ notebook, rows, id });
  useEffect(() => {
    latest.current = { notebook, rows, id };
  });

  useEffect(() => {
    let here = true;
    shelf
      .shown(latest.current.id)
      .then((kept) => {
        // What was seen while it was read is newer.
        if (here) shown.current = { ...kept, ...shown.current };
      })
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, [shelf]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a run that ended is the reason to look
  useEffect(() => {
    const look = async () => {
      const { notebook: now, rows: runs, id: kept } = latest.current;
      const places = new Set(now.cells.map((cell) => cell.id));
      let changed = false;
      for (const [place, { finishedAt }] of lastRuns(runs)) {
        const frame = places.has(place) ? frameOf(place, finishedAt) : null;
        if (!frame || shown.current[place]?.asOf === finishedAt) continue;
        const charts = (await Promise.all(figuresIn(frame).map(pictureOf))).filter((one) => one !== null);
        if (charts.length === 0) continue;
        const one = { asOf: finishedAt, headline: headlineOf(frame), charts };
        shown.current = withShown(shown.current, place, one, places);
        changed = true;
      }
      // A convenience: where it cannot be kept, files have it as long as the page lives.
      if (changed) await shelf.saveShown(kept, shown.current).catch(() => undefined);
    };
    const timer = setTimeout(() => void look(), LOOK_AFTER);
    return () => clearTimeout(timer);
  }, [shelf, rows]);

  return useCallback(() => shown.current, []);
}
