/** What the cells about federated learning share. */
import { clip, seed as trainingSeed } from '@/components/training/parameters';

export const maxUpdateNorm = clip({
  help: 'The longest update one client may contribute. Longer ones are shortened; the noise is σ times this length.',
  min: 0.01,
  max: 10,
  default: 1,
});

export const seed = {
  ...trainingSeed,
  help: 'Fixes what is drawn by chance, where it is drawn from a seed. Without effect on cryptographic noise.',
};
