/** Two worlds that differ in one person, what is published in each, and an attacker who really guesses which it was. */
import * as z from 'zod';
import { bestGuessOf, COUNTING_MECHANISMS, countingMechanism, membershipBounds } from '@/lib/privacy';
import type { Experiment } from '@/lib/runtime/experiment';
import { likelierGuess, trueAnswers } from '../worlds';

export const worldParams = z.object({
  mechanism: z.enum(COUNTING_MECHANISMS),
  /** In nats. */
  epsilon: z.number().min(0.05).max(10),
  delta: z.number().gt(0).max(0.1),
  seed: z.number().int().min(0),
});

const params = worldParams.extend({
  /** Answers drawn in each world. */
  draws: z.number().int().min(1).max(20_000),
});

export type TwoWorldsParams = z.output<typeof params>;

export interface TwoWorldsResult {
  /** Answers, world by world. */
  without: number[];
  with: number[];
  /** Of all draws, those whose world the likelier guess named. */
  right: number;
  of: number;
  /** How often the best guesser is right in the long run. */
  best: number;
  /** How often any guesser can be right against any mechanism with this ε and δ. */
  bound: number;
}

export const twoWorlds: Experiment<TwoWorldsParams, null, TwoWorldsResult> = {
  id: 'two-worlds',
  needs: 'maths',
  params,
  async run({ mechanism: id, epsilon, delta, draws, seed }, { describe, random }) {
    const made = countingMechanism(id, { epsilon, delta });
    describe({
      noise: 'seeded',
      seed,
      epsilon,
      delta: made.delta,
      accountant: 'exact, one release',
      dataset: 'two made-up counts',
    });
    const truth = trueAnswers(id);
    const source = random.seeded(seed);
    const draw = (value: number) =>
      Array.from({ length: draws }, () => made.mechanism.release(value, source));
    const answers = { without: draw(truth.without), with: draw(truth.with) };
    const { likelihood } = made.mechanism;
    const says = (answer: number) =>
      likelierGuess(Math.log(likelihood(answer, truth.with) / likelihood(answer, truth.without)), 0, source);
    const right =
      answers.with.filter((answer) => says(answer)).length +
      answers.without.filter((answer) => !says(answer)).length;
    return {
      ...answers,
      right,
      of: 2 * draws,
      best: bestGuessOf(made.mechanism),
      bound: membershipBounds({ epsilon, delta: made.delta }).maxBalancedAccuracy,
    };
  },
};
