/** Trials that several exercises share: whether noise is drawn anew for each call, and anew in each run of the program. */
import type { RandomSource } from '@/lib/random';
import { ask, callOf, mixed, type Reader } from './answers';
import type { Fault } from './grade';
import type { Args, Program } from './program';
import { offRate } from './statistics';

/** A real number between two ends. */
export const between = (low: number, high: number, random: RandomSource): number =>
  low + (high - low) * random.uniform();

/** A whole number from `low` to `high`, both possible. */
export const wholeBetween = (low: number, high: number, random: RandomSource): number =>
  low + random.integer(high - low + 1);

export const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;

/** Numbers as they are told to a reader. */
export const told = (value: number): string => String(Number(value.toPrecision(4)));

/** Calls of the program for the test below: enough that two runs alike are no accident, also where an answer is one of two. */
const CALLS = 200;

/**
 * Two runs of the same program, each from its beginning: whoever knows a seed that stands in the code knows the noise, and can take it
 * away again.
 */
export async function sameNoiseAgain<T>(
  program: Program,
  name: string,
  reader: Reader<T>,
  inputs: readonly Args[],
  random: RandomSource,
): Promise<Fault | null> {
  const order = mixed(inputs.length, Math.ceil(CALLS / inputs.length), random);
  const runs: string[] = [];
  for (let run = 0; run < 2; run++)
    runs.push(JSON.stringify(await ask(await program.again(), name, reader, inputs, order)));
  if (runs[0] !== runs[1]) return null;
  return {
    words:
      'The program was started twice, and gave the same answers in the same order: its noise is fixed in advance. Whoever reads the code can take it away again.',
    input: callOf(name, inputs[order[0]!]!),
    found: `the same ${order.length} answers twice`,
  };
}

/**
 * Whether the sign of the noise of one call tells that of the next: noise that is kept from call to call cancels when two answers are
 * subtracted.
 *
 * @param residuals noise of calls that followed each other, symmetric around 0
 */
export function keptNoise(residuals: readonly number[]): Fault | null {
  let agree = 0;
  const pairs = Math.floor(residuals.length / 2);
  for (let i = 0; i < pairs; i++) if (residuals[2 * i]! > 0 === residuals[2 * i + 1]! > 0) agree++;
  if (!offRate(agree, pairs, 0.5)) return null;
  return {
    words:
      'The noise of one call tells that of the next. Draw it anew for every number: noise that is used twice can be subtracted.',
    found: `the same sign in ${percent(agree / pairs)} of ${pairs} pairs of calls, where half is expected`,
  };
}
