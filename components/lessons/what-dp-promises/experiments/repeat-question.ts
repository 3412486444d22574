/** One question asked again and again with fresh noise: the mean closes in on the truth, and ε adds up. */
import * as z from 'zod';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { trueAnswers } from '../worlds';

const params = z.object({
  /** ε of one answer, in nats. */
  epsilon: z.number().min(0.01).max(5),
  times: z.number().int().min(1).max(1000),
  seed: z.number().int().min(0),
});

export type RepeatParams = z.output<typeof params>;

export interface RepeatedAnswer {
  asked: number;
  answer: number;
  /** Of all answers so far. */
  mean: number;
  /** Standard deviation of that mean. */
  deviation: number;
  /** In all, in nats: exactly k times that of one answer, at δ = 0. */
  epsilon: number;
}

export interface RepeatResult {
  truth: number;
  answers: RepeatedAnswer[];
  /** How often an attacker, who sees all the answers, was right about one person; in games with fresh noise. */
  guessed: number;
  games: number;
}

/** Laplace draws in all games: as many games as that allows, 400 to 4,000. */
const DRAWS = 400_000;

export const repeatQuestion: Experiment<RepeatParams, null, RepeatResult> = {
  id: 'repeat-question',
  needs: 'maths',
  params,
  async run({ epsilon, times, seed }, { signal, describe, random }) {
    describe({
      noise: 'seeded',
      seed,
      epsilon: epsilon * times,
      delta: 0,
      accountant: 'pure ε, added up',
      dataset: 'a made-up count',
    });
    const { without, with: truth } = trueAnswers('laplace');
    const source = random.seeded(seed);
    const answers: RepeatedAnswer[] = [];
    let sum = 0;
    for (let asked = 1; asked <= times; asked++) {
      const answer = truth + source.laplace(1 / epsilon);
      sum += answer;
      answers.push({
        asked,
        answer,
        mean: sum / asked,
        // One answer's variance is 2/ε².
        deviation: Math.SQRT2 / (epsilon * Math.sqrt(asked)),
        epsilon: asked * epsilon,
      });
    }
    const games = Math.min(4000, Math.max(400, 2 * Math.floor(DRAWS / times / 2)));
    const guesses = random.seeded(seed + 1);
    let right = 0;
    for (let game = 0; game < games; game++) {
      const count = game % 2 === 0 ? truth : without;
      // The best use of all answers: their likelihood ratios multiplied (Neyman and Pearson).
      let evidence = 0;
      for (let i = 0; i < times; i++) {
        const answer = count + guesses.laplace(1 / epsilon);
        evidence += Math.abs(answer - without) - Math.abs(answer - truth);
      }
      const says = evidence === 0 ? guesses.bernoulli(0.5) : evidence > 0;
      if (says === (count === truth)) right++;
      if (game % 100 === 99) await pause(signal);
    }
    return { truth, answers, guessed: right / games, games };
  },
};
