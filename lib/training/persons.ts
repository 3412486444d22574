/**
 * Several examples of one person. Lots are drawn by person: each joins with the same probability. Then either one example of theirs
 * stands for them, picked anew in each step, or all of theirs together are one gradient (`kernels/by-person.ts`). Both ways adding or
 * removing a person, with all their examples, changes one clipped gradient, and ε is that of DP-SGD on as many examples as there are
 * persons: what a person pays does not grow with how many pictures they have. One example is less work; all of them are more to learn
 * from.
 *
 * Charging k examples as a group costs more (see `groupEpsilon`).
 */
import type { RandomSource } from '@/lib/random';
import { TrainingError } from './dataset';

/** Rows of each person: everybody has one or more, and each row belongs to one person. */
export type Persons = readonly (readonly number[])[];

/** What stands for a person in a step. */
export type OfEachPerson = 'one' | 'all';

/** @throws TrainingError where a row is nobody's or somebody's twice, or a person has none */
export function checkPersons(persons: Persons, size: number): void {
  const owned = persons.flat().sort((a, b) => a - b);
  if (owned.length !== size || owned.some((row, i) => row !== i) || persons.some((rows) => rows.length === 0))
    throw new TrainingError(
      'parameter-out-of-range',
      `${persons.length} persons with ${owned.length} rows do not share ${size} rows among them.`,
      'Give each row to exactly one person, and each person at least one.',
    );
}

/** Rows of one lot, ascending: of each person drawn one, every one of theirs as likely. */
export function drawRows(persons: Persons, rate: number, random: RandomSource): Int32Array {
  const drawn = random.poissonSample(persons.length, rate);
  return Int32Array.from(drawn, (person) => {
    const rows = persons[person]!;
    return rows[rows.length === 1 ? 0 : random.integer(rows.length)]!;
  }).sort();
}
