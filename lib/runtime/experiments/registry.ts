/** Every experiment by its id. Each is loaded only by a page that runs it. */
import type { Experiment } from '../experiment';

// biome-ignore lint/suspicious/noExplicitAny: each experiment checks its own parameters with its schema
type AnyExperiment = Experiment<any, any, any>;

export const EXPERIMENTS: Record<string, () => Promise<AnyExperiment>> = {
  detect: async () => (await import('./detect')).detect,
  'noise-sweep': async () => (await import('./noise-sweep')).noiseSweep,
  'train-mnist': async () => (await import('./train-mnist')).trainMnist,
  'one-step': async () => (await import('./one-step')).oneStep,
  'sweep-mnist': async () => (await import('./sweep-mnist')).sweepMnist,
  'train-detector': async () => (await import('./train-detector')).trainDetector,
  'ask-count': async () => (await import('./ask-count')).askCount,
  'compose-runs': async () => (await import('./compose-runs')).composeRuns,
  'own-report': async () => (await import('./telemetry-report')).ownReport,
  population: async () => (await import('./telemetry-population')).population,
  'next-word': async () => (await import('./telemetry-words')).nextWord,
  longitudinal: async () => (await import('./telemetry-longitudinal')).longitudinal,
  'central-against-local': async () => (await import('./telemetry-central')).centralAgainstLocal,
  'tumour-classify': async () => (await import('./tumour-classify')).tumourClassify,
  'tumour-subgroups': async () => (await import('./tumour-subgroups')).tumourSubgroups,
  'tumour-hospitals': async () => (await import('./tumour-hospitals')).tumourHospitals,
  'tumour-memory': async () => (await import('./tumour-memory')).tumourMemory,
  'attack-reconstruct': async () => (await import('./attack-reconstruct')).attackReconstruct,
  'attack-canaries': async () => (await import('./attack-canaries')).attackCanaries,
  'attack-audit': async () => (await import('./attack-audit')).attackAudit,
  'attack-membership': async () => (await import('./attack-membership')).attackMembership,
  'federated-rounds': async () => (await import('./federated-rounds')).federatedRounds,
  'federated-masks': async () => (await import('./federated-masks')).federatedMasks,
  'federated-peek': async () => (await import('./federated-peek')).federatedPeek,
  'plan-runs': async () => (await import('./plan-runs')).planRuns,
  'matrix-power': async () => (await import('./matrix-power')).matrixPower,
};
