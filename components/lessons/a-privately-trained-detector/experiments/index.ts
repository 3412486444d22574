import type { Experiments } from '@/lib/runtime/experiment';

export const EXPERIMENTS: Experiments = {
  'train-detector': async () => (await import('./train-detector')).trainDetector,
  'audit-detector': async () => (await import('./audit-detector')).auditDetector,
  'sweep-detector': async () => (await import('./sweep-detector')).sweepDetector,
  'rare-symbol': async () => (await import('./rare-symbol')).rareSymbol,
  'pipeline-worth': async () => (await import('./pipeline')).pipeline,
  'detector-noise': async () => (await import('./detector-noise')).detectorNoise,
};
