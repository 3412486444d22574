'use client';

import { useSelectedLayoutSegments } from 'next/navigation';
import type { ReactNode } from 'react';

/** What stands around every page, but not around a cell that is embedded in somebody else's. */
export function Chrome({ children }: { children: ReactNode }) {
  const [first, second] = useSelectedLayoutSegments();
  return first === 'embed' && second !== undefined ? null : children;
}
