'use client';

import { useSyncExternalStore } from 'react';
import {
  type Deed,
  NO_PROGRESS,
  PROGRESS_KEY,
  type Progress,
  readProgress,
  withDeed,
  writeProgress,
} from '@/lib/notebook/progress';

/** Between the parts of one page; other tabs hear of it from the browser. */
const CHANGED = 'epsilon-playground-progress';

/** Null also where storage is refused. */
function stored(): string | null {
  try {
    return localStorage.getItem(PROGRESS_KEY);
  } catch {
    return null;
  }
}

let last: { text: string | null; progress: Progress } = { text: null, progress: NO_PROGRESS };

function current(): Progress {
  const text = stored();
  // The same object for the same text, or React would draw for ever.
  if (text !== last.text) last = { text, progress: readProgress(text) };
  return last.progress;
}

function subscribe(changed: () => void): () => void {
  addEventListener('storage', changed);
  addEventListener(CHANGED, changed);
  return () => {
    removeEventListener('storage', changed);
    removeEventListener(CHANGED, changed);
  };
}

/** What was done in this browser; nothing on the server, and until the page is alive. */
export const useProgress = (): Progress => useSyncExternalStore(subscribe, current, () => NO_PROGRESS);

/** Keeps one deed. Where nothing can be stored, nothing happens: a lesson does not need it. */
export function recordDeed(slug: string, deed: Deed): void {
  const before = current();
  const after = withDeed(before, slug, deed);
  if (after === before) return;
  try {
    localStorage.setItem(PROGRESS_KEY, writeProgress(after));
  } catch {
    return;
  }
  dispatchEvent(new Event(CHANGED));
}

export function forgetProgress(): void {
  try {
    localStorage.removeItem(PROGRESS_KEY);
  } catch {
    // Then there was none.
  }
  dispatchEvent(new Event(CHANGED));
}
