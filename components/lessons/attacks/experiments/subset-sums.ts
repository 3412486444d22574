/** Two hundred secret bits, many noisy answers about random sets of them, and the bits computed back by least squares. */
import * as z from 'zod';
import { membershipBounds } from '@/lib/privacy';
import {
  decodeBits,
  randomSubsets,
  type SubsetQuestions,
  subsetSums,
  subsetSumsDeviation,
  subsetSumsEpsilon,
} from '@/lib/privacy/reconstruction/subset-sums';
import { type RandomSource, SeededRandom } from '@/lib/random';
import type { Experiment } from '@/lib/runtime/experiment';
import { pacedPause } from '@/lib/runtime/pause';

const params = z.object({
  questions: z.number().int().min(1).max(5000),
  /** Standard deviation of the Laplace noise on each answer, in people. */
  deviation: z.number().positive().max(1e9),
  seed: z.number().int().min(0),
});

export type SubsetSumsParams = z.output<typeof params>;

export interface SubsetSumsResult {
  /** One for each person, in order. */
  secret: Uint8Array;
  guess: Uint8Array;
  /** Share of the bits that are right. */
  right: number;
  /** ε of all answers together, in nats, at δ = 0, where one person's bit is changed. */
  epsilon: number;
  /** The largest share anybody can have right on average at this ε, where every bit is a fair coin. */
  bound: number;
  /** Bits right on average at other noises. */
  sweep: { deviation: number; right: number; bound: number }[];
}

export const PEOPLE = 200;
/** ε of the end of the sweep at which little is left to read. */
const STRONG_EPSILON = 0.2;
const WEAKEST = 0.5;
const POINTS = 11;
const DRAWS = 2;

/** @returns share of the bits that come out right, and the bits */
export function attackOnce(
  asked: SubsetQuestions,
  secret: Uint8Array,
  deviation: number,
  random: RandomSource,
): { guess: Uint8Array; right: number } {
  const answers = subsetSums(asked, secret).map((sum) => sum + random.laplace(deviation / Math.SQRT2));
  const guess = decodeBits(asked, answers, deviation);
  return { guess, right: guess.filter((bit, i) => bit === secret[i]).length / secret.length };
}

const boundAt = (epsilon: number) => membershipBounds({ epsilon, delta: 0 }).maxBalancedAccuracy;

/** The last questions: another noise leaves them as they are. */
let last: { key: string; asked: SubsetQuestions } | null = null;

export const subsetSumsAttack: Experiment<SubsetSumsParams, null, SubsetSumsResult> = {
  id: 'attack-subset-sums',
  needs: 'maths',
  params,
  async run({ questions, deviation, seed }, { describe, random, report, signal }) {
    const epsilon = subsetSumsEpsilon(questions, deviation);
    describe({
      noise: 'seeded',
      seed,
      epsilon,
      delta: 0,
      accountant: 'pure ε, added up over all answers',
      dataset: `${PEOPLE} made-up bits`,
    });
    const breathe = pacedPause(signal);
    const draw = new SeededRandom(seed, 93);
    const secret = Uint8Array.from({ length: PEOPLE }, () => draw.integer(2));
    const key = JSON.stringify([questions, seed]);
    if (last?.key !== key) last = { key, asked: randomSubsets(PEOPLE, questions, draw) };
    const { asked } = last;
    await breathe();
    const shown = attackOnce(asked, secret, deviation, random.seeded(seed));

    const sweep: SubsetSumsResult['sweep'] = [];
    const strongest = subsetSumsDeviation(questions, STRONG_EPSILON);
    for (let point = 0; point < POINTS; point++) {
      report({ phase: 'run', step: point, total: POINTS, label: 'Trying other noises' });
      const at = WEAKEST * (strongest / WEAKEST) ** (point / (POINTS - 1));
      let sum = 0;
      for (let repeat = 0; repeat < DRAWS; repeat++) {
        sum += attackOnce(asked, secret, at, new SeededRandom(seed, 100 + point * DRAWS + repeat)).right;
        await breathe();
      }
      sweep.push({ deviation: at, right: sum / DRAWS, bound: boundAt(subsetSumsEpsilon(questions, at)) });
    }
    return { secret, ...shown, epsilon, bound: boundAt(epsilon), sweep };
  },
};
