'use client';

import { useState } from 'react';
import { RefusalDialog } from '@/components/ledger/refusal-dialog';
import type { Refusal } from '@/lib/ledger';

/** Says that the budget did not allow a run; at most once for each result. */
export function Refused({
  result,
  done,
  epsilon,
  onEpsilon,
  onRaised,
}: {
  result: { refusal: Refusal | null } | null;
  /** The run that gave it has ended. */
  done: boolean;
  epsilon: number;
  onEpsilon(epsilon: number): void;
  onRaised(): void;
}) {
  const [dismissed, setDismissed] = useState<object | null>(null);
  if (!done || result === null || result === dismissed || result.refusal === null) return null;
  return (
    <RefusalDialog
      refusal={result.refusal}
      // A Gaussian mechanism with k times the noise has at most a k-th of the ε, for small ε: the slider may be moved on from there.
      onMoreNoise={(factor) => onEpsilon(Math.floor((epsilon / factor) * 1e4) / 1e4)}
      onRaised={onRaised}
      onClose={() => setDismissed(result)}
    />
  );
}
