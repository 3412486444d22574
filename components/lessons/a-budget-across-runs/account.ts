/** A register of people who do not exist, to be asked about: made from a fixed seed, the same in every browser. */
import type { AccountRequest, Phase } from '@/lib/ledger';
import { hashBytes } from '@/lib/ledger/canonical';
import { SeededRandom } from '@/lib/random';
import type { OwnQuestion } from './own-table';

export interface Person {
  age: number;
  smokes: boolean;
  isIll: boolean;
}

export const REGISTER_SIZE = 1000;

/** What may be asked. Each person changes each answer by one at most. */
export const QUESTIONS = {
  ill: { words: 'How many are ill?', counts: (person: Person) => person.isIll },
  smokes: { words: 'How many smoke?', counts: (person: Person) => person.smokes },
  old: { words: 'How many are 65 or older?', counts: (person: Person) => person.age >= 65 },
  youngIll: {
    words: 'How many under 30 are ill?',
    counts: (person: Person) => person.age < 30 && person.isIll,
  },
} as const;

/** Questions that many answers come back to: one about each of some groups, and nobody is in two of them. */
export const HISTOGRAMS = {
  ages: {
    words: 'How many are in each age group?',
    groups: [
      { words: 'under 30', from: 0 },
      { words: '30 to 44', from: 30 },
      { words: '45 to 59', from: 45 },
      { words: '60 to 74', from: 60 },
      { words: '75 or older', from: 75 },
    ],
  },
} as const;

export type HistogramId = keyof typeof HISTOGRAMS;
export type QuestionId = keyof typeof QUESTIONS | HistogramId;

export const isHistogram = (question: QuestionId): question is HistogramId => question in HISTOGRAMS;

export const wordsOf = (question: QuestionId): string =>
  isHistogram(question) ? HISTOGRAMS[question].words : QUESTIONS[question].words;

/** The true answers: one, or one a group. */
export function countsOf(question: QuestionId, people: readonly Person[]): number[] {
  if (!isHistogram(question)) return [people.filter(QUESTIONS[question].counts).length];
  const { groups } = HISTOGRAMS[question];
  return groups.map(({ from }, index) => {
    const to = groups[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    return people.filter(({ age }) => age >= from && age < to).length;
  });
}

/**
 * What one asking releases, as the ledger is told it. Everybody is in one age group, so a histogram costs what one of its counts
 * costs (`lib/privacy/parallel.ts`).
 * @param answers how many counts come back
 */
export function askPhases(epsilon: number, answers: number): Phase[] {
  const each = { kind: 'pure' as const, epsilon, count: 1 };
  if (answers === 1) return [{ perStep: [each], steps: 1 }];
  const groups = Array.from({ length: answers }, () => each);
  return [{ perStep: [{ kind: 'parallel', groups, count: 1 }], steps: 1 }];
}

/**
 * Variance of the noise of an answer at ε: discrete Laplace noise of scale 1/ε, 2p / (1 − p)² with p = e^−ε (Ghosh,
 * Roughgarden and Sundararajan 2009).
 */
export const noiseVariance = (epsilon: number): number =>
  (2 * Math.exp(-epsilon)) / Math.expm1(-epsilon) ** 2;

export function makeRegister(): { people: Person[]; hash: string } {
  const random = new SeededRandom(20_260_601);
  const people = Array.from({ length: REGISTER_SIZE }, (): Person => {
    const age = 18 + random.integer(72);
    const smokes = random.bernoulli(0.22);
    const isIll = random.bernoulli(0.03 + 0.002 * (age - 18) + (smokes ? 0.05 : 0));
    return { age, smokes, isIll };
  });
  return { people, hash: hashBytes(new TextEncoder().encode(JSON.stringify(people))) };
}

/** The account that questions are charged to. δ is well below one in a thousand people. */
export const registerAccount = (hash: string): AccountRequest => ({
  dataset: { hash, title: 'Register of people', size: REGISTER_SIZE },
  unit: 'person',
  relation: 'add-or-remove-one',
  delta: 1e-5,
});

/** One of the register, or of a table of the learner's own: how many rows have this value, or each? */
export type Asked = { question: QuestionId } | { own: OwnQuestion };

/** Tells questions apart, whatever ε they are asked at. */
export function questionKey(asked: Asked): string {
  if (!('own' in asked)) return asked.question;
  const { file, column, value, header = true } = asked.own;
  return `${file} ${column} ${value ?? 'each'}${header ? '' : ' without a header'}`;
}
