'use client';

/** The reader's switch: whether runs may start when a slider is let go. For the whole site, and remembered. */
import { useSyncExternalStore } from 'react';
import { NAMES } from '@/lib/kept';

const STORAGE_KEY = NAMES.selfStart;
const listeners = new Set<() => void>();
/** Storage may be refused: the choice then lasts as long as the page. */
let chosen: boolean | null = null;

function mayStart(): boolean {
  if (chosen === null) {
    try {
      chosen = localStorage.getItem(STORAGE_KEY) !== 'off';
    } catch {
      chosen = true;
    }
  }
  return chosen;
}

export function setMayStart(on: boolean): void {
  chosen = on;
  try {
    if (on) localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, 'off');
  } catch {
    // Remembered for this page only.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useMayStart = (): boolean => useSyncExternalStore(subscribe, mayStart, () => true);
