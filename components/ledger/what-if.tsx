'use client';

import { lazy, Suspense } from 'react';
import { Reading } from './reading';
import type { WhatIfProps } from './what-if-answer';

// The ledger weighs more than the rest of a lesson; until it has been read there is nothing to say.
const Answer = lazy(() => import('./what-if-answer'));

/** “What if I ran this?”: one line under a Run button, before anything is charged. */
export function WhatIf(props: WhatIfProps) {
  return (
    <Suspense fallback={<Reading />}>
      <Answer {...props} />
    </Suspense>
  );
}
