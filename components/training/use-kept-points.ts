'use client';

import { useCallback, useEffect, useState } from 'react';
import { type SweepPoint, withSweepStore } from '@/lib/runs/sweep-store';

/** Points that earlier visits finished, for these keys. `version` changes when there may be new ones. */
export function useKeptPoints(keys: readonly string[], version: unknown) {
  const [kept, setKept] = useState<readonly SweepPoint[]>([]);
  const [forgotten, setForgotten] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked up anew whenever something may have been added or removed
  useEffect(() => {
    let wanted = true;
    withSweepStore((store) => store.find(keys)).then(
      (found) => {
        if (wanted) setKept(found ?? []);
      },
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [keys, version, forgotten]);
  const forget = useCallback(async () => {
    await withSweepStore((store) => store.forget(keys));
    setForgotten((times) => times + 1);
  }, [keys]);
  return { kept, forget };
}
