'use client';

import { lazy, Suspense, useEffect, useState } from 'react';
import { whenAtRest } from '@/lib/notebook/prepare-ahead';

const PagePowers = lazy(async () => ({
  default: (await import('@/components/notebook/page-powers')).PagePowers,
}));

/** Presenting and the keyboard. Their program comes once the page is at rest, or at once where the address asks for a presentation. */
export function PageTools() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (new URLSearchParams(location.search).has('present')) return setWanted(true);
    return whenAtRest(window, () => setWanted(true));
  }, []);
  return (
    // As large as the buttons, so that nothing moves when they come.
    <div className="ml-auto hidden h-8 min-w-28 justify-end sm:flex">
      {wanted ? (
        <Suspense fallback={null}>
          <PagePowers />
        </Suspense>
      ) : null}
    </div>
  );
}
