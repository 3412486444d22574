'use client';

import { lazy, Suspense, useId } from 'react';
import { useTellCharge } from '@/components/notebook/notebook-provider';
import { useNear } from '@/components/ui/use-near';
import { Reading } from './reading';
import type { WhatIfProps } from './what-if-answer';

// The ledger weighs more than the rest of a lesson, and its sums take a while: both wait until one could read the answer.
const Answer = lazy(() => import('./what-if-answer'));

/** “What if I ran this?”: one line under a Run button, before anything is charged. */
export function WhatIf(props: WhatIfProps) {
  const id = useId();
  const near = useNear(id);
  useTellCharge(id, props);
  return (
    <div data-what-if-place data-stays>
      {/* What is watched: the place around it may have no box of its own. */}
      <span id={id} className="absolute" />
      {near ? (
        <Suspense fallback={<Reading />}>
          <Answer {...props} />
        </Suspense>
      ) : (
        <Reading />
      )}
    </div>
  );
}
