'use client';

/** The control beside the ε of a run that was charged, where there is no room for words. */
import { useMemo } from 'react';
import type { ChargedRelease } from '@/lib/ledger';
import { type OldRun, releaseOfCharge, releaseOfOldRun } from './release-of-charge';
import TurnedSmall from './turned-small';

export function TurnedCharge({ charged }: { charged: ChargedRelease }) {
  return <TurnedSmall release={useMemo(() => releaseOfCharge(charged), [charged])} />;
}

export function TurnedOldCharge({ run }: { run: OldRun }) {
  return <TurnedSmall release={useMemo(() => releaseOfOldRun(run), [run])} />;
}
