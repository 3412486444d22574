/** The same question with and without one person: the exact answers, and how private answers spread in both worlds. */
import * as z from 'zod';
import { membershipBounds } from '@/lib/privacy';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import {
  boundedSums,
  exactAnswer,
  MOST_PAY,
  MOST_YEARS,
  makeStaff,
  privateAnswer,
  STAFF_QUESTIONS,
} from '../staff';

const params = z.object({
  question: z.enum(STAFF_QUESTIONS),
  /** The learner's place, whether they take part or not. */
  years: z.number().min(0).max(MOST_YEARS),
  pay: z.number().min(0).max(MOST_PAY),
  colleagues: z.number().int().min(20).max(1000),
  /** Public range of pay: 0 to here. */
  payRange: z.number().min(1).max(MOST_PAY),
  epsilon: z.number().min(0.05).max(10),
  seed: z.number().int().min(0),
});

export type OnePersonParams = z.output<typeof params>;

export interface SpreadBin {
  /** The middle of it. */
  at: number;
  /** Share of the private answers in it, without and with the person. */
  without: number;
  with: number;
}

export interface OnePersonResult {
  exact: { without: number; with: number };
  bins: SpreadBin[];
  /** Shares of answers that lie further out than the bins. */
  outside: number;
  /** Median private answers. */
  median: { without: number; with: number };
  /** How often an attacker was right who learnt a threshold on half of the answers, on the other half. */
  guessed: number;
  /** No attacker beats this, whatever they know. */
  bound: number;
}

/** Private answers in each world; half of them teach the attacker, half test them. */
export const ANSWERS = 4000;
const BINS = 48;

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;

/** The threshold, and the side of it that means "took part", with the most right answers. */
export function learnThreshold(without: readonly number[], present: readonly number[]) {
  const all = [
    ...without.map((value) => ({ value, took: false })),
    ...present.map((value) => ({ value, took: true })),
  ].sort((a, b) => a.value - b.value);
  // Right answers beyond a half, when all above the threshold are said to have taken part; turned around, its negative.
  let lead = (present.length - without.length) / 2;
  let best = { threshold: Number.NEGATIVE_INFINITY, above: lead >= 0, lead: Math.abs(lead) };
  for (const [i, { value, took }] of all.entries()) {
    lead += took ? -1 : 1;
    // Equal answers fall on one side together.
    if (all[i + 1]?.value === value) continue;
    if (Math.abs(lead) > best.lead) best = { threshold: value, above: lead > 0, lead: Math.abs(lead) };
  }
  return { threshold: best.threshold, above: best.above };
}

export const onePerson: Experiment<OnePersonParams, null, OnePersonResult> = {
  id: 'one-person',
  needs: 'maths',
  params,
  async run({ question, years, pay, colleagues, payRange, epsilon, seed }, { signal, describe, random }) {
    describe({
      noise: 'seeded',
      seed,
      epsilon,
      delta: 0,
      accountant: 'pure ε, added up over the sums',
      dataset: 'made-up staff of a firm',
    });
    const others = makeStaff(colleagues, seed);
    const everybody = [...others, { years, pay }];
    const source = random.seeded(seed);
    const draw = (staff: typeof others) => {
      const sums = boundedSums(question, staff, payRange);
      return Array.from({ length: ANSWERS }, () => privateAnswer(question, sums, payRange, epsilon, source));
    };
    const without = draw(others);
    await pause(signal);
    const present = draw(everybody);
    await pause(signal);

    const half = ANSWERS / 2;
    const { threshold, above } = learnThreshold(without.slice(0, half), present.slice(0, half));
    const says = (answer: number) => answer > threshold === above;
    const right =
      present.slice(half).filter((answer) => says(answer)).length +
      without.slice(half).filter((answer) => !says(answer)).length;

    const sorted = [...without, ...present].sort((a, b) => a - b);
    let [low, high] = [quantile(sorted, 0.01), quantile(sorted, 0.99)];
    if (question === 'count') {
      // Whole numbers: a bin is a run of as many of them as all others.
      const wide = Math.max(1, Math.ceil((high - low + 1) / BINS));
      low -= 0.5;
      high = low + wide * Math.ceil((high + 0.5 - low) / wide);
    } else if (!(high > low)) [low, high] = [low - 0.5, high + 0.5];
    const count =
      question === 'count' ? Math.round((high - low) / Math.max(1, Math.ceil((high - low) / BINS))) : BINS;
    const width = (high - low) / count;
    const bins = Array.from({ length: count }, (_, i) => ({
      at: low + (i + 0.5) * width,
      without: 0,
      with: 0,
    }));
    let outside = 0;
    const fill = (answers: readonly number[], world: 'without' | 'with') => {
      for (const answer of answers) {
        const bin = bins[Math.floor((answer - low) / width)] ?? (answer === high ? bins.at(-1) : undefined);
        if (bin === undefined) outside++;
        else bin[world] += 1 / answers.length;
      }
    };
    fill(without, 'without');
    fill(present, 'with');
    const median = (answers: readonly number[]) =>
      quantile(
        [...answers].sort((a, b) => a - b),
        0.5,
      );
    return {
      exact: { without: exactAnswer(question, others), with: exactAnswer(question, everybody) },
      bins,
      outside: outside / (2 * ANSWERS),
      median: { without: median(without), with: median(present) },
      guessed: right / (2 * half),
      bound: membershipBounds({ epsilon, delta: 0 }).maxBalancedAccuracy,
    };
  },
};
