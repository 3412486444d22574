/**
 * The experiments that code cells may start, by their ids: joined from the rooms, in reading order. Apart from `cells.ts`, for every
 * page with a code cell lists them. What looks at a picture is asked for by `lab.detect`.
 */
import type { OpenExperiment } from '@/lib/sandbox/open-experiment';
import { open as aBudgetAcrossRuns } from './a-budget-across-runs/open';
import { open as aPrivatelyTrainedDetector } from './a-privately-trained-detector/open';
import { open as attacks } from './attacks/open';
import { open as federatedLearning } from './federated-learning/open';
import { open as healthcare } from './healthcare/open';
import { open as telemetry } from './telemetry/open';
import { open as trainingWithDpSgd } from './training-with-dp-sgd/open';

export const OPEN_EXPERIMENTS: Readonly<Record<string, OpenExperiment>> = {
  ...trainingWithDpSgd,
  ...aBudgetAcrossRuns,
  ...aPrivatelyTrainedDetector,
  ...attacks,
  ...healthcare,
  ...telemetry,
  ...federatedLearning,
};
