import type { Experiments } from '@/lib/runtime/experiment';

export const EXPERIMENTS: Experiments = {
  'real-deployments': async () => (await import('./real-deployments')).realDeployments,
  'threat-game': async () => (await import('./threat-game')).threatGame,
  'threat-matrix': async () => (await import('./threat-matrix')).threatMatrix,
  scenarios: async () => (await import('./scenarios')).scenarios,
};
