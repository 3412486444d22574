'use client';

import { useCallback, useEffect, useState } from 'react';

/** What the address of the lab asks for. */
export type Wish =
  | { kind: 'list' }
  | { kind: 'open'; id: string }
  /** A copy of a lesson, with the settings of its page. */
  | { kind: 'fork'; lesson: string; hash: string }
  /** A new notebook with one cell in it. */
  | { kind: 'cell'; cell: string; hash: string }
  /** An assignment to be done, and work on one that came back. */
  | { kind: 'assignment' | 'work'; packed: string }
  /** A whole notebook that came with the link. */
  | { kind: 'shared'; packed: string };

/** Never throws; what it does not know leads to the list. */
export function readWish(search: string, hash: string): Wish {
  const query = new URLSearchParams(search);
  const lesson = query.get('fork');
  if (lesson !== null) return { kind: 'fork', lesson, hash };
  const cell = query.get('cell');
  if (cell !== null) return { kind: 'cell', cell, hash };
  const packed = /^#nb=([\w.-]+)$/.exec(hash)?.[1];
  if (packed !== undefined) return { kind: 'shared', packed };
  const [, given, text] = /^#(as|work)=([\w.-]+)$/.exec(hash) ?? [];
  if (text !== undefined) return { kind: given === 'as' ? 'assignment' : 'work', packed: text };
  const id = /^#n=([\w-]{1,64})$/.exec(hash)?.[1];
  return id === undefined ? { kind: 'list' } : { kind: 'open', id };
}

export interface LabAddress {
  /** Null until the page is in the browser. */
  wish: Wish | null;
  /** A new entry: Back leads to what was before. */
  go(id: string | null): void;
  /** In place of the entry: Back must not ask for a second copy. */
  become(id: string | null): void;
}

const addressOf = (id: string | null) => `${location.pathname}${id === null ? '' : `#n=${id}`}`;

const wishFor = (id: string | null): Wish => (id === null ? { kind: 'list' } : { kind: 'open', id });

export function useLabAddress(): LabAddress {
  const [wish, setWish] = useState<Wish | null>(null);
  useEffect(() => {
    const read = () => setWish(readWish(location.search, location.hash));
    read();
    addEventListener('popstate', read);
    addEventListener('hashchange', read);
    return () => {
      removeEventListener('popstate', read);
      removeEventListener('hashchange', read);
    };
  }, []);
  const go = useCallback((id: string | null) => {
    history.pushState(null, '', addressOf(id));
    setWish(wishFor(id));
    window.scrollTo(0, 0);
  }, []);
  const become = useCallback((id: string | null) => {
    history.replaceState(null, '', addressOf(id));
    setWish(wishFor(id));
  }, []);
  return { wish, go, become };
}
