'use client';

import { lazy, Suspense, useEffect, useState } from 'react';

const Words = lazy(() => import('./in-memory-words'));

/** Browsers let a frame of another site store nothing, in private windows by default. */
function isRefused(): boolean {
  try {
    return localStorage === null;
  } catch {
    return true;
  }
}

/** Where nothing can be stored: that charges are counted in memory. It keeps the count, too, while workers come and go. */
export function InMemory() {
  const [refused, setRefused] = useState(false);
  useEffect(() => setRefused(isRefused()), []);
  return refused ? (
    <Suspense fallback={null}>
      <Words />
    </Suspense>
  ) : null;
}
