/** A report a day. */

import { defineParameters, number } from '@/lib/notebook';
import { crowdSeed, emojiCount, localEpsilon } from '../parameters';

export const longitudinalParameters = defineParameters(
  {
    localEpsilon,
    days: number({
      label: 'Days',
      key: 'days',
      help: 'One report on each day, about the same favourite emoji.',
      min: 2,
      max: 365,
      scale: 'log',
      integer: true,
      default: 60,
    }),
    emojiCount,
    crowdSeed,
  },
  { hero: 'days' },
);
