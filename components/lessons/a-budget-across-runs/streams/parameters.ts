/** A training of many rounds, of which each phone joins one. */
import { failureProbability } from '@/components/training/parameters';
import { defineParameters, number } from '@/lib/notebook';

export const streamParameters = defineParameters(
  {
    streamRounds: number({
      label: 'Rounds',
      key: 'srounds',
      help: 'How often updates are summed up and the model moves. Each phone joins one of them.',
      min: 4,
      max: 4096,
      scale: 'log',
      integer: true,
      default: 1000,
    }),
    streamEpsilon: number({
      label: 'Privacy ε, of all rounds together',
      key: 'seps',
      help: 'For all that one phone adds.',
      min: 0.1,
      max: 20,
      scale: 'log',
      default: 2,
    }),
    streamDelta: failureProbability({
      key: 'sdelta',
      help: 'At most so much probability may fall outside the factor of e to the ε.',
    }),
  },
  { hero: 'streamRounds' },
);
