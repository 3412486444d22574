/** What code may start of this lesson. */
import { type OpenExperiment, SEEDED } from '@/lib/sandbox/open-experiment';
import type { TrainMnistParams } from './experiments/train-mnist';

const trainMnist: OpenExperiment<TrainMnistParams> = {
  text: 'Trains on 60,000 digits, with and without privacy. Every update, and the result’s last, has step, epsilon, privateAccuracy and plainAccuracy.',
  defaults: {
    ...SEEDED,
    noiseMultiplier: 1.2804,
    delta: 1e-5,
    maxGradNorm: 1,
    expectedBatchSize: 2048,
    steps: 200,
  },
};

export const open = { 'train-mnist': trainMnist };
