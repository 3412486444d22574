'use client';

import { useEffect, useRef } from 'react';

/**
 * A press that opens a notebook, or closes one, takes away the button that was pressed, and the focus with it: the heading of what
 * came has it next. A page that was only just loaded is left to begin at its top.
 * @param place what is open; null while nothing is yet
 */
export function useFocusOnArrival(place: string | null): void {
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (place === null) return;
    const moved = before.current !== null && before.current !== place;
    before.current = place;
    if (!moved || document.activeElement !== document.body) return;
    const heading = document.querySelector<HTMLElement>('main h1');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus({ preventScroll: true });
  }, [place]);
}
