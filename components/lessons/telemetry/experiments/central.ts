/** The same ε with and without a trusted server: how the error of a share falls with the number of people. */
import * as z from 'zod';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { expectedError, PROTOCOLS, type ProtocolId, sharesAtOnce } from '../protocols';
import { peopleByShare, zipfShares } from './made-up-shares';

const params = z.object({
  epsilon: z.number().min(0.05).max(10),
  categories: z.number().int().min(2).max(64),
  skew: z.number().min(0).max(3),
  protocol: z.enum(PROTOCOLS),
  seed: z.number().int().min(0),
});

export type CentralParams = z.output<typeof params>;

export interface CentralPoint {
  people: number;
  /** Root mean squared error of a share, over all emoji: by the formula, and measured in simulated surveys. */
  local: { expected: number; measured: number };
  /** The same with a trusted server that adds Laplace noise to each true count. */
  central: { expected: number; measured: number };
}

export interface CentralResult {
  points: CentralPoint[];
  /** Expected error of every protocol at each number of people. */
  protocols: Record<ProtocolId, number[]>;
}

const SIZES = Array.from({ length: 11 }, (_, i) => Math.round(10 ** (2 + i / 2)));
/** Surveys at each size. */
const SURVEYS = 5;

/** Replacing one person's emoji lowers one count by one and raises another: the counts move by 2 in all. */
const SENSITIVITY = 2;

export const centralAgainstLocal: Experiment<CentralParams, null, CentralResult> = {
  id: 'central-against-local',
  needs: 'maths',
  params,
  async run({ epsilon, categories, skew, protocol, seed }, { signal, describe, random }) {
    describe({
      noise: 'seeded',
      seed,
      epsilon,
      delta: 0,
      accountant: 'pure ε, replace-one',
      dataset: 'made-up people, shares by Zipf’s law',
    });
    const draws = random.seeded(seed);
    const scale = SENSITIVITY / epsilon;
    const points: CentralPoint[] = [];
    const protocols = Object.fromEntries(PROTOCOLS.map((id) => [id, [] as number[]])) as Record<
      ProtocolId,
      number[]
    >;
    for (const people of SIZES) {
      const counts = peopleByShare(zipfShares(categories, skew), people);
      const shares = Array.from(counts, (count) => count / people);
      const expected = (id: ProtocolId) =>
        Math.sqrt(
          shares.reduce((sum, _, i) => sum + expectedError(id, epsilon, shares, i, people) ** 2, 0) /
            categories,
        );
      let local = 0;
      let central = 0;
      for (let survey = 0; survey < SURVEYS; survey++) {
        const estimates = sharesAtOnce({ protocol, epsilon, people: counts, random: draws });
        for (const [i, frequency] of estimates.entries()) {
          local += (frequency - shares[i]!) ** 2;
          central += (draws.laplace(scale) / people) ** 2;
        }
      }
      const mean = (sum: number) => Math.sqrt(sum / (SURVEYS * categories));
      points.push({
        people,
        local: { expected: expected(protocol), measured: mean(local) },
        central: { expected: (Math.SQRT2 * scale) / people, measured: mean(central) },
      });
      for (const id of PROTOCOLS) protocols[id].push(expected(id));
      await pause(signal);
    }
    return { points, protocols };
  },
};
