import type { Experiments } from '@/lib/runtime/experiment';

export const EXPERIMENTS: Experiments = {
  'own-report': async () => (await import('./report')).ownReport,
  population: async () => (await import('./population')).population,
  'next-word': async () => (await import('./words')).nextWord,
  longitudinal: async () => (await import('./longitudinal')).longitudinal,
  'central-against-local': async () => (await import('./central')).centralAgainstLocal,
};
