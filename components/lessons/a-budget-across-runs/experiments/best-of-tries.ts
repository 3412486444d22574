/** What it costs to tell the best of many private tries, by how their number is chosen; and how good a search that makes. */
import * as z from 'zod';
import { bestIsTried, reachedEpsilon, type Stopping, selectionEpsilon, tryCount } from '@/lib/privacy';
import type { Experiment } from '@/lib/runtime/experiment';

const params = z.object({
  /** On average; exactly as many where they are fixed. */
  tries: z.number().int().min(1).max(1000),
  /** Of one try, in nats. */
  epsilon: z.number().min(0.01).max(50),
  settings: z.number().int().min(2).max(1000),
  stopping: z.enum(['fixed', 'geometric', 'logarithmic']),
  seed: z.number().int().min(0),
});

export type BestOfParams = z.output<typeof params>;

export interface BestOfPoint {
  tries: number;
  /** ε of telling the best, at most, by rule. */
  cost: Record<Stopping, number>;
  /** Probability that the best setting is tried at all, by rule. */
  found: Record<Stopping, number>;
}

export interface BestOfResult {
  points: BestOfPoint[];
  /** At the settings asked for. */
  atMost: number;
  /** ε that some kind of try reaches. */
  reached: number;
  found: number;
  /** Searches that were really drawn. */
  searches: { drawn: number; tries: number; found: number; longest: number };
}

const RULES: readonly Stopping[] = ['fixed', 'geometric', 'logarithmic'];
const POINTS = 60;
const MOST_TRIES = 200;
const SEARCHES = 1000;

const byRule = (of: (rule: Stopping) => number) =>
  Object.fromEntries(RULES.map((rule) => [rule, of(rule)])) as Record<Stopping, number>;

export const bestOfTries: Experiment<BestOfParams, null, BestOfResult> = {
  id: 'best-of-tries',
  needs: 'maths',
  params,
  async run({ tries, epsilon, settings, stopping, seed }, { describe, random }) {
    const count = tryCount(stopping, tries);
    const atMost = selectionEpsilon(count, epsilon);
    describe({
      noise: 'seeded',
      seed,
      accountant: 'private selection, pure ε',
      epsilon: atMost,
      delta: 0,
      dataset: 'no data: a plan, and made-up searches',
    });
    const shown = [
      ...new Set(Array.from({ length: POINTS }, (_, i) => Math.round(MOST_TRIES ** (i / (POINTS - 1))))),
    ];
    const points = shown.map((at) => ({
      tries: at,
      cost: byRule((rule) => selectionEpsilon(tryCount(rule, at), epsilon)),
      found: byRule((rule) => bestIsTried(tryCount(rule, at), settings)),
    }));
    const coins = random.seeded(seed);
    const searches = { drawn: SEARCHES, tries: 0, found: 0, longest: 0 };
    for (let search = 0; search < SEARCHES; search++) {
      const made = count.draw(coins);
      searches.tries += made / SEARCHES;
      searches.longest = Math.max(searches.longest, made);
      let hit = false;
      for (let one = 0; one < made; one++) hit = coins.integer(settings) === 0 || hit;
      if (hit) searches.found++;
    }
    return {
      points,
      atMost,
      reached: tries === 1 ? epsilon : reachedEpsilon(count, epsilon),
      found: bestIsTried(count, settings),
      searches,
    };
  },
};
