/** A picture read off its gradient. */

import { defineParameters, number } from '@/lib/notebook';
import { seed } from '../parameters';

export const reconstructParameters = defineParameters(
  {
    digit: number({
      label: 'Which digit (no.)',
      key: 'digit',
      help: 'The place in a list of 6,000 public digits, not what is written there. Public, because you are about to look at it.',
      min: 0,
      max: 5999,
      integer: true,
      default: 4,
    }),
    gradientNoise: number({
      label: 'Noise multiplier σ',
      key: 'gsigma',
      help: 'Standard deviation of the noise on each number of the gradient, divided by the clip. At 0 the gradient is only clipped.',
      min: 0,
      max: 5,
      step: 0.01,
      default: 1,
    }),
    gradientClip: number({
      label: 'Clip C',
      key: 'gclip',
      help: 'A gradient longer than this is shortened to it, with its direction kept.',
      min: 0.01,
      max: 20,
      scale: 'log',
      default: 1,
    }),
    seed,
  },
  { hero: 'gradientNoise' },
);
