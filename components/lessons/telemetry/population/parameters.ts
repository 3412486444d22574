/** A crowd, and how it reports. */

import { choice, defineParameters } from '@/lib/notebook';
import { crowdSeed, emojiCount, localEpsilon, people, protocol, skew } from '../parameters';

export const populationParameters = defineParameters(
  {
    people,
    localEpsilon,
    protocol,
    emojiCount,
    skew,
    simulation: choice({
      label: 'Simulation',
      key: 'sim',
      help: 'At once: the server’s counts are drawn directly, from exactly the distribution that single reports have. Every phone: each draws its own coins; for millions of phones that takes a while, and you can stop it.',
      options: [
        { value: 'at-once', label: 'Counts drawn at once' },
        { value: 'every-phone', label: 'Every phone by itself' },
      ],
      default: 'at-once',
    }),
    crowdSeed,
  },
  { hero: 'localEpsilon' },
);
