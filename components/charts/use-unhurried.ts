'use client';

import { type RefObject, useDeferredValue, useEffect, useRef, useState } from 'react';

/** Redrawn so often while nobody looks. */
const UNSEEN_MS = 1000;

/** Whether an element is on the screen, or within a quarter of its height of it. Told nothing yet: yes. */
function useSeen(ref: RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(true);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => setSeen(entry!.isIntersecting), {
      rootMargin: '25% 0px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return seen;
}

/**
 * What a chart draws: the newest value while the chart is on the screen; else one a second at most, the last never left out. A run
 * reports eight times a second, a redrawn chart costs a frame, and most charts of a page are out of sight. Those in sight are drawn
 * in slices, between which the page answers.
 */
export function useUnhurried<T>(value: T, box: RefObject<HTMLElement | null>): T {
  const seen = useSeen(box);
  const [held, setHeld] = useState(value);
  const heldAt = useRef(0);
  useEffect(() => {
    if (seen || held === value) return;
    const timer = setTimeout(
      () => {
        heldAt.current = performance.now();
        setHeld(value);
      },
      heldAt.current + UNSEEN_MS - performance.now(),
    );
    return () => clearTimeout(timer);
  }, [seen, held, value]);
  return useDeferredValue(seen ? value : held);
}
