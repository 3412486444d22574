'use client';

import { useEffect, useState } from 'react';
import { accountElsewhere } from './account-elsewhere';

/**
 * What `work` says once the accountant has answered all that it asks, away from the page; null until then.
 * @param work must not change unless what it says does: wrap it in `useCallback`
 */
export function useAccounted<T>(work: () => T): T | null {
  const [said, setSaid] = useState<{ work: () => T; value: T } | null>(null);
  useEffect(() => {
    let wanted = true;
    const say = () => {
      if (wanted) setSaid({ work, value: work() });
    };
    const answered = accountElsewhere(work, () => wanted);
    if (answered) void answered.then(say);
    else say();
    return () => {
      wanted = false;
    };
  }, [work]);
  return said?.work === work ? said.value : null;
}
