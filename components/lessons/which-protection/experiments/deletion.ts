/** Somebody is deleted, and what is published is made anew without them: perfect unlearning. What does comparing the two give away? */
import * as z from 'zod';
import { differencingRight } from '@/lib/privacy';
import type { Experiment } from '@/lib/runtime/experiment';

const params = z.object({
  /** nats, of each of the two releases */
  epsilon: z.number().min(0.01).max(20),
  seed: z.number().int().min(0),
});

export type DeletionParams = z.output<typeof params>;

export interface DeletionPoint {
  epsilon: number;
  /** How often whoever subtracts the two releases is right. */
  right: number;
  /** How often anybody at all can be right. */
  atMost: number;
}

export interface DeletionResult {
  exact: { before: number; after: number };
  noisy: { before: number; after: number };
  /** At the ε that is set. */
  right: number;
  /** The same, counted in games with fresh noise. */
  measured: number;
  games: number;
  points: DeletionPoint[];
}

/** Ill people in the register before; the one who asks to be deleted is ill. */
const ILL = 312;
const GAMES = 4000;

/** Whether they were ill moves the first release only: by one. So no guess is right more often than e^ε / (1 + e^ε). */
const guessBound = (epsilon: number) => 1 / (1 + Math.exp(-epsilon));

export const deletion: Experiment<DeletionParams, null, DeletionResult> = {
  id: 'deletion',
  needs: 'maths',
  params,
  async run({ epsilon, seed }, { describe, random }) {
    describe({
      noise: 'seeded',
      seed,
      epsilon: 2 * epsilon,
      delta: 0,
      accountant: 'pure ε, added up',
      dataset: 'a made-up register',
    });
    const source = random.seeded(seed);
    const noisy = (count: number) => count + source.laplace(1 / epsilon);
    const first = { before: noisy(ILL), after: noisy(ILL - 1) };
    let right = 0;
    for (let game = 0; game < GAMES; game++) {
      const ill = game % 2 === 0;
      const rest = ILL - 1;
      if (noisy(rest + (ill ? 1 : 0)) - noisy(rest) > 0.5 === ill) right++;
    }
    const epsilons = Array.from({ length: 41 }, (_, i) => 0.05 * 200 ** (i / 40));
    return {
      exact: { before: ILL, after: ILL - 1 },
      noisy: first,
      right: differencingRight(epsilon),
      measured: right / GAMES,
      games: GAMES,
      points: epsilons.map((at) => ({ epsilon: at, right: differencingRight(at), atMost: guessBound(at) })),
    };
  },
};
