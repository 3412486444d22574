'use client';

/** The curves of a run. */
import { useMemo } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { lineOf, PLAIN, PRIVATE, percent, SPENT, short } from '@/components/training/twins';
import type { TrainDetectorUpdate } from '../experiments/train-detector';

interface CurvesProps {
  updates: readonly TrainDetectorUpdate[];
  latest: TrainDetectorUpdate;
  /** Of the whole run. */
  steps: number;
}

const at = ({ step }: TrainDetectorUpdate) => step;
const stepsAxis = (max: number) => ({ label: 'step', min: 0, max });

/** @param own on the learner's own pictures */
export function PrecisionCurves({ updates, latest, steps, own }: CurvesProps & { own: boolean }) {
  const series = useMemo(
    () => [
      lineOf(PRIVATE, updates, at, (u) => u.privateMAP50),
      lineOf(PLAIN, updates, at, (u) => u.plainMAP50),
    ],
    [updates],
  );
  const judgedOn = own
    ? `the ${latest.tests} pictures that were kept for it`
    : `${latest.tests} scenes of digits that nobody trained on`;
  return (
    <LineFigure
      title="mAP50 on test scenes"
      summary={`Private ${percent(latest.privateMAP50)}, plain ${percent(latest.plainMAP50)} after ${latest.step} steps.`}
      caption={`By COCO’s rules, on ${judgedOn}.`}
      series={series}
      x={stepsAxis(steps)}
      y={{ label: 'mAP50', format: percent, min: 0, max: 1 }}
    />
  );
}

export function EpsilonCurve({ updates, latest, steps }: CurvesProps) {
  const series = useMemo(() => [lineOf(SPENT, updates, at, (u) => u.epsilon)], [updates]);
  return (
    <LineFigure
      title="ε spent"
      summary={`ε ${short(latest.epsilon)} spent after ${latest.step} steps.`}
      caption="Privacy spent so far. It only ever rises."
      series={series}
      x={stepsAxis(steps)}
      y={{ label: 'ε (nats)', min: 0 }}
      height={200}
    />
  );
}

export function LossCurves({ updates, steps }: CurvesProps) {
  const series = useMemo(
    () => [
      lineOf(PRIVATE, updates, at, (u) => u.privateLoss),
      lineOf(PLAIN, updates, at, (u) => u.plainLoss),
    ],
    [updates],
  );
  return (
    <LineFigure
      title="Loss of the last lot"
      summary="Mean detection loss of one scene in the lots of both models."
      caption="Per scene: yes-or-no answers at 64 places, and overlap of boxes. Computed from the training scenes without noise: ε does not cover it."
      series={series}
      x={stepsAxis(steps)}
      y={{ label: 'loss', min: 0 }}
      height={200}
    />
  );
}
