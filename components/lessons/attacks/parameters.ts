/** What several cells about attacks have in common. */
import { choice, number } from '@/lib/notebook';

export const attackEpsilon = number({
  label: 'Privacy ε',
  key: 'eps',
  help: 'Of the private model. Whether one digit was in the training data changes the odds of any outcome by at most e to the ε, but for δ = 1e-5.',
  min: 0.1,
  max: 50,
  step: 0.01,
  scale: 'log',
  default: 1,
});

export const noiseSource = choice({
  label: 'Noise',
  key: 'noise',
  help: 'Cryptographic noise protects and is never the same twice. Seeded noise makes a run repeatable, and therefore protects nobody.',
  options: [
    { value: 'cryptographic', label: 'Cryptographic (private)' },
    { value: 'seeded', label: 'Seeded (reproducible, not private)' },
  ],
  default: 'cryptographic',
});

export const seed = number({
  label: 'Seed',
  key: 'seed',
  help: 'Fixes what is drawn for teaching: the attacker’s shadow models, canaries, and the noise of a seeded run.',
  min: 0,
  max: 999_999,
  step: 1,
  scale: 'linear',
  integer: true,
  default: 1,
});
