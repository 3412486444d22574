import type { Experiments } from '@/lib/runtime/experiment';

export const EXPERIMENTS: Experiments = {
  'ask-count': async () => (await import('./ask-count')).askCount,
  'best-of-tries': async () => (await import('./best-of-tries')).bestOfTries,
  'compose-runs': async () => (await import('./compose-runs')).composeRuns,
  'plan-runs': async () => (await import('./plan-runs')).planRuns,
  'private-histogram': async () => (await import('./private-histogram')).privateHistogram,
  'running-sums': async () => (await import('./running-sums')).runningSums,
  'shuffled-lots': async () => (await import('./shuffled-lots')).shuffledLots,
};
