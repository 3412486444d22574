/** How the noise is swept over a set of pictures. Its end is the one of the sweep over a single picture. */

import { defineParameters } from '@/lib/notebook';
import { sweepParameters } from '../noise-sweep/parameters';

const { maxNoise, points, draws } = sweepParameters.declarations;

export const accuracyParameters = defineParameters(
  {
    maxNoise,
    setPoints: {
      ...points,
      key: 'setpoints',
      help: 'How many scales are tried on the way. Each costs one look at every picture of the set.',
      max: 21,
      default: 7,
    },
    setDraws: { ...draws, key: 'setdraws', max: 10, default: 1 },
  },
  { hero: 'maxNoise' },
);
