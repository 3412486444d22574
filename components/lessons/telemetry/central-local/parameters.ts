/** The same question with and without a trusted server. */

import { defineParameters } from '@/lib/notebook';
import { crowdSeed, emojiCount, localEpsilon, protocol, skew } from '../parameters';

export const centralParameters = defineParameters(
  { localEpsilon, protocol, emojiCount, skew, crowdSeed },
  { hero: 'localEpsilon' },
);
