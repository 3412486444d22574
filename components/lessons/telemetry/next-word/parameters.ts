/** A vocabulary, and what counts as found. */

import { choice, defineParameters, number } from '@/lib/notebook';
import { crowdSeed, localEpsilon, people, protocol, skew } from '../parameters';

export const nextWordParameters = defineParameters(
  {
    vocabulary: number({
      label: 'Words in the vocabulary',
      key: 'words',
      help: 'Half of them are never typed by anybody: whatever is found among those is a false alarm.',
      min: 16,
      max: 400,
      scale: 'log',
      integer: true,
      default: 200,
    }),
    falseAlarm: choice({
      label: 'Found means',
      key: 'found',
      help: 'How far an estimate must stand out of the noise. With a 5 % chance of a false alarm for each word, 200 words bring several; with 5 % for all of them together, hardly any, but more words stay hidden.',
      options: [
        { value: 'any', label: '5 % for any false alarm' },
        { value: 'each', label: '5 % for each word' },
      ],
      default: 'any',
    }),
    people,
    localEpsilon,
    protocol,
    skew,
    crowdSeed,
  },
  { hero: 'localEpsilon' },
);
