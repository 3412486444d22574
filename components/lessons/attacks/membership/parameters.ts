/** Membership inference. */

import { noiseSource } from '@/components/training/parameters';
import { defineParameters, number } from '@/lib/notebook';
import { attackEpsilon, seed } from '../parameters';

export const membershipParameters = defineParameters(
  {
    epsilon: attackEpsilon,
    members: number({
      label: 'Members',
      key: 'n',
      help: 'How many digits both models are trained on. The fewer, the better a model can learn them by heart.',
      min: 50,
      max: 400,
      step: 10,
      integer: true,
      unit: 'digits',
      default: 200,
    }),
    shadows: number({
      label: 'Shadow models',
      key: 'shadows',
      help: 'Models that the attacker trains on digits of their own, to learn what a model does with digits it has seen and digits it has not. As many for each of the two models.',
      min: 2,
      max: 64,
      scale: 'log',
      integer: true,
      default: 16,
    }),
    noiseSource,
    seed,
  },
  { hero: 'epsilon' },
);
