'use client';

/** As `turned-charge`, loaded only where something was charged. */
import { lazy, Suspense } from 'react';
import type { ChargedRelease } from '@/lib/ledger';

const TurnedCharge = lazy(() => import('./turned-charge'));

export function ChargeSign({ charged }: { charged: ChargedRelease }) {
  return (
    <Suspense>
      <TurnedCharge charged={charged} />
    </Suspense>
  );
}
