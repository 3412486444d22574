'use client';

import { useSelectedLayoutSegments } from 'next/navigation';
import type { ReactNode } from 'react';

/** Whether this page is a cell that stands in somebody else's. */
function useEmbedded(): boolean {
  const [first, second] = useSelectedLayoutSegments();
  return first === 'embed' && second !== undefined;
}

/** What stands around every page, but not around a cell that is embedded in somebody else's. */
export function Chrome({ children }: { children: ReactNode }) {
  return useEmbedded() ? null : children;
}

/** The page itself; an embedded cell is as wide as its frame. */
export function Main({ children }: { children: ReactNode }) {
  return (
    <main
      id="main"
      tabIndex={-1}
      className={useEmbedded() ? 'p-1 outline-none' : 'mx-auto outline-none max-w-[88rem] px-3 sm:px-6'}
    >
      {children}
    </main>
  );
}
