'use client';

/** The face that ε shows: one for the whole page, whichever control it was turned with. */
import { useSyncExternalStore } from 'react';

/** People picked out; one answer against the other; ε and δ; σ. */
export type Face = 'people' | 'answers' | 'epsilon' | 'sigma';

let face: Face = 'people';
const listeners = new Set<() => void>();

export function turnTo(next: Face): void {
  face = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useFace = (): Face =>
  useSyncExternalStore(
    subscribe,
    () => face,
    () => 'people',
  );
