'use client';

import { useEffect, useRef, useState } from 'react';

export type SandboxWork<T> =
  | { state: 'idle' }
  | { state: 'running' }
  | { state: 'failed'; words: string }
  /** @param code that was judged */
  | { state: 'done'; result: T; code: string };

/**
 * What judges code in the background: a grading, an audit. The latest start wins.
 *
 * @param judge loads what it needs with the first start
 * @param found told each result and the seconds it took, before it is shown
 */
export function useSandboxWork<T>(
  judge: (code: string, signal: AbortSignal) => Promise<T>,
  found?: (result: T, seconds: number) => void,
) {
  const [work, setWork] = useState<SandboxWork<T>>({ state: 'idle' });
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  async function start(code: string): Promise<void> {
    abort.current?.abort();
    const mine = new AbortController();
    abort.current = mine;
    setWork({ state: 'running' });
    const started = performance.now();
    try {
      const result = await judge(code, mine.signal);
      if (mine.signal.aborted) return;
      found?.(result, (performance.now() - started) / 1000);
      setWork({ state: 'done', result, code });
    } catch (error) {
      if (mine.signal.aborted) return;
      setWork({
        state: 'failed',
        words: `The site itself broke, so this says nothing about your code: ${error instanceof Error ? error.message : String(error)}. Is the network there? Try again.`,
      });
    }
  }

  function stop(): void {
    abort.current?.abort();
    setWork({ state: 'idle' });
  }

  return { work, start, stop };
}
