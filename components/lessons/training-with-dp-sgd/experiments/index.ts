import type { Experiments } from '@/lib/runtime/experiment';

export const EXPERIMENTS: Experiments = {
  'train-mnist': async () => (await import('./train-mnist')).trainMnist,
  'audit-digits': async () => (await import('./audit-digits')).auditDigits,
  'prepare-digits': async () => (await import('./prepare-digits')).prepareDigits,
  'one-step': async () => (await import('./one-step')).oneStep,
  'sweep-mnist': async () => (await import('./sweep-mnist')).sweepMnist,
};
