'use client';

import { useEffect, useState } from 'react';
import { accountElsewhere } from '@/components/training/account-elsewhere';

/** Sums that take some milliseconds each where there is no worker for them: one at a time and after the page has been drawn. */
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
 * The value of `compute`, a moment later, once the accountant has answered all that it asks; until then the one before, or null.
 * @param compute must not change unless what it computes does: wrap it in `useCallback`
 * @param restMs only after it has stayed the same for so long: no slider waits for it
 */
export function useLater<T>(compute: () => T, restMs = 0): T | null {
  const [value, setValue] = useState<T | null>(null);
  useEffect(() => {
    let wanted = true;
    const say = () => {
      if (wanted) setValue(() => compute());
    };
    const work = () => {
      const answered = accountElsewhere(compute, () => wanted);
      if (answered) void answered.then(say);
      else enqueue(say);
    };
    const timer = setTimeout(work, restMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [compute, restMs]);
  return value;
}
