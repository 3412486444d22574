/** How the noise is swept. The picture, the kind of noise and the confidence are the lesson's own. */
import { defineParameters, number } from '@/lib/notebook';

export const sweepParameters = defineParameters(
  {
    maxNoise: number({
      label: 'Up to noise scale',
      key: 'upto',
      help: 'The sweep goes from no noise to this in equal steps.',
      min: 0.1,
      max: 1,
      step: 0.05,
      default: 0.6,
    }),
    points: number({
      label: 'Noise scales',
      key: 'points',
      help: 'How many scales are tried on the way.',
      min: 3,
      max: 41,
      integer: true,
      default: 13,
    }),
    draws: number({
      label: 'Draws at each scale',
      key: 'draws',
      help: 'The noise is drawn afresh this many times at each scale; the bands show how far the draws differ.',
      min: 1,
      max: 20,
      integer: true,
      default: 3,
    }),
  },
  { hero: 'maxNoise' },
);
