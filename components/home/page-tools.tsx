'use client';

import { lazy, Suspense, useEffect, useState } from 'react';
import { ToolsMenu } from '@/components/notebook/tools-menu';
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
    <div className="ml-auto hidden text-sm sm:block">
      <ToolsMenu>
        {(close) =>
          wanted ? (
            <Suspense fallback={null}>
              <PagePowers onChosen={close} />
            </Suspense>
          ) : null
        }
      </ToolsMenu>
    </div>
  );
}
