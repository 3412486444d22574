/** What code may start of this lesson. */
import { type OpenExperiment, SEEDED } from '@/lib/sandbox/open-experiment';
import type { TrainDetectorParams } from './experiments/train-detector';

const trainDetector: OpenExperiment<TrainDetectorParams> = {
  text: 'Trains the head of a small detector on 2,000 forms, with and without privacy.',
  defaults: { ...SEEDED, noiseMultiplier: 1.3336, maxGradNorm: 1, steps: 200 },
};

export const open = { 'train-detector': trainDetector };
