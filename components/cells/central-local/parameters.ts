/** The same question with and without a trusted server. */
import { crowdSeed, emojiCount, localEpsilon, protocol, skew } from '@/components/cells/telemetry/parameters';
import { defineParameters } from '@/lib/notebook';

export const centralParameters = defineParameters({ localEpsilon, protocol, emojiCount, skew, crowdSeed });
