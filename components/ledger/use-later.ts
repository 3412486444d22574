'use client';

import { useEffect, useState } from 'react';

/** Sums that take some milliseconds each, one at a time and after the page has been drawn. */
const queue: (() => void)[] = [];
let scheduled = false;

function next() {
  try {
    queue.shift()?.();
  } finally {
    scheduled = queue.length > 0;
    if (scheduled) setTimeout(next);
  }
}

function enqueue(work: () => void) {
  queue.push(work);
  if (scheduled) return;
  scheduled = true;
  setTimeout(next);
}

/**
 * The value of `compute`, a moment later; until then the one before, or null.
 * @param compute must not change unless what it computes does: wrap it in `useCallback`
 * @param restMs only after it has stayed the same for so long: no slider waits for it
 */
export function useLater<T>(compute: () => T, restMs = 0): T | null {
  const [value, setValue] = useState<T | null>(null);
  useEffect(() => {
    let wanted = true;
    const work = () => {
      if (wanted) setValue(() => compute());
    };
    const timer = restMs > 0 ? setTimeout(() => enqueue(work), restMs) : undefined;
    if (restMs === 0) enqueue(work);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [compute, restMs]);
  return value;
}
