/** ε of one training by how its lots are drawn: by Poisson sampling, exactly; from a shuffled pass, between two bounds. */
import * as z from 'zod';
import { dpSgdEpsilon, shuffledEpsilonBounds } from '@/lib/privacy';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';

const params = z.object({
  noiseMultiplier: z.number().min(0.2).max(20),
  lotsPerEpoch: z.number().int().min(2).max(10_000),
  epochs: z.number().int().min(1).max(100),
  delta: z.number().gt(0).lt(1),
});

export type ShuffledLotsParams = z.output<typeof params>;

/** ε in nats after some number of epochs. */
export interface ShuffledPoint {
  epochs: number;
  poisson: number;
  atLeast: number;
  atMost: number;
}

/** So many points draw the line. */
const MOST_POINTS = 6;

/** 1 … epochs, closer together at the beginning. */
function pointsUpTo(epochs: number): number[] {
  const count = Math.min(epochs, MOST_POINTS);
  const at = (i: number) => Math.round(epochs ** (count === 1 ? 1 : i / (count - 1)));
  return [...new Set(Array.from({ length: count }, (_, i) => at(i)))];
}

export const shuffledLots: Experiment<
  ShuffledLotsParams,
  readonly ShuffledPoint[],
  readonly ShuffledPoint[]
> = {
  id: 'shuffled-lots',
  needs: 'maths',
  params,
  async run({ noiseMultiplier, lotsPerEpoch, epochs: last, delta }, { signal, report, describe }) {
    describe({ noise: 'none', accountant: 'PLD; for shuffled lots the bounds of Chua et al. (2024)', delta });
    const found: ShuffledPoint[] = [];
    const points = pointsUpTo(last);
    for (const epochs of points) {
      const run = { noiseMultiplier, delta };
      found.push({
        epochs,
        poisson: dpSgdEpsilon({ ...run, sampleRate: 1 / lotsPerEpoch, steps: lotsPerEpoch * epochs }),
        ...shuffledEpsilonBounds({ ...run, lotsPerEpoch, epochs }),
      });
      report({ phase: 'run', step: found.length, total: points.length, update: [...found] });
      await pause(signal);
    }
    return found;
  },
};
