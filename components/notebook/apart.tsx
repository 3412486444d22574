'use client';

import { Activity, type ReactNode } from 'react';

/**
 * A part of a page that wakes by itself, when there is time or when it is touched; until then it is there to be read. Not `Suspense`,
 * whose server puts a large part behind a script.
 */
export function Apart({ children }: { children: ReactNode }) {
  return <Activity mode="visible">{children}</Activity>;
}
