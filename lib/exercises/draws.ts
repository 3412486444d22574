/** Trials that several exercises share: whether noise is drawn anew for each call, and anew in each run of the program. */
import type { RandomSource } from '@/lib/random';
import { ask, callOf, mixed, type Reader } from './answers';
import type { Fault } from './grade';
import type { Args, Program } from './program';
import { aboveRate, LEVEL, offRate } from './statistics';

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
 * away again. Clocks stand still in a grader's realm, so that a seed from the clock shows alike.
 *
 * @param chance that two honest answers to the same call agree: 0 for noise of many digits, one half for a fair coin
 */
export async function sameNoiseAgain<T>(
  program: Program,
  name: string,
  reader: Reader<T>,
  inputs: readonly Args[],
  random: RandomSource,
  chance = 0,
): Promise<Fault | null> {
  const order = mixed(inputs.length, Math.ceil(CALLS / inputs.length), random);
  const runs: string[][] = [];
  for (let run = 0; run < 2; run++)
    runs.push(
      (await ask(await program.again(), name, reader, inputs, order)).map((one) => JSON.stringify(one)),
    );
  const alike = runs[0]!.filter((one, i) => one === runs[1]![i]).length;
  // Two draws of 53 bits may agree once in all time; whoever rounds to few digits is told so elsewhere.
  if (!aboveRate(alike, order.length, Math.max(chance, 0.05))) return null;
  return {
    words:
      'The program was started twice, and gave the same answers in the same order: its noise is fixed in advance, or comes from the clock. Whoever knows the start can take it away again.',
    input: callOf(name, inputs[order[0]!]!),
    found: `the same answer twice in ${alike} of ${order.length} calls`,
  };
}

/** Signs that are compared with those of later calls, near and far: a store of noise may be long. */
const SIGNS = 3000;

/**
 * Whether the sign of the noise of one call tells that of a later one: noise that is kept from call to call cancels when two answers are
 * subtracted. Independent, fair signs agree in half of the pairs at any distance, independently of one another.
 *
 * @param residuals noise of calls that followed each other, symmetric around 0
 */
export function keptNoise(residuals: readonly number[]): Fault | null {
  const signs = Int8Array.from(residuals.slice(0, SIGNS), (x) => (x > 0 ? 1 : 0));
  const farthest = Math.floor(signs.length * 0.75);
  for (let distance = 1; distance <= farthest; distance++) {
    const pairs = signs.length - distance;
    let agree = 0;
    for (let i = 0; i < pairs; i++) if (signs[i] === signs[i + distance]) agree++;
    // Hoeffding's bound first, which is looser than the exact one: most distances need no more.
    if (2 * pairs * (agree / pairs - 0.5) ** 2 < 10 || !offRate(agree, pairs, 0.5, LEVEL / farthest))
      continue;
    return {
      words:
        'The noise of one call tells that of another. Draw it anew for every number: noise that is used twice can be subtracted.',
      found: `the same sign in ${percent(agree / pairs)} of ${pairs} pairs of calls ${distance === 1 ? 'that follow each other' : `that lie ${distance} calls apart`}, where half is expected`,
    };
  }
  return null;
}

/**
 * Whether answers to the same call, or draws, repeat, as they do when noise is taken from a store: a hundredth of them, where draws of 32 bits
 * repeat in one of a hundred thousand.
 */
export function repeatedNoise(answers: readonly number[]): Fault | null {
  const repeated = answers.length - new Set(answers).size;
  if (!aboveRate(repeated, answers.length, 0.002)) return null;
  return {
    words: 'The same noise comes again and again: it is rounded, or taken from a store that is too small.',
    found: `${repeated} of ${answers.length} draws had come before`,
  };
}

/** Noise of scale one, without its sign. */
export interface SizeLaw {
  /** How probable it is that noise is larger than this. */
  beyond(size: number): number;
  /** How probable it is that noise is at most this. */
  within(size: number): number;
  /** Sizes that are seldom passed. */
  far: readonly number[];
}

/** Sizes of noise that as good as never come: whoever adds less only pretends to add noise. */
const NEAR = [0, 1e-9, 1e-6, 1e-3];

/** Noise that is next to nothing too often, or that ends somewhere. @param noise over its scale */
export function offTails(noise: readonly number[], { beyond, within, far }: SizeLaw): Fault | null {
  const level = LEVEL / (NEAR.length + far.length);
  for (const size of NEAR) {
    const near = noise.filter((x) => Math.abs(x) <= size).length;
    // Of rounding in single precision.
    if (!aboveRate(near, noise.length, within(size) + 1e-6, level)) continue;
    return {
      words: 'The exact value came out, without noise or with next to none.',
      found: `${near} times in ${noise.length} answers`,
    };
  }
  for (const size of far) {
    const beyondIt = noise.filter((x) => Math.abs(x) > size).length;
    const expected = beyond(size);
    if (!offRate(beyondIt, noise.length, expected, level)) continue;
    return {
      words:
        beyondIt < expected * noise.length
          ? 'Large noise comes too seldom: it must not be cut off, or the answers near the end tell the value.'
          : 'Large noise comes too often.',
      found: `${beyondIt} of ${noise.length} answers lie farther than ${size} times the scale from the exact value, where about ${Math.round(expected * noise.length)} are expected`,
    };
  }
  return null;
}
