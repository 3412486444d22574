/** How the noise is swept over a set of pictures. Its end is the one of the sweep over a single picture. */

import { defineParameters, number } from '@/lib/notebook';
import { sweepParameters } from '../noise-sweep/parameters';

export const accuracyParameters = defineParameters({
  maxNoise: sweepParameters.declarations.maxNoise,
  setPoints: number({
    label: 'Noise scales',
    key: 'setpoints',
    help: 'How many scales are tried on the way. Each costs one look at every picture of the set.',
    min: 3,
    max: 21,
    step: 1,
    scale: 'linear',
    integer: true,
    default: 7,
  }),
  setDraws: number({
    label: 'Draws at each scale',
    key: 'setdraws',
    help: 'The noise is drawn afresh this many times at each scale; the bands show how far the draws differ.',
    min: 1,
    max: 10,
    step: 1,
    scale: 'linear',
    integer: true,
    default: 1,
  }),
});
