'use client';

/** Runs that stay in the charts, faint, beside the next ones. */
import { useState } from 'react';
import { formatEpsilon } from '@/components/ledger/words';
import type { ExperimentHandle } from '@/components/notebook/contracts';
import type { Pin } from '@/components/training/run-figure';
import { Button } from '@/components/ui/button';
import { short } from '@/components/ui/format';
import type { TrainMnistParams, TrainMnistResult, TrainMnistUpdate } from '../experiments/train-mnist';

export type TrainHandle = ExperimentHandle<TrainMnistParams, TrainMnistUpdate, TrainMnistResult>;

export interface Pins {
  pins: readonly Pin<TrainMnistUpdate>[];
  /** Keeps the run that is shown; null while there is none. */
  pin: (() => void) | null;
  clear(): void;
}

export function usePins({ latest, ranWith, updates }: TrainHandle): Pins {
  const [pins, setPins] = useState<readonly Pin<TrainMnistUpdate>[]>([]);
  const pin = () => {
    const id = (pins.at(-1)?.id ?? 0) + 1;
    const label = `Run ${id}: σ ${short(ranWith!.noiseMultiplier)}, ε ${formatEpsilon(latest!.epsilon)}`;
    setPins([...pins, { id, label, updates }]);
  };
  return { pins, pin: latest && ranWith ? pin : null, clear: () => setPins([]) };
}

export function PinButtons({ pins, pin, clear }: Pins) {
  return (
    <div className="flex flex-wrap gap-2">
      {pins.length > 0 ? (
        <Button small look="quiet" onClick={clear}>
          Remove pinned runs
        </Button>
      ) : null}
      <Button small disabled={pin === null} onClick={pin ?? undefined}>
        Pin this run
      </Button>
    </div>
  );
}
