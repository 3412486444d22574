'use client';

import { useSyncExternalStore } from 'react';
import {
  type Attempts,
  type ExerciseId,
  type Grade,
  NO_ATTEMPTS,
  readAttempts,
  withCode,
  withGrade,
  writeAttempts,
} from '@/lib/exercises/attempts';
import { NAMES } from '@/lib/kept';

/** Between the parts of one page; other tabs hear of it from the browser. */
const CHANGED = 'epsilon-playground-exercises';
/** Told to the window at each grading, for embeds and packages around it: a `CustomEvent` whose `detail` is the grade. */
export const GRADED = 'epsilon-playground-graded';

/** Where storage is refused, attempts live as long as the page. */
let unstored: string | null = null;

function stored(): string | null {
  if (unstored !== null) return unstored;
  try {
    return localStorage.getItem(NAMES.exercises);
  } catch {
    return null;
  }
}

let last: { text: string | null; attempts: Attempts } = { text: null, attempts: NO_ATTEMPTS };

function current(): Attempts {
  const text = stored();
  // The same object for the same text, or React would draw for ever.
  if (text !== last.text) last = { text, attempts: readAttempts(text) };
  return last.attempts;
}

function keep(attempts: Attempts): void {
  const text = writeAttempts(attempts);
  try {
    localStorage.setItem(NAMES.exercises, text);
    unstored = null;
  } catch {
    unstored = text;
  }
  dispatchEvent(new Event(CHANGED));
}

function subscribe(changed: () => void): () => void {
  addEventListener('storage', changed);
  addEventListener(CHANGED, changed);
  return () => {
    removeEventListener('storage', changed);
    removeEventListener(CHANGED, changed);
  };
}

/** Nothing on the server, and until the page is alive. */
export const useAttempts = (): Attempts => useSyncExternalStore(subscribe, current, () => NO_ATTEMPTS);

/** @param code null: as the exercise has it */
export const keepCode = (id: ExerciseId, code: string | null): void => keep(withCode(current(), id, code));

/** Keeps a grade, and tells the window. */
export function keepGrade(id: ExerciseId, grade: Grade): void {
  keep(withGrade(current(), id, grade));
  dispatchEvent(new CustomEvent<Grade>(GRADED, { detail: grade }));
}

export function forgetAttempts(): void {
  unstored = null;
  try {
    localStorage.removeItem(NAMES.exercises);
  } catch {
    // Then there were none.
  }
  dispatchEvent(new Event(CHANGED));
}
