'use client';

/** The curves of a run, and of the runs pinned beside it. */
import { useMemo } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import type { LineSeries } from '@/components/charts/series';
import { lineOf, PLAIN, PRIVATE, percent, SPENT, short } from '@/components/training/twins';
import type { TrainMnistUpdate } from '../experiments/train-mnist';
import type { Pin } from './pins';

interface CurvesProps {
  updates: readonly TrainMnistUpdate[];
  latest: TrainMnistUpdate;
  pins: readonly Pin[];
  /** Of the whole run. */
  steps: number;
}

type Read = (update: TrainMnistUpdate) => number;

const line = (
  of: Pick<LineSeries, 'id' | 'label' | 'role' | 'faint'>,
  updates: CurvesProps['updates'],
  y: Read,
) => lineOf(of, updates, (update) => update.step, y);

const pinned = (pins: readonly Pin[], y: Read) =>
  pins.map(({ id, label, updates }) =>
    line({ id: `pin-${id}`, label, role: 'private', faint: true }, updates, y),
  );

const steps = (max: number) => ({ label: 'step', min: 0, max });

export function AccuracyCurves({ updates, latest, pins, steps: total }: CurvesProps) {
  const series = useMemo(
    () => [
      ...pinned(pins, (u) => u.privateAccuracy),
      line(PRIVATE, updates, (u) => u.privateAccuracy),
      line(PLAIN, updates, (u) => u.plainAccuracy),
    ],
    [updates, pins],
  );
  return (
    <LineFigure
      title="Test accuracy"
      summary={`Private ${percent(latest.privateAccuracy)}, plain ${percent(latest.plainAccuracy)} after ${latest.step} steps.`}
      caption="Share of the 10,000 test digits read rightly. Both models have the same features, lots and steps."
      series={series}
      x={steps(total)}
      y={{ label: 'accuracy', format: percent, max: 1 }}
    />
  );
}

export function EpsilonCurve({
  updates,
  latest,
  pins,
  steps: total,
  delta,
}: CurvesProps & { delta: number }) {
  const series = useMemo(
    () => [...pinned(pins, (u) => u.epsilon), line(SPENT, updates, (u) => u.epsilon)],
    [updates, pins],
  );
  return (
    <LineFigure
      title="ε spent"
      summary={`ε ${short(latest.epsilon)} spent after ${latest.step} steps at δ ${delta}.`}
      caption="Privacy spent so far, on the same steps. It only ever rises."
      series={series}
      x={steps(total)}
      y={{ label: 'ε (nats)', min: 0 }}
      height={200}
    />
  );
}

export function LossCurves({ updates, latest, steps: total }: Omit<CurvesProps, 'pins'>) {
  const series = useMemo(
    () => [line(PRIVATE, updates, (u) => u.privateLoss), line(PLAIN, updates, (u) => u.plainLoss)],
    [updates],
  );
  return (
    <LineFigure
      title="Test loss"
      summary={`Private ${short(latest.privateLoss)}, plain ${short(latest.plainLoss)} nats.`}
      caption="Mean cross-entropy on the test digits, in nats."
      series={series}
      x={steps(total)}
      y={{ label: 'loss (nats)', min: 0 }}
      height={200}
    />
  );
}
