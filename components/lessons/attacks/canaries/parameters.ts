/** Memorised canaries. */

import { noiseSource } from '@/components/training/parameters';
import { defineParameters, number } from '@/lib/notebook';
import { membershipParameters } from '../membership/parameters';
import { attackEpsilon, seed } from '../parameters';

export const canaryParameters = defineParameters(
  {
    epsilon: attackEpsilon,
    members: membershipParameters.declarations.members,
    canaries: number({
      label: 'Canaries put in',
      key: 'canaries',
      help: 'Pictures of pure noise, each with a random label, that are trained on along with the digits.',
      min: 1,
      max: 50,
      integer: true,
      default: 10,
    }),
    noiseSource,
    seed,
  },
  { hero: 'epsilon' },
);
