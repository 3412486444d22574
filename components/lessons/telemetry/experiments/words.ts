/** Which words are typed next: finding the frequent ones above the noise, and what stays hidden below it. */
import * as z from 'zod';
import type { Experiment } from '@/lib/runtime/experiment';
import { pacedPause } from '@/lib/runtime/pause';
import { PROMISED_ALARMS } from '../account';
import { alarmShare, PROTOCOLS, type ProtocolId, sharesAtOnce } from '../protocols';
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
  alarms: Alarms;
  /** Over all surveys: how often each word was found. */
  foundRate: number[];
}

/** False alarms, counted over many surveys of the same crowd. */
export interface Alarms {
  surveys: number;
  /** Untyped words that were reported, of so many that could have been. */
  count: number;
  chances: number;
  /** Of these, expected by the exact chance of one; and at most, by what was promised. */
  expected: number;
  promised: number;
  /** Surveys with one false alarm or more. */
  surveysWithAny: number;
}

/** Repeated surveys, as many as take a moment: what is promised is rare, and a few surveys would show nothing. */
const SURVEYS: Record<ProtocolId, number> = {
  choice: 1000,
  symmetric: 1000,
  optimised: 1000,
  hadamard: 100,
  sketch: 40,
};

/** The chance that is promised: for each word, or shared out among all of them (Bonferroni), typed or not. */
export const promisedChance = (falseAlarm: WordsParams['falseAlarm'], words: number): number =>
  falseAlarm === 'each' ? PROMISED_ALARMS : PROMISED_ALARMS / words;

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
    const promised = promisedChance(falseAlarm, vocabulary);
    const { share: threshold, chance } = alarmShare(protocol, epsilon, counts, promised);
    const random = context.random.seeded(seed);
    const breathe = pacedPause(context.signal);
    const surveys = SURVEYS[protocol];
    const foundRate = new Array<number>(vocabulary).fill(0);
    let first: number[] = [];
    let surveysWithAny = 0;
    let count = 0;
    for (let survey = 0; survey < surveys; survey++) {
      const estimates = sharesAtOnce({ protocol, epsilon, people: counts, random });
      if (survey === 0) first = estimates;
      const before = count;
      for (const [word, estimate] of estimates.entries()) {
        if (!(estimate > threshold)) continue;
        foundRate[word]! += 1 / surveys;
        if (truth[word] === 0) count++;
      }
      if (count > before) surveysWithAny++;
      await breathe();
    }
    const found = first
      .map((estimate, word) => ({ word, truth: truth[word]!, estimate }))
      .filter(({ estimate }) => estimate > threshold)
      .sort((a, b) => b.estimate - a.estimate);
    const hidden = truth.filter((share, word) => share > 0 && !(first[word]! > threshold));
    const chances = truth.filter((share) => share === 0).length * surveys;
    return {
      threshold,
      truth,
      estimates: first,
      found,
      falseFound: found.filter(({ truth: share }) => share === 0).length,
      hidden: hidden.length,
      hiddenShare: hidden.reduce((sum, share) => sum + share, 0),
      alarms: {
        surveys,
        count,
        chances,
        expected: chances * chance,
        promised: chances * promised,
        surveysWithAny,
      },
      foundRate,
    };
  },
};
