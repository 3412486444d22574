import type { Experiments } from '@/lib/runtime/experiment';

export const EXPERIMENTS: Experiments = {
  'attack-reconstruct': async () => (await import('./reconstruct')).attackReconstruct,
  'attack-canaries': async () => (await import('./canaries')).attackCanaries,
  'attack-audit': async () => (await import('./audit')).attackAudit,
  'attack-membership': async () => (await import('./membership')).attackMembership,
};
