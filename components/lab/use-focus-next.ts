'use client';

import { useCallback, useLayoutEffect, useRef } from 'react';
import { itemId } from './item';

/** What has the focus next: the frame of a cell, or one of its tools. */
export interface NextFocus {
  id: string;
  tool?: 'up' | 'down';
}

/** Moves the focus to a cell once it is in its place on the page: after the next render of whoever uses this. */
export function useFocusNext(): (next: NextFocus) => void {
  const waiting = useRef<NextFocus | null>(null);
  useLayoutEffect(() => {
    const next = waiting.current;
    if (!next) return;
    waiting.current = null;
    const frame = document.getElementById(itemId(next.id));
    if (!frame) return;
    const tool = next.tool && frame.querySelector<HTMLButtonElement>(`[data-tool="${next.tool}"]`);
    (tool && !tool.disabled ? tool : frame).focus({ preventScroll: true });
    frame.scrollIntoView({ block: 'nearest' });
  });
  return useCallback((next) => {
    waiting.current = next;
  }, []);
}
