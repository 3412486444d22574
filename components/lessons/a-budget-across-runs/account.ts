/** A register of people who do not exist, to be asked about: made from a fixed seed, the same in every browser. */
import type { AccountRequest } from '@/lib/ledger';
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

export type QuestionId = keyof typeof QUESTIONS;

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

/** One of the register, or of a table of the learner's own: how many rows have this value? */
export type Asked = { question: QuestionId } | { own: OwnQuestion };

/** Tells questions apart, whatever ε they are asked at. */
export function questionKey(asked: Asked): string {
  if (!('own' in asked)) return asked.question;
  const { file, column, value, header = true } = asked.own;
  return `${file} ${column} ${value}${header ? '' : ' without a header'}`;
}
