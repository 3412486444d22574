/** Many phones report which emoji they use; a server estimates how popular each is. */
import * as z from 'zod';
import type { RandomSource } from '@/lib/random';
import type { Experiment } from '@/lib/runtime/experiment';
import { pacedPause } from '@/lib/runtime/pause';
import { FIELD_PHONES } from '../account';
import { expectedCoverage, expectedError, PROTOCOLS, Survey } from '../protocols';
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

/** Some of the phones, looked at one by one. No server may: it is shown because these people do not exist. */
export interface PhoneField {
  /** For each phone, its true answer, and the answers that its report speaks for. */
  truths: Uint8Array;
  said: number[][];
  /** What the server would estimate from so many of them, in growing numbers. */
  stages: { phones: number; estimates: number[] }[];
}

export interface PopulationResult {
  field: PhoneField;
  bars: PopulationBar[];
  /** How many of the intervals hold the truth. */
  covered: number;
  /** Share of them that hold it over all surveys of this crowd, exactly; null for the sketch. */
  expectedCoverage: number | null;
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
    const draws = random.seeded(seed);
    const survey = new Survey(protocol, epsilon, categories, draws);
    const field = fieldOf(counts, survey, draws);
    const others = counts.map(
      (count, value) => count - field.truths.filter((truth) => truth === value).length,
    );
    if (simulation === 'at-once') survey.crowd(others);
    else {
      const paced = pacedPause(signal, 40);
      await survey.everyPhone(others, async (done) => {
        report({
          phase: 'run',
          step: field.truths.length + done,
          total: people,
          label: 'Phones are reporting',
        });
        await paced();
      });
    }
    signal.throwIfAborted();
    const estimates = survey.estimates();
    const bars = estimates.map(({ frequency, low, high }, i) => ({
      truth: shares[i]!,
      estimate: frequency,
      low,
      high,
    }));
    const meanSquare = (values: readonly number[]) =>
      values.reduce((sum, value) => sum + value * value, 0) / values.length;
    return {
      field,
      bars,
      covered: bars.filter(({ truth, low, high }) => low <= truth && truth <= high).length,
      expectedCoverage: expectedCoverage(protocol, epsilon, counts),
      error: Math.sqrt(meanSquare(bars.map(({ truth, estimate }) => estimate - truth))),
      expectedError: Math.sqrt(
        meanSquare(shares.map((_, i) => expectedError(protocol, epsilon, shares, i, people))),
      ),
    };
  },
};

const STAGES = 20;

/** Lets the first phones report one by one, and keeps what they said. They hold answers as the whole crowd does. */
function fieldOf(counts: Float64Array, survey: Survey, random: RandomSource): PhoneField {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const shown = peopleByShare(
    Array.from(counts, (count) => count / all),
    Math.min(FIELD_PHONES, all),
  );
  // Rounding must not show somebody who does not exist.
  const held = Array.from(shown).flatMap((count, value) =>
    new Array<number>(Math.min(count, counts[value]!)).fill(value),
  );
  const truths = random.shuffle(Uint8Array.from(held));
  const stages: PhoneField['stages'] = [];
  const said: number[][] = [];
  for (const [i, truth] of truths.entries()) {
    said.push(survey.phone(truth));
    if (Math.floor(((i + 1) * STAGES) / truths.length) > stages.length)
      stages.push({ phones: i + 1, estimates: survey.shares() });
  }
  return { truths, said, stages };
}
