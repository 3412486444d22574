/** Many phones report which emoji they use; a server estimates how popular each is. */
import { z } from 'zod';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { expectedError, PROTOCOLS, surveyAtOnce, surveyEveryPhone } from '../protocols';
import { peopleByShare, zipfShares } from './made-up-shares';

const params = z.object({
  people: z.number().int().min(100).max(10_000_000),
  epsilon: z.number().min(0.05).max(10),
  protocol: z.enum(PROTOCOLS),
  /** k */
  categories: z.number().int().min(2).max(64),
  /** Zipf's s. */
  skew: z.number().min(0).max(3),
  /** Draw the server's counts at once, or let every phone make its report. */
  simulation: z.enum(['at-once', 'every-phone']),
  seed: z.number().int().min(0),
});

export type PopulationParams = z.output<typeof params>;

export interface PopulationBar {
  /** Share of all people, 0 … 1. */
  truth: number;
  estimate: number;
  /** Ends of the 95 % interval. */
  low: number;
  high: number;
}

export interface PopulationResult {
  bars: PopulationBar[];
  /** How many of the intervals hold the truth. */
  covered: number;
  /** Root of the mean squared error over the emoji, and what the formula expects of it. */
  error: number;
  expectedError: number;
}

export const population: Experiment<PopulationParams, null, PopulationResult> = {
  id: 'population',
  needs: 'maths',
  params,
  async run({ people, epsilon, protocol, categories, skew, simulation, seed }, context) {
    const { signal, report, random, describe } = context;
    describe({
      noise: 'seeded',
      seed,
      epsilon,
      delta: 0,
      accountant: 'one local report each: pure ε, replace-one',
      dataset: `${people.toLocaleString('en')} made-up people, shares by Zipf’s law`,
    });
    const counts = peopleByShare(zipfShares(categories, skew), people);
    const shares = Array.from(counts, (count) => count / people);
    const survey = { protocol, epsilon, people: counts, random: random.seeded(seed) };
    let heard = performance.now();
    const estimates =
      simulation === 'at-once'
        ? surveyAtOnce(survey)
        : await surveyEveryPhone({
            ...survey,
            breathe: async (done) => {
              if (performance.now() - heard < 40) return;
              report({ phase: 'run', step: done, total: people, label: 'Phones are reporting' });
              await pause(signal);
              heard = performance.now();
            },
          });
    signal.throwIfAborted();
    const bars = estimates.map(({ frequency, low, high }, i) => ({
      truth: shares[i]!,
      estimate: frequency,
      low,
      high,
    }));
    const meanSquare = (values: readonly number[]) =>
      values.reduce((sum, value) => sum + value * value, 0) / values.length;
    return {
      bars,
      covered: bars.filter(({ truth, low, high }) => low <= truth && truth <= high).length,
      error: Math.sqrt(meanSquare(bars.map(({ truth, estimate }) => estimate - truth))),
      expectedError: Math.sqrt(
        meanSquare(shares.map((_, i) => expectedError(protocol, epsilon, shares, i, people))),
      ),
    };
  },
};
