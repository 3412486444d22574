import type { Experiments } from '@/lib/runtime/experiment';

export const EXPERIMENTS: Experiments = {
  detect: async () => (await import('./detect')).detect,
  'noise-sweep': async () => (await import('./noise-sweep')).noiseSweep,
  'accuracy-sweep': async () => (await import('./accuracy-sweep')).accuracySweep,
  'pixel-epsilon': async () => (await import('./pixel-epsilon')).pixelEpsilon,
  'hide-detected': async () => (await import('./hide-detected')).hideDetected,
};
