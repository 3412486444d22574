/** Every experiment by its id. Each is loaded only by a page that runs it. */
import type { Experiment } from '../experiment';

// biome-ignore lint/suspicious/noExplicitAny: each experiment checks its own parameters with its schema
type AnyExperiment = Experiment<any, any, any>;

export const EXPERIMENTS: Record<string, () => Promise<AnyExperiment>> = {
  detect: async () => (await import('./detect')).detect,
  'noise-sweep': async () => (await import('./noise-sweep')).noiseSweep,
  'train-mnist': async () => (await import('./train-mnist')).trainMnist,
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
  'plan-runs': async () => (await import('./plan-runs')).planRuns,
  'privacy-call': async () => (await import('./privacy-call')).privacyCall,
  'matrix-power': async () => (await import('./matrix-power')).matrixPower,
};
