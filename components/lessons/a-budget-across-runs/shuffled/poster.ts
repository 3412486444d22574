import { dpSgdEpsilon, shuffledEpsilonBounds } from '@/lib/privacy';
import type { Poster } from '../../lesson';
import { shuffledParameters } from './parameters';

const { shuffledLots: lotsPerEpoch, shuffledDelta: delta } = shuffledParameters.defaults;
const digits = (value: number) => Number(value.toPrecision(4));

/** One epoch at several noises says more than one recorded run. */
export const poster: Poster = {
  source: `One epoch of ${lotsPerEpoch} lots, δ = ${delta}, computed with this page. In the cell: more epochs, and any noise.`,
  table: {
    columns: ['σ', 'ε, Poisson lots', 'ε, shuffled lots, at least', 'ε, shuffled lots, at most'],
    rows: [0.5, 0.7, 1, 2].map((noiseMultiplier) => {
      const run = { noiseMultiplier, delta };
      const { atLeast, atMost } = shuffledEpsilonBounds({ ...run, lotsPerEpoch, epochs: 1 });
      const poisson = dpSgdEpsilon({ ...run, sampleRate: 1 / lotsPerEpoch, steps: lotsPerEpoch });
      return [noiseMultiplier, digits(poisson), digits(atLeast), digits(atMost)];
    }),
  },
};
