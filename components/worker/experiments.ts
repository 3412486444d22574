/** Every experiment by its id: joined from the rooms, and what several of them run. Each is loaded only by a page that runs it. */
import { EXPERIMENTS as aBudgetAcrossRuns } from '@/components/lessons/a-budget-across-runs/experiments';
import { EXPERIMENTS as aPrivatelyTrainedDetector } from '@/components/lessons/a-privately-trained-detector/experiments';
import { EXPERIMENTS as attacks } from '@/components/lessons/attacks/experiments';
import { EXPERIMENTS as federatedLearning } from '@/components/lessons/federated-learning/experiments';
import { EXPERIMENTS as healthcare } from '@/components/lessons/healthcare/experiments';
import { EXPERIMENTS as noiseOnPixels } from '@/components/lessons/noise-on-pixels/experiments';
import { EXPERIMENTS as telemetry } from '@/components/lessons/telemetry/experiments';
import { EXPERIMENTS as trainingWithDpSgd } from '@/components/lessons/training-with-dp-sgd/experiments';
import { EXPERIMENTS as whatDpPromises } from '@/components/lessons/what-dp-promises/experiments';
import { EXPERIMENTS as whichProtection } from '@/components/lessons/which-protection/experiments';
import type { Experiments } from '@/lib/runtime/experiment';

export const EXPERIMENTS: Experiments = {
  ...whatDpPromises,
  ...noiseOnPixels,
  ...trainingWithDpSgd,
  ...aPrivatelyTrainedDetector,
  ...attacks,
  ...healthcare,
  ...telemetry,
  ...federatedLearning,
  ...aBudgetAcrossRuns,
  ...whichProtection,
  'read-checkpoint': async () => (await import('@/lib/vision/read-checkpoint')).readCheckpointFile,
  'scene-picture': async () => (await import('@/lib/vision/scene-picture')).scenePicture,
  'tumour-classify': async () =>
    (await import('@/components/training/tumours/experiments/classify')).tumourClassify,
  'privacy-call': async () => (await import('@/components/code/experiments/privacy-call')).privacyCall,
};
