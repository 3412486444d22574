'use client';

/** The control where there is no room for words: the sign alone. Odds are worked out when it is opened. */
import { lazy, Suspense, useState } from 'react';
import { commonSigma, type Release } from '@/lib/runs/label';
import { TurnSign } from './turn-sign';

const MeaningWithOdds = lazy(() => import('./meaning-with-odds'));

export default function TurnedSmall({ release }: { release: Release }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        data-epsilon-turned="sign"
        aria-haspopup="dialog"
        aria-label="What this ε means, and its privacy label"
        title="What this ε means, and its privacy label"
        className="no-print grid h-8 w-8 place-items-center rounded-control text-secondary hover:bg-ground hover:text-text"
      >
        <TurnSign />
      </button>
      {open ? (
        <Suspense>
          <MeaningWithOdds
            release={release}
            sigma={commonSigma(release.events)}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}
