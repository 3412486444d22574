'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { headlineOf } from '@/components/notebook/headline';
import type { NotebookDocument } from '@/lib/notebook/own/document';
import { lastRuns } from '@/lib/notebook/own/results';
import type { RunRow } from '@/lib/notebook/own/run-table';
import type { Shelf } from '@/lib/notebook/own/shelf';
import { type Shown, type ShownByPlace, withShown } from '@/lib/notebook/own/shown';
import { codeToKeep } from './code-results';
import { frameOf, picturesToKeep } from './pictures';
import { nameOf } from './use-editing';
import type { Outputs } from './use-outputs';

/** Milliseconds after the last run or output: figures are drawn by then, and a sweep or a slider is let through. */
const LOOK_AFTER = 2000;

export interface KeptShown {
  /** As it was when the notebook was opened: what stands for cells that have not run since. */
  earlier: ShownByPlace;
  /** What is kept now. */
  now(): ShownByPlace;
  /** A code cell has put something out. */
  lookSoon(): void;
}

/** Keeps what the cells of an open notebook show of their last runs. @param say tells the reader that it cannot be kept */
export function useShown(
  shelf: Shelf,
  id: string,
  notebook: NotebookDocument,
  rows: readonly RunRow[],
  outputs: ReadonlyMap<string, Outputs>,
  say: (words: string) => void,
): KeptShown {
  const [earlier, setEarlier] = useState<ShownByPlace>({});
  const shown = useRef<ShownByPlace>({});
  const latest = useRef({ notebook, rows, id, say });
  useEffect(() => {
    latest.current = { notebook, rows, id, say };
  });

  useEffect(() => {
    let here = true;
    shelf
      .shown(latest.current.id)
      .then((kept) => {
        if (!here) return;
        setEarlier(kept);
        // What was seen while it was read is newer.
        shown.current = { ...kept, ...shown.current };
      })
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, [shelf]);

  const keep = useCallback(
    async (place: string, one: Shown) => {
      const { notebook: now, id: kept } = latest.current;
      const places = new Set(now.cells.map((cell) => cell.id));
      const before = shown.current;
      shown.current = withShown(before, place, one, places);
      // To what another tab may have put there meanwhile; a copy of the notebook begins with what is seen here.
      await shelf.changeShown(kept, (stored) => withShown(stored ?? before, place, one, places));
    },
    [shelf],
  );

  const look = useCallback(async () => {
    const last = lastRuns(latest.current.rows);
    for (const cell of latest.current.notebook.cells) {
      const known = shown.current[cell.id]?.asOf;
      if (cell.kind === 'code') {
        const put = outputs.get(cell.id);
        if (put && known !== put.at) await keep(cell.id, await codeToKeep(cell.id, put));
      }
      if (cell.kind !== 'cell') continue;
      const asOf = last.get(cell.id)?.finishedAt;
      const frame = asOf === undefined || known === asOf ? null : frameOf(cell.id, asOf);
      if (asOf === undefined || !frame) continue;
      const pictures = await picturesToKeep(frame, nameOf(cell));
      await keep(cell.id, { asOf, headline: headlineOf(frame), ...pictures });
    }
  }, [outputs, keep]);

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const told = useRef(false);
  const lookNow = useCallback(() => {
    clearTimeout(timer.current);
    look().catch(() => {
      if (told.current) return;
      told.current = true;
      latest.current.say(
        'What the cells found cannot be kept in this browser: it has no room. It is here until the page is left; export it to keep it.',
      );
    });
  }, [look]);
  const lookSoon = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(lookNow, LOOK_AFTER);
  }, [lookNow]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a run that ended is the reason to look
  useEffect(() => lookSoon(), [rows, lookSoon]);
  useEffect(() => {
    // Whoever leaves at once has seen it, too.
    const hidden = () => {
      if (document.hidden) lookNow();
    };
    document.addEventListener('visibilitychange', hidden);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      clearTimeout(timer.current);
    };
  }, [lookNow]);

  return { earlier, now: useCallback(() => shown.current, []), lookSoon };
}
