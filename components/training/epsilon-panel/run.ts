/**
 * The run that follows ε when nothing else is moved: softmax regression on all 60,000 digits. It is what was recorded, what the panel
 * starts, and the default of the lesson. The experiment is asked for by its id: no room need be known here.
 */

import { roundUp } from '@/lib/notebook/two-ends';
import { poissonPhases } from '@/lib/runs/phases';
import { noiseFor } from '../accountant';

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

/** The least σ, to four digits upwards, with which the run keeps to ε. */
export const noiseMultiplierFor = (epsilon: number): number =>
  roundUp(
    noiseFor(
      { sampleRate: SAMPLE_RATE, noiseMultiplier: 0, steps: FIXED.steps },
      { epsilon, delta: FIXED.delta },
    ),
  );

/** As the ledger is told of it before it runs. */
export const phasesFor = (noiseMultiplier: number) =>
  poissonPhases({ sampleRate: SAMPLE_RATE, noiseMultiplier, steps: FIXED.steps });
