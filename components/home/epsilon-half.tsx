'use client';

import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { whenAtRest } from '@/lib/notebook/prepare-ahead';
import { EPSILON_CELL } from './playground-entry';

const EpsilonPanel = lazy(() => import('@/components/training/epsilon-panel/panel'));

/** As tall as the panel, so that nothing moves when it comes. */
const PLACE = 'min-h-[35rem] sm:min-h-[30rem]';

export interface EpsilonHalfProps {
  onEpsilon(epsilon: number): void;
  children?: ReactNode;
}

/** ε, and what it does to a training. Its program comes once the page is at rest. */
export function EpsilonHalf({ onEpsilon, children }: EpsilonHalfProps) {
  const [wanted, setWanted] = useState(false);
  useEffect(() => whenAtRest(window, () => setWanted(true)), []);
  const place = <div className={PLACE} />;
  return (
    <div
      className="grid min-w-0 content-start gap-2 rounded-cell border border-line bg-surface p-3 shadow-(--shadow)"
      data-epsilon-half
    >
      {wanted ? (
        <Suspense fallback={place}>
          <EpsilonPanel cellId={EPSILON_CELL.id} plays onEpsilon={onEpsilon} />
        </Suspense>
      ) : (
        place
      )}
      {children}
    </div>
  );
}
