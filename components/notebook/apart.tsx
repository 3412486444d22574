import { type ReactNode, Suspense } from 'react';

/** A part of a page that wakes by itself, when there is time or when it is touched; until then it is there to be read. */
export function Apart({ children }: { children: ReactNode }) {
  return <Suspense fallback={null}>{children}</Suspense>;
}
