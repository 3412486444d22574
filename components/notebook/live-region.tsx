'use client';

import { useEffect, useRef, useState } from 'react';
import type { CellEntry } from '@/lib/notebook/page/state';
import { headlineOf } from './headline';
import { formatSeconds } from './time';
import { useRunBar } from './use-run-bar';

/** Milliseconds between two announcements: a listener needs to hear one out. */
const PACE = 3000;
/** A slider that has rested so long is where its reader wants it; and by then the figures are drawn. */
const RESTS = 800;

const WORDS: Record<CellEntry['state'], string> = {
  idle: 'is idle',
  preparing: 'is preparing',
  running: 'runs',
  done: 'is done',
  stopped: 'was stopped',
  failed: 'failed',
};

function describe({ id, title, state, stale, step, total, secondsLeft }: CellEntry): string {
  if (state === 'running' && total !== null) {
    const left = secondsLeft === null ? '' : `, about ${formatSeconds(secondsLeft)} left`;
    return `${title}: step ${Math.round(step)} of ${total}${left}.`;
  }
  const headline = state === 'done' && !stale ? headlineOf(document.getElementById(id)) : '';
  if (headline !== '') return `${title}: ${headline.replace(/[.\s]+$/, '')}.`;
  return `${title} ${WORDS[state]}.`;
}

/** What of a cell is news if it changes. One that follows its sliders is none until it has a result. */
const newsOf = ({ follows, state }: CellEntry) =>
  follows && (state === 'preparing' || state === 'running') ? null : state;

/** Whether the reader is at a cell: what others do that share its setting, or all when a page opens, would drown what is asked for. */
const isAt = (id: string) => document.getElementById(id)?.contains(document.activeElement) ?? false;

/** Says aloud what the cells do and what came out, for those who do not see it: one region a page, never faster than it can be heard. */
export function LiveRegion() {
  const { cells } = useRunBar();
  const [said, setSaid] = useState('');
  const known = useRef(new Map<string, CellEntry>());
  const waiting = useRef<string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const newest = useRef(cells);

  useEffect(() => {
    newest.current = cells;
    for (const cell of cells) {
      const { id, follows, state } = cell;
      const before = known.current.get(id);
      known.current.set(id, cell);
      // A cell that has only appeared is no news; a running one is, again and again; one that follows, when it has done so again.
      const news =
        before !== undefined &&
        newsOf(cell) !== null &&
        (!follows || isAt(id)) &&
        (before.state !== state || (state === 'running' && !follows));
      if (news && !waiting.current.includes(id)) waiting.current.push(id);
    }
    if (waiting.current.length === 0 || timer.current !== null) return;
    const speak = () => {
      const due = waiting.current.splice(0);
      if (due.length === 0) {
        timer.current = null;
        return;
      }
      setSaid(
        newest.current
          // What is at it again will be told of when it is done.
          .filter((cell) => due.includes(cell.id) && newsOf(cell) !== null)
          .map(describe)
          .join(' '),
      );
      timer.current = setTimeout(speak, PACE);
    };
    timer.current = setTimeout(speak, RESTS);
  }, [cells]);

  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );

  return (
    <p className="sr-only" role="status" data-live-region>
      {said}
    </p>
  );
}
