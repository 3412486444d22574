/** What the learner sets of the search for the rare symbol. */
import { noiseSource, seed } from '@/components/training/parameters';
import { defineParameters, number } from '@/lib/notebook';

export const rareSymbolParameters = defineParameters(
  {
    symbolEpsilon: number({
      label: 'ε of each private head',
      key: 'symeps',
      help: 'Two private heads are trained, with the person and without. Each has this ε.',
      min: 0.1,
      max: 20,
      step: 0.1,
      scale: 'log',
      default: 8,
    }),
    symbolSteps: number({
      label: 'Steps of each head',
      key: 'symsteps',
      help: 'A person joins about one step in eight. After few steps even the plain head does not know the symbol yet.',
      min: 10,
      max: 400,
      scale: 'log',
      integer: true,
      default: 200,
    }),
    symbolNoise: { ...noiseSource, label: 'Noise of the private heads', key: 'symnoise' },
    symbolSeed: {
      ...seed,
      label: 'Seed of the four heads',
      key: 'symseed',
      help: 'Fixes who joins which step of the plain heads, and of seeded private ones all there is.',
    },
  },
  { hero: 'symbolEpsilon' },
);
