/**
 * Grades `clipAndSum(gradients, bound)`: each example's gradient is shortened to a length (L2) of at most the bound, then all are added
 * up (Abadi et al. 2016, Algorithm 1).
 */
import type { RandomSource } from '@/lib/random';
import { ask, callOf, numbers } from '../answers';
import { between, told, wholeBetween } from '../draws';
import type { Trial } from '../grade';

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

/** @param lengths of the gradients, over the bound */
function setting(lengths: readonly number[], random: RandomSource): Setting {
  const bound = Math.exp(between(Math.log(0.1), Math.log(10), random));
  const size = wholeBetween(2, 12, random);
  return [lengths.map((length) => gradientOf(length * bound, size, random)), bound];
}

const some = (low: number, high: number, random: RandomSource) =>
  Array.from({ length: wholeBetween(1, 9, random) }, () => between(low, high, random));

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
    for (const one of all) {
      const size = one[0][0]!.length;
      const [found] = await ask(program, NAME, numbers(size), [one]);
      const right = clippedSum(one[0], one[1], size);
      if (apart(found!, right) <= ROUNDING * one[1] * one[0].length) continue;
      return {
        words: wrong,
        input: callOf(NAME, one),
        found: `a sum of length ${told(lengthOf(found!))}, ${told(apart(found!, right))} away from the right one, of length ${told(lengthOf(right))}`,
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
      ...Array.from({ length: 4 }, () => setting(some(0.05, 0.95, random), random)),
      setting([0], random),
      setting([0.5, 0, 0.5], random),
    ],
  ),
  compared(
    'long',
    'A gradient beyond the bound gets the bound as its length, and keeps its direction.',
    'A gradient longer than the bound must be scaled to it as a whole: its length is the root of the sum of squares.',
    (random) => Array.from({ length: 6 }, () => setting([between(1.05, 20, random)], random)),
  ),
  compared(
    'mixed',
    'Each example is clipped by itself, before the sum.',
    'Long and short gradients together come out wrong: each must be clipped by itself, and only then added.',
    (random) =>
      Array.from({ length: 6 }, () => setting([...some(1.2, 30, random), ...some(0.1, 0.9, random)], random)),
  ),
  {
    id: 'neighbours',
    words: 'No example that was tried moves the sum by more than the bound.',
    async run(program, random) {
      for (let i = 0; i < 6; i++) {
        const [gradients, bound] = setting(some(0.2, 5, random), random);
        const size = gradients[0]!.length;
        const more = gradientOf(bound * 10 ** between(0.1, 6, random), size, random);
        const inputs: Setting[] = [
          [gradients, bound],
          [[...gradients, more], bound],
        ];
        const [without, withIt] = await ask(program, NAME, numbers(size), inputs);
        const moved = apart(without!, withIt!);
        if (moved <= bound * (1 + ROUNDING * (gradients.length + 1))) continue;
        return {
          words: `One example more moves the sum by more than the bound of ${told(bound)}.`,
          input: `${callOf(NAME, inputs[0]!)}, and one gradient more of length ${told(lengthOf(more))}`,
          found: `the sum moves by ${told(moved)}`,
        };
      }
      return null;
    },
  },
];
