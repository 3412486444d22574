/** A secret that stands in the training data of a model, and the promise for one record of them. */
import { failureProbability } from '@/components/training/parameters';
import { defineParameters, number } from '@/lib/notebook';

export const secretParameters = defineParameters(
  {
    secretEpsilon: number({
      label: 'Privacy ε, of one record',
      key: 'lmeps',
      help: 'The promise for one record: a sequence, a message, a document.',
      min: 0.1,
      max: 20,
      scale: 'log',
      default: 2,
    }),
    secretDigits: number({
      label: 'Digits of the secret',
      key: 'lmdigits',
      help: 'A random number of so many digits, as a card or a telephone has.',
      min: 1,
      max: 16,
      integer: true,
      default: 9,
    }),
    secretRecords: number({
      label: 'Records that hold it, at most',
      key: 'lmtimes',
      help: 'How often the same secret stands in the data: text is copied.',
      min: 2,
      max: 40,
      integer: true,
      default: 16,
    }),
    secretDelta: failureProbability({
      key: 'lmdelta',
      help: 'At most so much probability may fall outside the factor of e to the ε, for one record.',
    }),
  },
  { hero: 'secretEpsilon' },
);
