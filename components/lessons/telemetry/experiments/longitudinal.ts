/** One report a day for a year: what it costs, and what somebody who keeps the reports learns. */
import * as z from 'zod';
import { repeatedReportsEpsilon } from '@/lib/privacy';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { LONGITUDINAL_DELTA } from '../account';
import { oracleOf } from '../protocols';

const params = z.object({
  epsilon: z.number().min(0.05).max(10),
  categories: z.number().int().min(2).max(64),
  /** Days of the study, one report on each. */
  days: z.number().int().min(1).max(365),
  seed: z.number().int().min(0),
});

export type LongitudinalParams = z.output<typeof params>;

export interface LongitudinalPoint {
  day: number;
  /** ε so far, in nats: fresh noise every day, added up and with a little δ; and one answer repeated. */
  fresh: number;
  freshDelta: number;
  memoised: number;
  /** Share of people whose emoji is guessed rightly from all their reports so far. */
  guessedFresh: number;
  guessedMemoised: number;
}

export interface LongitudinalResult {
  points: LongitudinalPoint[];
  people: number;
}

const PEOPLE = 400;

/** About twelve days from the first to the last, evenly on a logarithmic scale. */
function daysShown(days: number): number[] {
  const shown = new Set<number>([1, days]);
  for (let i = 1; i < 12; i++) shown.add(Math.max(1, Math.round(days ** (i / 12))));
  return [...shown].sort((a, b) => a - b);
}

/** The value with most reports for it; ties are broken by lot. */
function mostSupported(counts: ArrayLike<number>, at: number, size: number, pick: (n: number) => number) {
  let best: number[] = [];
  let most = -1;
  for (let value = 0; value < size; value++) {
    const count = counts[at + value]!;
    if (count > most) [most, best] = [count, [value]];
    else if (count === most) best.push(value);
  }
  return best[pick(best.length)]!;
}

export const longitudinal: Experiment<LongitudinalParams, null, LongitudinalResult> = {
  id: 'longitudinal',
  needs: 'maths',
  params,
  async run({ epsilon, categories, days, seed }, { signal, describe, random }) {
    describe({
      noise: 'seeded',
      seed,
      accountant: 'PLD for repeated reports',
      delta: LONGITUDINAL_DELTA,
      dataset: `${PEOPLE} made-up people whose emoji never changes`,
    });
    const draws = random.seeded(seed);
    const guesses = random.seeded(seed + 1);
    const { oracle } = oracleOf('choice', epsilon, categories)!;
    const held = Int32Array.from({ length: PEOPLE }, () => draws.integer(categories));
    /** people × categories */
    const tally = new Int32Array(PEOPLE * categories);
    const first = new Int32Array(PEOPLE);
    const shown = new Set(daysShown(days));
    const points: LongitudinalPoint[] = [];
    for (let day = 1; day <= days; day++) {
      for (let person = 0; person < PEOPLE; person++) {
        const said = oracle.perturb(held[person]!, draws) as number;
        if (day === 1) first[person] = said;
        tally[person * categories + said]!++;
      }
      if (!shown.has(day)) continue;
      let fresh = 0;
      let memoised = 0;
      for (let person = 0; person < PEOPLE; person++) {
        const guess = mostSupported(tally, person * categories, categories, (n) => guesses.integer(n));
        if (guess === held[person]) fresh++;
        if (first[person] === held[person]) memoised++;
      }
      points.push({
        day,
        fresh: repeatedReportsEpsilon({ epsilon, reports: day, memoised: false }),
        freshDelta: repeatedReportsEpsilon({
          epsilon,
          reports: day,
          memoised: false,
          delta: LONGITUDINAL_DELTA,
        }),
        memoised: repeatedReportsEpsilon({ epsilon, reports: day, memoised: true }),
        guessedFresh: fresh / PEOPLE,
        guessedMemoised: memoised / PEOPLE,
      });
      await pause(signal);
    }
    return { points, people: PEOPLE };
  },
};
