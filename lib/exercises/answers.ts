/** Reads what a stranger's function gave back. Nothing is taken for a number that is not a finite one. */
import { Unusable } from './grade';
import { type Args, type Program, ProgramError } from './program';

/** As a sandbox writes down what has no plain form: NaN, a function, an error that was thrown. */
export type NoAnswer = { readonly not: string } | { readonly threw: string };

/** Values as a learner would type them, shortened. */
export function written(value: unknown): string {
  if (typeof value === 'number')
    return Number.isInteger(value) || !Number.isFinite(value)
      ? String(value)
      : String(Number(value.toPrecision(6)));
  if (typeof value === 'string') return `'${value.slice(0, 60)}'`;
  if (Array.isArray(value)) {
    const some = value.slice(0, 6).map(written).join(', ');
    return value.length > 6 ? `[${some}, … ${value.length} in all]` : `[${some}]`;
  }
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .slice(0, 8)
      .map(([key, one]) => `${key}: ${written(one)}`)
      .join(', ')} }`;
  return String(value);
}

export const callOf = (name: string, args: Args): string => `${name}(${args.map(written).join(', ')})`;

const has = (value: unknown, key: string): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key);

/** What it is, as a learner would say it. */
function described(answer: unknown): string {
  if (has(answer, 'threw')) return `an error: ${String(answer.threw).slice(0, 300)}`;
  if (has(answer, 'not')) return String(answer.not).slice(0, 80);
  return written(answer);
}

/** Reads one answer, or tells what it should be. */
export type Reader<T> = { readonly what: string; read(answer: unknown): T | null };

const isFiniteNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);

export const aNumber: Reader<number> = {
  what: 'a finite number',
  read: (answer) => (isFiniteNumber(answer) ? answer : null),
};

/** true and false, or 1 and 0. */
export const yesOrNo: Reader<boolean> = {
  what: 'true or false',
  read: (answer) =>
    answer === true || answer === 1 ? true : answer === false || answer === 0 ? false : null,
};

/** A position in a list. @param length of the list */
export const anIndex = (length: number): Reader<number> => ({
  what: `a whole number from 0 to ${length - 1}`,
  read: (answer) =>
    isFiniteNumber(answer) && Number.isInteger(answer) && answer >= 0 && answer < length ? answer : null,
});

/** @param length of the list; null: any */
export const numbers = (length: number | null): Reader<readonly number[]> => ({
  what: length === null ? 'a list of finite numbers' : `a list of ${length} finite numbers`,
  read: (answer) =>
    Array.isArray(answer) && (length === null || answer.length === length) && answer.every(isFiniteNumber)
      ? answer
      : null,
});

/**
 * Calls a function of the program and reads each answer.
 *
 * @throws {Unusable} at the first that cannot be read, with the call it came from
 */
export async function ask<T>(
  program: Program,
  name: string,
  reader: Reader<T>,
  inputs: readonly Args[],
  order: readonly number[] = inputs.map((_, i) => i),
): Promise<T[]> {
  const answers = await program.call(name, inputs, order).catch((error: unknown) => {
    if (!(error instanceof ProgramError)) throw error;
    const some = order[0] === undefined ? null : callOf(name, inputs[order[0]]!);
    throw new Unusable({
      words: error.message,
      ...(some && {
        input: order.length === 1 ? some : `one of ${order.length} calls, the first of them ${some}`,
      }),
    });
  });
  return order.map((at, i) => {
    const answer = answers[i];
    const read = reader.read(answer);
    if (read !== null && answer !== undefined) return read;
    throw new Unusable({
      words: has(answer, 'threw') ? `\`${name}\` threw an error.` : `\`${name}\` must return ${reader.what}.`,
      input: callOf(name, inputs[at]!),
      found: described(answer),
    });
  });
}

/** An order in which each of `count` inputs comes `times` times, mixed: a program cannot tell where a trial begins or ends. */
export function mixed(
  count: number,
  times: number,
  random: { shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T },
): number[] {
  return random.shuffle(Array.from({ length: count * times }, (_, i) => i % count));
}

/** The answers to each input. */
export function byInput<T>(count: number, order: readonly number[], answers: readonly T[]): T[][] {
  const found = Array.from({ length: count }, (): T[] => []);
  order.forEach((at, i) => {
    found[at]!.push(answers[i]!);
  });
  return found;
}
