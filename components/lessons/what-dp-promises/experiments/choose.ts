/** One of several candidates is chosen privately, again and again, with one voter and without: exact probabilities and real draws. */
import * as z from 'zod';
import { exponentialMechanism, type Mechanism, reportNoisyMaxMechanism } from '@/lib/privacy';
import type { Experiment } from '@/lib/runtime/experiment';
import { CANDIDATES, votesOf, winnerOf } from '../choosing/votes';

const params = z.object({
  by: z.enum(['exponential', 'noisy-laplace', 'noisy-exponential']),
  /** In nats. */
  epsilon: z.number().min(0.01).max(50),
  lead: z.number().int().min(0).max(100),
  /** Whom the one voter votes for: a place in `CANDIDATES`. */
  yours: z
    .number()
    .int()
    .min(0)
    .max(CANDIDATES.length - 1),
  /** In each world. */
  draws: z.number().int().min(1).max(20_000),
  seed: z.number().int().min(0),
});

export type ChooseParams = z.output<typeof params>;

/** One number for each candidate, world by world. */
export interface InBothWorlds {
  without: number[];
  with: number[];
}

export interface ChooseResult {
  votes: InBothWorlds;
  /** With which probability each is named, exactly. */
  probability: InBothWorlds;
  /** How often each was named in the draws. */
  named: InBothWorlds;
  /** The same after a part of the draws, part by part: how the shares come about. */
  piles: { without: number[][]; with: number[][] };
  /** The largest factor between the two worlds' probabilities of naming somebody, in either direction. */
  ratio: number;
  /** How often the best guesser is right about the world, from one choice. */
  best: number;
  /** Who wins the exact count, in each world. */
  winner: { without: number; with: number };
}

/** Of the draws, as they pile up. */
export const PARTS = 40;

/** A vote adds to one score and takes from none: scores move one way, which halves the noise. */
const VOTES = { sensitivity: 1, monotone: true } as const;

export function choosingMechanism(
  by: ChooseParams['by'],
  epsilon: number,
): Mechanism<readonly number[], number> {
  if (by === 'exponential') return exponentialMechanism({ epsilon, ...VOTES });
  return reportNoisyMaxMechanism({
    ...{ epsilon, ...VOTES },
    noise: by === 'noisy-laplace' ? 'laplace' : 'exponential',
  });
}

export const choose: Experiment<ChooseParams, null, ChooseResult> = {
  id: 'choose-privately',
  needs: 'maths',
  params,
  async run({ by, epsilon, lead, yours, draws, seed }, { describe, random }) {
    describe({
      noise: 'seeded',
      seed,
      epsilon,
      delta: 0,
      accountant: 'pure ε, one choice',
      dataset: 'made-up votes',
    });
    const votes = votesOf(lead, yours);
    const mechanism = choosingMechanism(by, epsilon);
    const probabilities = (scores: readonly number[]) =>
      scores.map((_, i) => mechanism.likelihood(i, scores));
    const source = random.seeded(seed);
    const draw = (scores: readonly number[]) => {
      const counts = scores.map(() => 0);
      const parts: number[][] = [];
      for (let i = 1; i <= draws; i++) {
        counts[mechanism.release(scores, source)]!++;
        // The parts that end with this draw: with fewer draws than parts, several.
        while (parts.length < Math.floor((i * PARTS) / draws)) parts.push([...counts]);
      }
      return parts;
    };
    const piles = { without: draw(votes.without), with: draw(votes.with) };
    const probability = { without: probabilities(votes.without), with: probabilities(votes.with) };
    const pairs = probability.without.map((p, i) => [p, probability.with[i]!] as const);
    return {
      votes,
      probability,
      named: { without: piles.without.at(-1)!, with: piles.with.at(-1)! },
      piles,
      ratio: Math.max(...pairs.map(([p, q]) => Math.max(p / q, q / p))),
      best: 0.5 + pairs.reduce((sum, [p, q]) => sum + Math.abs(p - q), 0) / 4,
      winner: { without: winnerOf(votes.without), with: winnerOf(votes.with) },
    };
  },
};
