'use client';

import { useEffect, useLayoutEffect, useMemo, useState } from 'react';
import type { PrivacyEvent } from '@/lib/privacy';
import type { OddsFigures } from '@/lib/runs/odds';

/** A slider that moves asks nothing. */
const REST_MS = 200;

/** By their events: the same control stands in several places, and sliders come back. */
const known = new Map<string, OddsFigures>();
const REMEMBERED = 500;

function remember(key: string, figures: OddsFigures): void {
  if (known.size >= REMEMBERED) known.delete(known.keys().next().value!);
  known.set(key, figures);
}

/** In a worker, or here where there is none. The accountant is loaded when somebody asks: a page without one stays light. */
async function workedOut(events: readonly PrivacyEvent[]): Promise<OddsFigures> {
  const { oddsElsewhere } = await import('@/components/training/account-elsewhere');
  return (await oddsElsewhere(events)) ?? (await import('@/lib/runs/odds')).oddsFigures(events);
}

/** The odds of some releases, worked out away from the page; null until they are there. */
export function useOdds(events: readonly PrivacyEvent[]): OddsFigures | null {
  const key = useMemo(() => JSON.stringify(events), [events]);
  const [arrived, setArrived] = useState<string | null>(null);
  // Not while drawing: what the page knows by now, the server's HTML did not.
  useLayoutEffect(() => {
    if (known.has(key)) setArrived(key);
  }, [key]);
  useEffect(() => {
    if (known.has(key)) return;
    let wanted = true;
    const timer = setTimeout(async () => {
      remember(key, await workedOut(JSON.parse(key)));
      if (wanted) setArrived(key);
    }, REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [key]);
  return arrived === key ? (known.get(key) ?? null) : null;
}
