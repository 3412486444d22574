/** What a training on the digits releases: read by the page that says what it would cost, and by the worker that charges it. */
import { type PoissonRun, poissonPhases } from '@/lib/runs/phases';
import { chargedNoise, PEOPLE, type TrainChoices } from './train-choices';

export interface TrainRelease extends Pick<TrainChoices, 'clipping' | 'people'> {
  /** σ on the gradients; adaptive clipping releases a count beside them. */
  noiseMultiplier: number;
  expectedBatchSize: number;
  steps: number;
}

/** Its lots, and σ of everything that one step releases. */
export const trainRelease = (settings: TrainRelease): PoissonRun => ({
  sampleRate: settings.expectedBatchSize / PEOPLE[settings.people],
  noiseMultiplier: chargedNoise(settings, settings.noiseMultiplier, settings.expectedBatchSize),
  steps: settings.steps,
});

export const trainPhases = (settings: TrainRelease) => poissonPhases(trainRelease(settings));
