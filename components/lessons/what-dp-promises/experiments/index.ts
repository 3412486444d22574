import type { Experiments } from '@/lib/runtime/experiment';

export const EXPERIMENTS: Experiments = {
  'two-worlds': async () => (await import('./two-worlds')).twoWorlds,
  attackers: async () => (await import('./attackers')).attackers,
  'one-person': async () => (await import('./one-person')).onePerson,
  'repeat-question': async () => (await import('./repeat-question')).repeatQuestion,
  'choose-privately': async () => (await import('./choose')).choose,
  linkage: async () => (await import('./linkage')).linkage,
};
