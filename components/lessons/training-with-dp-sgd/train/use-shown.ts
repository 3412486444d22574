'use client';

import { useCallback, useMemo } from 'react';
import { type RecordedCurves, recordedPair } from '@/components/training/epsilon-panel/recorded';
import recordedCurves from '@/components/training/epsilon-panel/recorded.json';
import { type OwnRun, type Shown, whatIsShown } from '@/components/training/epsilon-panel/shown';
import type { Pin } from '@/components/training/run-figure';
import { useAccounted } from '@/components/training/use-accounted';
import { epsilonOf } from '@/lib/runs/accountant';
import { trainRelease } from '../account';
import type { TrainMnistUpdate } from '../experiments/train-mnist';
import type { TrainHandle } from './pins';

const RECORDED = recordedCurves as RecordedCurves;

/**
 * What the accuracy figure speaks of: the run in hand, or a recorded one.
 * @param differs the settings on the screen are not those of the recorded runs, but for ε
 */
export function useShown(
  { updates, ranWith, state, stale }: TrainHandle,
  epsilon: number,
  differs: boolean,
  pins: readonly Pin<TrainMnistUpdate>[],
): { shown: Shown; own: OwnRun | null } {
  const recorded = useMemo(() => recordedPair(RECORDED, epsilon), [epsilon]);
  const whole = useAccounted(
    useCallback(() => ranWith && epsilonOf(trainRelease(ranWith), ranWith.delta), [ranWith]),
  );
  const busy = state === 'preparing' || state === 'running';
  const own = useMemo<OwnRun | null>(() => {
    if (ranWith === null || whole === null || updates.length === 0) return null;
    const { steps: total, noiseSource } = ranWith;
    return { updates, epsilon: whole, total, seeded: noiseSource === 'seeded', stale, busy };
  }, [ranWith, whole, updates, stale, busy]);
  const shown = useMemo(() => {
    const now = whatIsShown(recorded, own, !differs);
    const kept = pins.map(({ id, label, updates: curve }) => ({
      id: `pin ${id}`,
      words: label,
      look: 'earlier' as const,
      curve,
    }));
    return { ...now, others: [...kept, ...now.others] };
  }, [recorded, own, differs, pins]);
  return { shown, own };
}
