'use client';

import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { whenAtRest } from '@/lib/notebook/prepare-ahead';
import { EPSILON_CELL } from './playground-entry';

const EpsilonPanel = lazy(() => import('@/components/training/epsilon-panel/panel'));

/** Pixels: the whole half fits the screen of a small laptop. */
const CURVES_HEIGHT = 172;

export interface EpsilonHalfProps {
  /** What the recorded run came to, drawn with the page: stands here until the panel does. */
  still: ReactNode;
  onEpsilon(epsilon: number): void;
  children?: ReactNode;
}

/** Where the panel will be, as large as it, with its slider left out. */
function Place({ still }: Pick<EpsilonHalfProps, 'still'>) {
  return (
    <section aria-label={EPSILON_CELL.title} className="@container grid min-w-0 gap-3">
      <p className="min-h-8 text-lg leading-tight font-semibold">{EPSILON_CELL.title}</p>
      <p className="mb-16 text-sm text-secondary">Recorded: a real run, made earlier on another machine.</p>
      {still}
    </section>
  );
}

/** ε, and what it does to a training. Its program comes once the page is at rest. */
export function EpsilonHalf({ still, onEpsilon, children }: EpsilonHalfProps) {
  const [wanted, setWanted] = useState(false);
  useEffect(() => whenAtRest(window, () => setWanted(true)), []);
  const place = <Place still={still} />;
  return (
    <div
      className="grid min-w-0 content-start gap-2 rounded-cell border border-line bg-surface p-3 shadow-(--shadow)"
      data-epsilon-half
    >
      <div className="epsilon-place">
        {wanted ? (
          <Suspense fallback={place}>
            <EpsilonPanel cellId={EPSILON_CELL.id} plays onEpsilon={onEpsilon} height={CURVES_HEIGHT} />
          </Suspense>
        ) : (
          place
        )}
      </div>
      {children}
    </div>
  );
}
