'use client';

import { useState } from 'react';
import type { OwnCell } from '@/lib/notebook/own/document';

/** Long enough for every cell to load on a slow machine; what has not come by then is left out of Run all. */
const ALL_WITHIN_MS = 15_000;

const waits = () => document.querySelector('.lab-item [aria-labelledby$="-waits"]') !== null;

/** Before Run all: every cell comes onto the page, and it waits for them. */
export function useBringAll(cells: readonly OwnCell[], say: (words: string) => void) {
  /** All cells are to be on the page, also those that nobody has scrolled to. */
  const [everything, setEverything] = useState(false);
  async function bringAll() {
    setEverything(true);
    const until = performance.now() + ALL_WITHIN_MS;
    do await new Promise((resolve) => setTimeout(resolve, 100));
    while (waits() && performance.now() < until);
    const strangers = cells.filter((cell) => cell.kind === 'code' && cell.stranger).length;
    const [which, them] = strangers === 1 ? ['cell that', 'it'] : ['cells that', 'them'];
    if (strangers > 0)
      say(
        `Run all leaves out ${strangers} code ${which} came from elsewhere: read and run ${them} one by one.`,
      );
  }
  return { everything, bringAll };
}
