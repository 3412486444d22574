/** What several cells about attacks have in common. */
import { privacyEpsilon, seed as trainingSeed } from '@/components/training/parameters';

export const attackEpsilon = privacyEpsilon({
  help: 'Of the private model. Whether one digit was in the training data changes the odds of any outcome by a factor of at most e to the ε, up to δ = 1e-5.',
  min: 0.1,
  max: 50,
  default: 1,
});

export const seed = {
  ...trainingSeed,
  help: 'Fixes what is drawn for teaching: the attacker’s shadow models, canaries, and the noise of a seeded run.',
};
