import type { Experiments } from '@/lib/runtime/experiment';

export const EXPERIMENTS: Experiments = {
  deletion: async () => (await import('./deletion')).deletion,
  'repeated-secret': async () => (await import('./repeated-secret')).repeatedSecret,
  'read-claim': async () => (await import('./read-claim')).readClaimExperiment,
  'real-deployments': async () => (await import('./real-deployments')).realDeployments,
  'threat-game': async () => (await import('./threat-game')).threatGame,
  'threat-matrix': async () => (await import('./threat-matrix')).threatMatrix,
  scenarios: async () => (await import('./scenarios')).scenarios,
};
