'use client';

import { formatEpsilon } from '@/components/ledger/words';
import { RunFigure, type ShownRun, SPENT, twins } from '@/components/training/run-figure';
/** The curves of a run, and of the runs pinned beside it. */
import { plural, short } from '@/components/ui/format';
import type { TrainMnistParams, TrainMnistUpdate } from '../experiments/train-mnist';

const LOSS = twins('Loss');

export interface Shown extends ShownRun<TrainMnistUpdate> {
  latest: TrainMnistUpdate;
  ranWith: TrainMnistParams;
}

/** What it took: ε, and the loss that was brought down with it. */
export function SpentAndLoss({ run }: { run: Shown }) {
  const { latest, ranWith } = run;
  const { pins: _, ...unpinned } = run;
  return (
    <div className="grid gap-6 @4xl:grid-cols-2">
      <RunFigure
        title="ε spent"
        summary={`ε ${formatEpsilon(latest.epsilon)} spent after ${plural(latest.step, 'step')} at δ ${ranWith.delta}.`}
        caption="Privacy spent so far, on the same steps. It only ever rises."
        run={run}
        curves={SPENT}
        y={{ label: 'ε (nats)', min: 0 }}
        height={200}
      />
      <RunFigure
        title="Test loss"
        summary={`Private ${short(latest.privateLoss)}, plain ${short(latest.plainLoss)} nats.`}
        caption="Mean cross-entropy on the test digits, in nats."
        run={unpinned}
        curves={LOSS}
        y={{ label: 'loss (nats)', min: 0 }}
        height={200}
      />
    </div>
  );
}
