/**
 * Grades `clipAndSum(gradients, bound)`: each example's gradient is shortened to a length (L2) of at most the bound, then all are added
 * up (Abadi et al. 2016, Algorithm 1).
 */
import type { RandomSource } from '@/lib/random';
import { ask, callOf, numbers } from '../answers';
import { between, told, wholeBetween } from '../draws';
import type { Trial } from '../grade';
import type { Program } from '../program';

const NAME = 'clipAndSum';
/** Relative to the bound, for each example: code that adds a small number to a length, to divide by it safely, is as good. */
const ROUNDING = 1e-5;

type Setting = [gradients: number[][], bound: number];

export const lengthOf = (gradient: readonly number[]): number => Math.hypot(...gradient);

/** A gradient of this length, in a random direction. */
export function gradientOf(length: number, size: number, random: RandomSource): number[] {
  const direction = Array.from({ length: size }, () => random.gaussian());
  const factor = length / lengthOf(direction);
  return direction.map((x) => x * factor);
}

/** The sum of gradients, each no longer than the bound. */
export function clippedSum(gradients: readonly (readonly number[])[], bound: number, size: number): number[] {
  const sum = new Array<number>(size).fill(0);
  for (const gradient of gradients) {
    const length = lengthOf(gradient);
    const factor = length > bound ? bound / length : 1;
    for (const [i, x] of gradient.entries()) sum[i]! += factor * x;
  }
  return sum;
}

const apart = (a: readonly number[], b: readonly number[]) => lengthOf(a.map((x, i) => x - b[i]!));

/** @param lengths of the gradients, over the bound @param size of each */
function setting(
  lengths: readonly number[],
  random: RandomSource,
  size = wholeBetween(1, 12, random),
): Setting {
  const bound = Math.exp(between(Math.log(0.1), Math.log(10), random));
  return [lengths.map((length) => gradientOf(length * bound, size, random)), bound];
}

/** The same with two examples alike: both count. */
const twice = ([gradients, bound]: Setting): Setting => [[...gradients, [...gradients[0]!]], bound];

const some = (low: number, high: number, random: RandomSource) =>
  Array.from({ length: wholeBetween(1, 9, random) }, () => between(low, high, random));

/** So many that a fault in one call of fifty shows. */
const TIMES = 100;
const times = (make: () => Setting): Setting[] => Array.from({ length: TIMES }, make);

/** The sums for all of them. @throws {Unusable} where one is no list of as many numbers as a gradient has */
async function sumsOf(program: Program, all: readonly Setting[]): Promise<(readonly number[])[]> {
  const found: (readonly number[])[] = new Array(all.length);
  // One reader reads lists of one length.
  for (const size of new Set(all.map(([gradients]) => gradients[0]!.length))) {
    const places = [...all.keys()].filter((at) => all[at]![0][0]!.length === size);
    const sums = await ask(
      program,
      NAME,
      numbers(size),
      places.map((at) => all[at]!),
    );
    for (const [i, at] of places.entries()) found[at] = sums[i]!;
  }
  return found;
}

const compared = (
  id: string,
  words: string,
  wrong: string,
  make: (random: RandomSource) => Setting[],
): Trial => ({
  id,
  words,
  async run(program, random) {
    const all = make(random);
    const found = await sumsOf(program, all);
    for (const [at, one] of all.entries()) {
      const right = clippedSum(one[0], one[1], one[0][0]!.length);
      if (apart(found[at]!, right) <= ROUNDING * one[1] * one[0].length) continue;
      return {
        words: wrong,
        input: callOf(NAME, one),
        found: `a sum of length ${told(lengthOf(found[at]!))}, ${told(apart(found[at]!, right))} away from the right one, of length ${told(lengthOf(right))}`,
      };
    }
    return null;
  },
});

export const clipPerExample = (): Trial[] => [
  compared(
    'short',
    'Gradients within the bound stay as they are, also those that are zero.',
    'Gradients shorter than the bound must not be changed.',
    (random) => [
      ...times(() => setting(some(0.05, 0.95, random), random)),
      setting([0], random),
      setting([0.5, 0, 0.5], random),
    ],
  ),
  compared(
    'long',
    'A gradient beyond the bound gets the bound as its length, and keeps its direction.',
    'A gradient longer than the bound must be scaled to it as a whole: its length is the root of the sum of squares.',
    (random) => times(() => setting([between(1.05, 20, random)], random)),
  ),
  compared(
    'mixed',
    'Each example is clipped by itself, before the sum.',
    'Long and short gradients together come out wrong: each must be clipped by itself, and only then added.',
    (random) => [
      ...times(() => setting(random.shuffle([...some(1.2, 30, random), ...some(0.1, 0.9, random)]), random)),
      ...Array.from({ length: 5 }, () => twice(setting(some(0.3, 3, random), random))),
      // Many examples, and many coordinates: whoever looks at a part of them is found out.
      setting(
        Array.from({ length: 300 }, () => between(0.1, 3, random)),
        random,
        40,
      ),
    ],
  ),
  {
    id: 'neighbours',
    words: 'No example that was tried moves the sum by more than the bound.',
    async run(program, random) {
      const pairs = Array.from({ length: TIMES }, (): [Setting, Setting] => {
        const [gradients, bound] = setting(some(0.2, 5, random), random);
        const more = gradientOf(bound * 10 ** between(0.1, 6, random), gradients[0]!.length, random);
        return [
          [gradients, bound],
          [[...gradients, more], bound],
        ];
      });
      const found = await sumsOf(program, pairs.flat());
      for (const [at, [without, withIt]] of pairs.entries()) {
        const [gradients, bound] = without;
        const moved = apart(found[2 * at]!, found[2 * at + 1]!);
        if (moved <= bound * (1 + ROUNDING * (gradients.length + 1))) continue;
        return {
          words: `One example more moves the sum by more than the bound of ${told(bound)}.`,
          input: `${callOf(NAME, without)}, and one gradient more of length ${told(lengthOf(withIt[0].at(-1)!))}`,
          found: `the sum moves by ${told(moved)}`,
        };
      }
      return null;
    },
  },
];
