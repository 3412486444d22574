import type { Experiments } from '@/lib/runtime/experiment';

export const EXPERIMENTS: Experiments = {
  'attack-reconstruct': async () => (await import('./reconstruct')).attackReconstruct,
  'attack-canaries': async () => (await import('./canaries')).attackCanaries,
  'attack-audit': async () => (await import('./audit')).attackAudit,
  'attack-census-block': async () => (await import('./census-block')).censusBlock,
  'attack-subset-sums': async () => (await import('./subset-sums')).subsetSumsAttack,
  'attack-membership': async () => (await import('./membership')).attackMembership,
};
