/**
 * The run that follows ε when nothing else is moved: softmax regression on all 60,000 digits. It is what was recorded, what the panel
 * starts, and the default of the lesson. The experiment is asked for by its id: no room need be known here.
 */

import { noiseFor } from '@/lib/runs/accountant';
import type { PoissonRun } from '@/lib/runs/phases';

export const DIGIT_EXPERIMENT = 'train-mnist';
export const DIGIT_PREPARATION = 'prepare-digits';

/** All that is held fixed while ε moves. */
export const FIXED = {
  people: 'all',
  features: 'gradients',
  model: 'softmax',
  optimizer: 'momentum',
  clipping: 'flat',
  rateScale: 1,
  maxGradNorm: 1,
  expectedBatchSize: 2048,
  steps: 200,
  delta: 1e-5,
} as const;

/** Digits that take part. */
const PEOPLE = 60_000;
const SAMPLE_RATE = FIXED.expectedBatchSize / PEOPLE;

export type FixedSettings = { [Name in keyof typeof FIXED]: string | number };

/** Whether settings differ from the recorded ones in more than ε. */
export const differsFromRecorded = (settings: FixedSettings): boolean =>
  Object.entries(FIXED).some(([name, value]) => settings[name as keyof FixedSettings] !== value);

/** ε whose runs are recorded, ascending: denser where accuracy still moves. From one end of the lesson's slider to the other. */
export const GRID = [0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 8, 12, 20] as const;

/** What it releases. @param noiseMultiplier σ */
export const releaseWith = (noiseMultiplier: number): PoissonRun => ({
  sampleRate: SAMPLE_RATE,
  noiseMultiplier,
  steps: FIXED.steps,
});

/** The least σ of five digits with which the run keeps to ε. */
export const noiseMultiplierFor = (epsilon: number): number =>
  noiseFor(releaseWith(0), { epsilon, delta: FIXED.delta });

/** The digits that pass through both models, and a third of it for each that is only read: the unit in which machines are fast or slow. */
export const digitWork = ({
  steps,
  expectedBatchSize,
}: {
  steps: number;
  expectedBatchSize: number;
}): number => steps * expectedBatchSize + (Math.min(25, steps) + 1) * (10_000 / 3);

/** Runs that take the same time for the same work. */
export const digitKind = ({
  features,
  model,
  optimizer,
  clipping,
}: Record<'features' | 'model' | 'optimizer' | 'clipping', string>) =>
  `${DIGIT_EXPERIMENT} ${features} ${model} ${optimizer} ${clipping}`;
