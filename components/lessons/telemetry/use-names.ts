'use client';

import { useEffect, useState } from 'react';
import { type Emoji, loadEmoji, WORD_COUNT } from '@/lib/data/emoji';
import { assetUrl } from '@/lib/runtime/assets';

export interface Names {
  /** The i-th emoji, and the word that is i-th in our made-up order. */
  emoji(index: number): Emoji;
  word(index: number): string;
  /** Why they could not be loaded; then numbers stand for names. */
  problem: string | null;
}

/** A step through the list that visits every word and mixes the kinds: the list itself goes animals, food, places … */
const STRIDE = 37;

let loading: ReturnType<typeof loadEmoji> | null = null;

/** Names of emoji and words, loaded once a page. Until then, numbers. */
export function useNames(): Names {
  const [file, setFile] = useState<Awaited<ReturnType<typeof loadEmoji>> | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let here = true;
    loading ??= loadEmoji({ fetch: (url, init) => fetch(url, init), assetUrl });
    loading.then(
      (loaded) => here && setFile(loaded),
      (error: unknown) => {
        loading = null;
        if (here) setProblem(error instanceof Error ? error.message : 'The list of emoji did not arrive.');
      },
    );
    return () => {
      here = false;
    };
  }, []);
  return {
    emoji: (index) => file?.emoji[index] ?? { sign: String(index + 1), name: `number ${index + 1}` },
    word: (index) => file?.words[(index * STRIDE) % WORD_COUNT] ?? `word ${index + 1}`,
    problem,
  };
}
