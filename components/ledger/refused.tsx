'use client';

import { lazy, Suspense, useState } from 'react';
import type { Refusal } from '@/lib/ledger';

// With the arithmetic of the ledger: comes with the first refusal.
const RefusalDialog = lazy(async () => ({ default: (await import('./refusal-dialog')).RefusalDialog }));

interface RefusedProps {
  handle: { state: string; result: { refusal: Refusal | null } | null; run(): void };
  onFewerSteps?(steps: number): void;
  /** @param factor by which every noise scale of the plan grows */
  onMoreNoise?(factor: number): void;
}

/** Says that the budget did not allow a run; at most once for each result. */
export function Refused({ handle: { state, result, run }, ...ways }: RefusedProps) {
  const [dismissed, setDismissed] = useState<object | null>(null);
  if (state !== 'done' || result === null || result === dismissed || result.refusal === null) return null;
  return (
    <Suspense>
      <RefusalDialog refusal={result.refusal} {...ways} onRaised={run} onClose={() => setDismissed(result)} />
    </Suspense>
  );
}

/**
 * For cells that set ε: a mechanism with k times the noise has at most a k-th of it, a Gaussian one for small ε. The slider may be
 * moved on from there.
 */
export const withNoise = (epsilon: number, factor: number) => Math.floor((epsilon / factor) * 1e4) / 1e4;
