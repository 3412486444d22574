'use client';

import { useEffect, useRef, useState } from 'react';
import type { CellEntry } from '@/lib/notebook/page/state';
import { formatSeconds } from './time';
import { useRunBar } from './use-run-bar';

/** Milliseconds between two announcements: a listener needs to hear one out. */
const PACE = 3000;

const WORDS: Record<CellEntry['state'], string> = {
  idle: 'is idle',
  preparing: 'is preparing',
  running: 'runs',
  done: 'is done',
  stopped: 'was stopped',
  failed: 'failed',
};

function describe({ title, state, step, total, secondsLeft }: CellEntry): string {
  if (state === 'running' && total !== null) {
    const left = secondsLeft === null ? '' : `, about ${formatSeconds(secondsLeft)} left`;
    return `${title}: step ${Math.round(step)} of ${total}${left}.`;
  }
  return `${title} ${WORDS[state]}.`;
}

/** Says aloud what the cells do, for those who do not see their pills: one region a page, never faster than it can be heard. */
export function LiveRegion() {
  const { cells } = useRunBar();
  const [said, setSaid] = useState('');
  const known = useRef(new Map<string, string>());
  const waiting = useRef<string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const newest = useRef(cells);

  useEffect(() => {
    newest.current = cells;
    for (const { id, state } of cells) {
      const before = known.current.get(id);
      known.current.set(id, state);
      // A cell that has only appeared is no news; a running one is, again and again.
      const news = before !== undefined && (before !== state || state === 'running');
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
          .filter(({ id }) => due.includes(id))
          .map(describe)
          .join(' '),
      );
      timer.current = setTimeout(speak, PACE);
    };
    speak();
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
