'use client';

/**
 * The one control beside an ε: says it in the face that the page has turned to, and opens all its faces and its label.
 */
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { formatEpsilon } from '@/components/ledger/words';
import { short } from '@/components/ui/format';
import { commonSigma, privacyLabel, type Release } from '@/lib/runs/label';
import { useFace } from './face';
import { inShort } from './faces-in-words';
import { LabelCard } from './label-card';
import { TurnSign } from './turn-sign';
import { useOdds } from './use-odds';

const Meaning = lazy(() => import('./meaning'));

/** Only on paper: what one would have had to click for. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  return printing;
}

/** @param waits settings have moved on, and what this release costs is not known yet */
export function Turned({ release, waits = false }: { release: Release; waits?: boolean }) {
  const [open, setOpen] = useState(false);
  const face = useFace();
  const odds = useOdds(release.events);
  const printing = usePrinting();
  const sigma = useMemo(() => commonSigma(release.events), [release.events]);
  const says = inShort(face, odds, formatEpsilon(release.epsilon), sigma === null ? null : short(sigma, 4));
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        data-epsilon-turned={face}
        aria-haspopup="dialog"
        title="What this ε means, and its privacy label"
        className="no-print inline-flex min-h-7 items-center gap-1.5 rounded-control border border-line bg-surface px-2 text-left text-sm tabular-nums hover:border-line-strong"
      >
        <TurnSign />
        <span>{waits ? '…' : says}</span>
        <span className="sr-only">: what this ε means, and its privacy label</span>
      </button>
      {printing ? <LabelCard label={privacyLabel(release)} /> : null}
      {open ? (
        <Suspense>
          <Meaning {...{ release, odds, sigma }} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
