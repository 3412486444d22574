/** What the printed ε of a detector's training is worth under habits that break its promise: each by itself, and all that are chosen. */
import * as z from 'zod';
import { habitsWorth, NO_HABITS, type TrainingHabits } from '@/lib/privacy/training-habits';
import { noiseFor } from '@/lib/runs/accountant';
import { SCENE_DELTA, SCENE_LOT, SCENE_PEOPLE } from '@/lib/runs/accounts/scenes';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { SCENE_SAMPLE_RATE } from '../account';
import { HABITS, type HabitId } from '../pipeline/habits';

const params = z.object({
  /** In nats. */
  printedEpsilon: z.number().min(0.05).max(50),
  batchNorm: z.boolean(),
  mosaic: z.boolean(),
  balanced: z.boolean(),
  meanOfDrawn: z.boolean(),
  autoBatch: z.boolean(),
  videoFrames: z.boolean(),
  bestCheckpoint: z.boolean(),
  rareTimes: z.number().min(1).max(10),
  machineLot: z.number().int().min(1).max(SCENE_PEOPLE),
  framesEach: z.number().int().min(1).max(30),
});

export type PipelineParams = z.output<typeof params>;

/** ε, in nats; ∞ where there is no guarantee. */
export interface PipelineResult {
  noiseMultiplier: number;
  steps: number;
  printed: number;
  /** All chosen habits together. */
  training: number;
  validation: number;
  groupSize: number;
  sampleRate: number;
  sensitivity: number;
  /** Each habit by itself, for those whom it harms. */
  alone: Record<HabitId, number>;
}

export const PIPELINE_STEPS = 200;

/** The habits of some names, as the accountant knows them. */
export function habitsOf(
  chosen: (id: HabitId) => boolean,
  { rareTimes, machineLot, framesEach }: Pick<PipelineParams, 'rareTimes' | 'machineLot' | 'framesEach'>,
): TrainingHabits {
  return {
    batchNorm: chosen('batchNorm'),
    mosaic: chosen('mosaic'),
    rareClassRate: chosen('balanced') ? rareTimes : NO_HABITS.rareClassRate,
    meanOfDrawn: chosen('meanOfDrawn'),
    actualBatchSize: chosen('autoBatch') ? machineLot : NO_HABITS.actualBatchSize,
    framesPerPerson: chosen('videoFrames') ? framesEach : NO_HABITS.framesPerPerson,
    bestCheckpoint: chosen('bestCheckpoint'),
  };
}

export const pipeline: Experiment<PipelineParams, null, PipelineResult> = {
  id: 'pipeline-worth',
  needs: 'maths',
  params,
  async run(settings, { describe, report, signal }) {
    const run = { sampleRate: SCENE_SAMPLE_RATE, steps: PIPELINE_STEPS };
    const noiseMultiplier = noiseFor(run, { epsilon: settings.printedEpsilon, delta: SCENE_DELTA });
    const plan = {
      ...{ size: SCENE_PEOPLE, expectedBatchSize: SCENE_LOT, noiseMultiplier },
      ...{ steps: PIPELINE_STEPS, delta: SCENE_DELTA },
    };
    await pause(signal);
    const { printed, training, validation, ...rest } = habitsWorth(
      plan,
      habitsOf((id) => settings[id], settings),
    );
    describe({
      noise: 'none',
      epsilon: Number.isFinite(training) ? training : null,
      delta: SCENE_DELTA,
      accountant: 'PLD; several examples of one person as a mixture of Gaussians',
      dataset: 'no data: a plan',
    });
    const alone = {} as Record<HabitId, number>;
    for (const [i, { id }] of HABITS.entries()) {
      report({ phase: 'run', step: i, total: HABITS.length, label: 'Accounting for each habit' });
      await pause(signal);
      const worth = habitsWorth(
        plan,
        habitsOf((one) => one === id, settings),
      );
      alone[id] = Math.max(worth.training, worth.validation);
    }
    return { noiseMultiplier, steps: PIPELINE_STEPS, printed, training, validation, ...rest, alone };
  },
};
