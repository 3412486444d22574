/** Every experiment by its id. Each is loaded only by a page that runs it. */
import type { Experiment } from '@/lib/runtime/experiment';

// biome-ignore lint/suspicious/noExplicitAny: each experiment checks its own parameters with its schema
type AnyExperiment = Experiment<any, any, any>;

export const EXPERIMENTS: Record<string, () => Promise<AnyExperiment>> = {
  'two-worlds': async () =>
    (await import('@/components/lessons/what-dp-promises/experiments/two-worlds')).twoWorlds,
  attackers: async () =>
    (await import('@/components/lessons/what-dp-promises/experiments/attackers')).attackers,
  'one-person': async () =>
    (await import('@/components/lessons/what-dp-promises/experiments/one-person')).onePerson,
  'repeat-question': async () =>
    (await import('@/components/lessons/what-dp-promises/experiments/repeat-question')).repeatQuestion,
  linkage: async () => (await import('@/components/lessons/what-dp-promises/experiments/linkage')).linkage,
  detect: async () => (await import('@/components/lessons/noise-on-pixels/experiments/detect')).detect,
  'noise-sweep': async () =>
    (await import('@/components/lessons/noise-on-pixels/experiments/noise-sweep')).noiseSweep,
  'accuracy-sweep': async () =>
    (await import('@/components/lessons/noise-on-pixels/experiments/accuracy-sweep')).accuracySweep,
  'pixel-epsilon': async () =>
    (await import('@/components/lessons/noise-on-pixels/experiments/pixel-epsilon')).pixelEpsilon,
  'hide-detected': async () =>
    (await import('@/components/lessons/noise-on-pixels/experiments/hide-detected')).hideDetected,
  'read-checkpoint': async () => (await import('@/lib/vision/read-checkpoint')).readCheckpointFile,
  'scene-picture': async () => (await import('@/lib/vision/scene-picture')).scenePicture,
  'train-mnist': async () =>
    (await import('@/components/lessons/training-with-dp-sgd/experiments/train-mnist')).trainMnist,
  'one-step': async () =>
    (await import('@/components/lessons/training-with-dp-sgd/experiments/one-step')).oneStep,
  'sweep-mnist': async () =>
    (await import('@/components/lessons/training-with-dp-sgd/experiments/sweep-mnist')).sweepMnist,
  'train-detector': async () =>
    (await import('@/components/lessons/a-privately-trained-detector/experiments/train-detector'))
      .trainDetector,
  'sweep-detector': async () =>
    (await import('@/components/lessons/a-privately-trained-detector/experiments/sweep-detector'))
      .sweepDetector,
  'rare-symbol': async () =>
    (await import('@/components/lessons/a-privately-trained-detector/experiments/rare-symbol')).rareSymbol,
  'detector-noise': async () =>
    (await import('@/components/lessons/a-privately-trained-detector/experiments/detector-noise'))
      .detectorNoise,
  'ask-count': async () =>
    (await import('@/components/lessons/a-budget-across-runs/experiments/ask-count')).askCount,
  'compose-runs': async () =>
    (await import('@/components/lessons/a-budget-across-runs/experiments/compose-runs')).composeRuns,
  'own-report': async () => (await import('@/components/lessons/telemetry/experiments/report')).ownReport,
  population: async () => (await import('@/components/lessons/telemetry/experiments/population')).population,
  'next-word': async () => (await import('@/components/lessons/telemetry/experiments/words')).nextWord,
  longitudinal: async () =>
    (await import('@/components/lessons/telemetry/experiments/longitudinal')).longitudinal,
  'central-against-local': async () =>
    (await import('@/components/lessons/telemetry/experiments/central')).centralAgainstLocal,
  'tumour-classify': async () =>
    (await import('@/components/lessons/healthcare/experiments/classify')).tumourClassify,
  'tumour-subgroups': async () =>
    (await import('@/components/lessons/healthcare/experiments/subgroups')).tumourSubgroups,
  'tumour-hospitals': async () =>
    (await import('@/components/lessons/healthcare/experiments/hospitals')).tumourHospitals,
  'tumour-memory': async () =>
    (await import('@/components/lessons/healthcare/experiments/memory')).tumourMemory,
  'attack-reconstruct': async () =>
    (await import('@/components/lessons/attacks/experiments/reconstruct')).attackReconstruct,
  'attack-canaries': async () =>
    (await import('@/components/lessons/attacks/experiments/canaries')).attackCanaries,
  'attack-audit': async () => (await import('@/components/lessons/attacks/experiments/audit')).attackAudit,
  'attack-membership': async () =>
    (await import('@/components/lessons/attacks/experiments/membership')).attackMembership,
  'federated-rounds': async () =>
    (await import('@/components/lessons/federated-learning/experiments/rounds')).federatedRounds,
  'federated-masks': async () =>
    (await import('@/components/lessons/federated-learning/experiments/masks')).federatedMasks,
  'federated-peek': async () =>
    (await import('@/components/lessons/federated-learning/experiments/peek')).federatedPeek,
  'plan-runs': async () =>
    (await import('@/components/lessons/a-budget-across-runs/experiments/plan-runs')).planRuns,
  'privacy-call': async () => (await import('@/components/code/experiments/privacy-call')).privacyCall,
  'matrix-power': async () => (await import('@/tests/pages/runtime/matrix-power')).matrixPower,
  'threat-matrix': async () =>
    (await import('@/components/lessons/which-protection/experiments/threat-matrix')).threatMatrix,
  scenarios: async () =>
    (await import('@/components/lessons/which-protection/experiments/scenarios')).scenarios,
};
