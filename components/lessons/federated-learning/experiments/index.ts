import type { Experiments } from '@/lib/runtime/experiment';

export const EXPERIMENTS: Experiments = {
  'federated-rounds': async () => (await import('./rounds')).federatedRounds,
  'federated-masks': async () => (await import('./masks')).federatedMasks,
  'federated-peek': async () => (await import('./peek')).federatedPeek,
};
