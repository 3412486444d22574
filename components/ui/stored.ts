'use client';

import { useSyncExternalStore } from 'react';

/** What a page keeps in the browser as one text. */
export interface Stored<T> {
  /** Nothing on the server, and until the page is alive. */
  use(): T;
  current(): T;
  keep(value: T): void;
  forget(): void;
}

interface Kept<T> {
  /** In the local storage. */
  key: string;
  none: T;
  read(text: string | null): T;
  write(value: T): string;
  /** Where storage is refused it is kept as long as the page lives; else not at all. */
  withoutStorage?: boolean;
}

export function stored<T>({ key, none, read, write, withoutStorage = false }: Kept<T>): Stored<T> {
  /** Between the parts of one page; other tabs hear of it from the browser. */
  const changed = `${key} changed`;
  let unstored: string | null = null;
  let last: { text: string | null; value: T } = { text: null, value: none };

  function text(): string | null {
    if (unstored !== null) return unstored;
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  function current(): T {
    const found = text();
    // The same object for the same text, or React would draw for ever.
    if (found !== last.text) last = { text: found, value: read(found) };
    return last.value;
  }

  function subscribe(heard: () => void): () => void {
    addEventListener('storage', heard);
    addEventListener(changed, heard);
    return () => {
      removeEventListener('storage', heard);
      removeEventListener(changed, heard);
    };
  }

  return {
    use: () => useSyncExternalStore(subscribe, current, () => none),
    current,
    keep(value) {
      const found = write(value);
      try {
        localStorage.setItem(key, found);
        unstored = null;
      } catch {
        if (!withoutStorage) return;
        unstored = found;
      }
      dispatchEvent(new Event(changed));
    },
    forget() {
      unstored = null;
      try {
        localStorage.removeItem(key);
      } catch {
        // Then there was none.
      }
      dispatchEvent(new Event(changed));
    },
  };
}
