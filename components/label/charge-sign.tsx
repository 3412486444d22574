'use client';

/** As `turned-charge`, loaded only where something was charged. */
import { lazy, Suspense } from 'react';
import type { ChargedRelease } from '@/lib/ledger';
import type { OldRun } from './release-of-charge';

const load = () => import('./turned-charge');
const TurnedCharge = lazy(async () => ({ default: (await load()).TurnedCharge }));
const TurnedOldCharge = lazy(async () => ({ default: (await load()).TurnedOldCharge }));

export function ChargeSign({ charged }: { charged: ChargedRelease }) {
  return (
    <Suspense>
      <TurnedCharge charged={charged} />
    </Suspense>
  );
}

/** Of a run of which an older version kept ε and δ alone. */
export function OldChargeSign({ run }: { run: OldRun }) {
  return (
    <Suspense>
      <TurnedOldCharge run={run} />
    </Suspense>
  );
}
