'use client';

import { useEffect, useState } from 'react';

/** That many answers appear at once: to draw each alone keeps a phone too busy to scroll. */
const HANDFUL = 4;
/** Milliseconds in which the answers appear: long enough to see them fall, short enough not to need a pause button. */
const FILL_MS = 3500;

/**
 * Lets answers fall a few at a time, once, unless the reader wants no motion.
 * @param draw names the answers; other ones fall anew
 * @returns how many lie there
 */
export function useFall(count: number, draw: string): number {
  const [shown, setShown] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another draw begins anew
  useEffect(() => {
    if (count === 0) return;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return setShown(count);
    const start = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const share = Math.min(1, Math.max(0, (now - start) / FILL_MS));
      setShown(share < 1 ? HANDFUL * Math.floor((share * count) / HANDFUL) : count);
      if (share < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [count, draw]);
  return Math.min(shown, count);
}
