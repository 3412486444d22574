/** Which words are typed next: finding the frequent ones above the noise, and what stays hidden below it. */
import { z } from 'zod';
import { confidenceQuantile } from '@/lib/privacy';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { WORD_SURVEYS } from '../account';
import { expectedError, PROTOCOLS, surveyAtOnce } from '../protocols';
import { peopleByShare, zipfShares } from './made-up-shares';

const params = z.object({
  people: z.number().int().min(100).max(10_000_000),
  epsilon: z.number().min(0.05).max(10),
  protocol: z.enum(PROTOCOLS),
  /** Words in the vocabulary; only the first half of them is ever typed. */
  vocabulary: z.number().int().min(16).max(400),
  skew: z.number().min(0).max(3),
  /** Chance that a word nobody types is reported as found. */
  falseAlarm: z.enum(['each', 'any']),
  seed: z.number().int().min(0),
});

export type WordsParams = z.output<typeof params>;

export interface WordFound {
  /** Place in the vocabulary of this run. */
  word: number;
  truth: number;
  estimate: number;
}

export interface WordsResult {
  /** Estimated share from which on a word counts as found. */
  threshold: number;
  truth: number[];
  /** Of the first survey. */
  estimates: number[];
  /** Above the threshold in the first survey, largest estimate first. */
  found: WordFound[];
  /** Of these, words that nobody types. */
  falseFound: number;
  /** Typed words that the first survey did not find, and the share of all typing that they make up. */
  hidden: number;
  hiddenShare: number;
  /** Over all surveys: share of untyped words that were reported, and what the threshold promises. */
  falseRate: number;
  promisedRate: number;
  /** Over all surveys: how often each word was found. */
  foundRate: number[];
}

/** One-sided normal quantiles of the two promises: 5 % of each word, or 5 % of any of them (Bonferroni). */
export function thresholdQuantile(falseAlarm: WordsParams['falseAlarm'], words: number): number {
  return confidenceQuantile(1 - 2 * (falseAlarm === 'each' ? 0.05 : 0.05 / words));
}

export const nextWord: Experiment<WordsParams, null, WordsResult> = {
  id: 'next-word',
  needs: 'maths',
  params,
  async run({ people, epsilon, protocol, vocabulary, skew, falseAlarm, seed }, context) {
    context.describe({
      noise: 'seeded',
      seed,
      epsilon,
      delta: 0,
      accountant: 'one local report each: pure ε, replace-one',
      dataset: `${people.toLocaleString('en')} made-up people, half of ${vocabulary} words never typed`,
    });
    const typed = Math.floor(vocabulary / 2);
    const counts = peopleByShare(zipfShares(vocabulary, skew, typed), people);
    const truth = Array.from(counts, (count) => count / people);
    const quantile = thresholdQuantile(falseAlarm, vocabulary);
    const threshold = quantile * expectedError(protocol, epsilon, truth, vocabulary - 1, people);
    const random = context.random.seeded(seed);
    const foundRate = new Array<number>(vocabulary).fill(0);
    let first: number[] = [];
    for (let survey = 0; survey < WORD_SURVEYS; survey++) {
      const estimates = surveyAtOnce({ protocol, epsilon, people: counts, random }).map(
        ({ frequency }) => frequency,
      );
      if (survey === 0) first = estimates;
      for (const [word, estimate] of estimates.entries())
        if (estimate > threshold) foundRate[word]! += 1 / WORD_SURVEYS;
      await pause(context.signal);
    }
    const found = first
      .map((estimate, word) => ({ word, truth: truth[word]!, estimate }))
      .filter(({ estimate }) => estimate > threshold)
      .sort((a, b) => b.estimate - a.estimate);
    const hidden = truth.filter((share, word) => share > 0 && !(first[word]! > threshold));
    const untyped = foundRate.filter((_, word) => truth[word] === 0);
    return {
      threshold,
      truth,
      estimates: first,
      found,
      falseFound: found.filter(({ truth: share }) => share === 0).length,
      hidden: hidden.length,
      hiddenShare: hidden.reduce((sum, share) => sum + share, 0),
      falseRate: untyped.reduce((sum, rate) => sum + rate, 0) / untyped.length,
      promisedRate: falseAlarm === 'each' ? 0.05 : 0.05 / vocabulary,
      foundRate,
    };
  },
};
