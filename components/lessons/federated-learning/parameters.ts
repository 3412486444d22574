/** What the cells about federated learning share. */
import { seed as trainingSeed } from '@/components/training/parameters';

export const seed = {
  ...trainingSeed,
  help: 'Fixes what is drawn by chance, where it is drawn from a seed. Without effect on cryptographic noise.',
};
