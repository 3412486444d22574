'use client';

/** The dialog where nobody has asked for the odds yet. */
import type { Release } from '@/lib/runs/label';
import Meaning from './meaning';
import { useOdds } from './use-odds';

export default function MeaningWithOdds(props: { release: Release; sigma: number | null; onClose(): void }) {
  return <Meaning {...props} odds={useOdds(props.release.events)} />;
}
