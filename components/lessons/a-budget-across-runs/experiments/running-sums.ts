/** How much noise is in the running sum of updates, at the same ε, by four ways of adding it. */
import * as z from 'zod';
import { calibrateNoiseMultiplier, runningSumNoise } from '@/lib/privacy';
import type { Experiment } from '@/lib/runtime/experiment';

const params = z.object({
  rounds: z.number().int().min(2).max(10_000),
  epsilon: z.number().min(0.05).max(50),
  delta: z.number().gt(0).lt(1),
});

export type RunningSumsParams = z.output<typeof params>;

/** Standard deviations of the noise in the sum after a round, in clips. */
export interface RunningSumPoint {
  round: number;
  independent: number;
  tree: number;
  squareRoot: number;
  poisson: number;
}

export interface RunningSumsResult {
  points: RunningSumPoint[];
  /** Noise multiplier of the one Gaussian release that all rounds together are. */
  released: number;
  /** The most noise after any round, in clips. */
  worst: Omit<RunningSumPoint, 'round'>;
}

const MOST_POINTS = 200;

export const runningSums: Experiment<RunningSumsParams, null, RunningSumsResult> = {
  id: 'running-sums',
  needs: 'maths',
  params,
  async run({ rounds, epsilon, delta }, { describe }) {
    describe({ noise: 'none', accountant: 'Gaussian, exact; PLD for Poisson sampling', epsilon, delta });
    const options = { rounds, epsilon, delta };
    const independent = runningSumNoise('independent', options);
    const tree = runningSumNoise('tree', options);
    const squareRoot = runningSumNoise('square-root', options);
    // Each phone in one round on average, as above, but drawn by chance, and hidden by that.
    const { noiseMultiplier: poisson } = calibrateNoiseMultiplier({
      targetEpsilon: epsilon,
      delta,
      sampleRate: 1 / rounds,
      steps: rounds,
    });
    const shown = Math.min(rounds, MOST_POINTS);
    const rows = [
      ...new Set(Array.from({ length: shown }, (_, i) => Math.round(1 + ((rounds - 1) * i) / (shown - 1)))),
    ];
    return {
      points: rows.map((round) => ({
        round,
        independent: independent.deviations[round - 1]!,
        tree: tree.deviations[round - 1]!,
        squareRoot: squareRoot.deviations[round - 1]!,
        poisson: poisson * Math.sqrt(round),
      })),
      released: independent.noiseMultiplier,
      worst: {
        independent: Math.max(...independent.deviations),
        tree: Math.max(...tree.deviations),
        squareRoot: Math.max(...squareRoot.deviations),
        poisson: poisson * Math.sqrt(rounds),
      },
    };
  },
};
