import type { Experiments } from '@/lib/runtime/experiment';

export const EXPERIMENTS: Experiments = {
  'tumour-subgroups': async () => (await import('./subgroups')).tumourSubgroups,
  'tumour-hospitals': async () => (await import('./hospitals')).tumourHospitals,
  'tumour-memory': async () => (await import('./memory')).tumourMemory,
};
