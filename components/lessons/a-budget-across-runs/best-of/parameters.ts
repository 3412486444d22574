/** A search for good settings, of which only the best try is told. */
import { choice, defineParameters, number, seedNumber } from '@/lib/notebook';

export const bestOfParameters = defineParameters(
  {
    triesOnAverage: number({
      label: 'Tries on average',
      key: 'tries',
      help: 'How often a setting is drawn by chance and a model is trained with it. Only the best of all tries is told.',
      min: 1,
      max: 200,
      scale: 'log',
      integer: true,
      default: 20,
    }),
    tryEpsilon: number({
      label: 'ε of one try',
      key: 'tryeps',
      help: 'Of one training, its score among it: the score too must be private, or be made on other people’s data.',
      min: 0.05,
      max: 8,
      scale: 'log',
      default: 1,
    }),
    settingsToTry: number({
      label: 'Settings to choose from',
      key: 'tryof',
      help: 'Each try takes one of them by chance. One of them is the best.',
      min: 2,
      max: 100,
      scale: 'log',
      integer: true,
      default: 10,
    }),
    stopping: choice({
      label: 'How many tries',
      key: 'trystop',
      help: 'By chance: after each try a secret coin decides whether there is another one. With the geometric coin it is the same each time; the logarithmic one stops early more often, and costs less.',
      options: [
        { value: 'geometric', label: 'At random, geometric' },
        { value: 'logarithmic', label: 'At random, logarithmic' },
        { value: 'fixed', label: 'A fixed number' },
      ],
      default: 'geometric',
    }),
    searchSeed: seedNumber({
      label: 'Seed of the searches',
      key: 'tryseed',
      help: 'Another number, other coins.',
    }),
  },
  { hero: 'triesOnAverage' },
);
