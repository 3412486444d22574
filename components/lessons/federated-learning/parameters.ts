/** What the cells about federated learning share. */
import { number } from '@/lib/notebook';

export const maxUpdateNorm = number({
  label: 'Clip C',
  key: 'clip',
  help: 'The longest update one client may contribute. Longer ones are shortened; the noise is σ times this length.',
  min: 0.01,
  max: 10,
  step: 0.01,
  scale: 'log',
  default: 1,
});

export const seed = number({
  label: 'Seed',
  key: 'seed',
  help: 'Fixes what is drawn by chance, where it is drawn from a seed. Without effect on cryptographic noise.',
  min: 0,
  max: 999_999,
  step: 1,
  scale: 'linear',
  integer: true,
  default: 1,
});
