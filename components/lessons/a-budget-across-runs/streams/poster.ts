import { runningSumNoise } from '@/lib/privacy';
import type { Poster } from '../../lesson';
import { streamParameters } from './parameters';

const { streamEpsilon: epsilon, streamDelta: delta } = streamParameters.defaults;
const WAYS = ['independent', 'tree', 'square-root'] as const;

/** Several lengths of training say more than one recorded run. */
export const poster: Poster = {
  source: `Noise in the sum of all updates after its worst round, in clips, at ε = ${epsilon} and δ = ${delta}; each phone in one round. Computed with this page.`,
  table: {
    columns: ['rounds', 'fresh noise', 'noise on a tree', 'square-root matrix'],
    rows: [16, 128, 1024].map((rounds) => [
      rounds,
      ...WAYS.map((way) => {
        const { deviations } = runningSumNoise(way, { rounds, epsilon, delta });
        return Number(Math.max(...deviations).toPrecision(4));
      }),
    ]),
  },
};
