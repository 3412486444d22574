'use client';

import { formatEpsilon } from '@/components/ledger/words';
import { RunFigure, type ShownRun, SPENT, twins } from '@/components/training/run-figure';
/** The curves of a run. */
import { percent, plural } from '@/components/ui/format';
import type { TrainDetectorParams, TrainDetectorUpdate } from '../experiments/train-detector';

const PRECISION = twins('MAP50');
const LOSS = twins('Loss');

export interface Shown extends ShownRun<TrainDetectorUpdate> {
  latest: TrainDetectorUpdate;
  ranWith: TrainDetectorParams;
}

export function PrecisionCurves({ run }: { run: Shown }) {
  const { latest, ranWith } = run;
  const judgedOn = ranWith.scenes
    ? `the ${latest.tests} pictures that were kept for it`
    : `${latest.tests} scenes of digits that nobody trained on`;
  return (
    <RunFigure
      title="mAP50 on test scenes"
      summary={`Private ${percent(latest.privateMAP50)}, plain ${percent(latest.plainMAP50)} after ${plural(latest.step, 'step')}.`}
      caption={`By COCO’s rules, on ${judgedOn}.`}
      run={run}
      curves={PRECISION}
      y={{ label: 'mAP50', format: percent, min: 0, max: 1 }}
    />
  );
}

/** What it took: ε, and the loss that was brought down with it. */
export function SpentAndLoss({ run }: { run: Shown }) {
  const { latest } = run;
  return (
    <div className="grid gap-6 @4xl:grid-cols-2">
      <RunFigure
        title="ε spent"
        summary={`ε ${formatEpsilon(latest.epsilon)} spent after ${plural(latest.step, 'step')}.`}
        caption="Privacy spent so far. It only ever rises."
        run={run}
        curves={SPENT}
        y={{ label: 'ε (nats)', min: 0 }}
        height={200}
      />
      <RunFigure
        title="Loss of the last lot"
        summary="Mean detection loss of one scene in the lots of both models."
        caption="Per scene: yes-or-no answers at 64 places, and overlap of boxes. Computed from the training scenes without noise: ε does not cover it."
        run={run}
        curves={LOSS}
        y={{ label: 'loss', min: 0 }}
        height={200}
      />
    </div>
  );
}
