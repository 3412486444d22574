/**
 * Grades `clippedMean(values, low, high)` and `sensitivity(count, low, high)`: how far the mean can move when one of `count` people
 * changes her value. Neighbours that move it farther than claimed are searched with the program's own mean.
 */
import type { RandomSource } from '@/lib/random';
import { aNumber, ask, callOf } from '../answers';
import { between, told, wholeBetween } from '../draws';
import type { Trial } from '../grade';

/** Room for single precision, over the largest number of a range: whoever rounds to digits that are read is far off. */
const ROUNDING = 1e-5;
const BATCHES = 150;
const CLAIMS = 200;

interface Case {
  values: number[];
  low: number;
  high: number;
}

/** Ranges below, above and around zero, and such that end there; narrow and wide. */
function range(at: number, random: RandomSource): { low: number; high: number } {
  const width = at % 7 === 6 ? 10 ** between(-2, 6, random) : between(0.5, 30, random);
  const low = [
    -width - between(1, 10, random),
    between(1, 20, random),
    -width * between(0.2, 0.8, random),
    0,
    -width,
  ][at % 5]!;
  return { low, high: low + width };
}

const sizeOf = ({ low, high }: { low: number; high: number }) => Math.max(Math.abs(low), Math.abs(high));

function cases(random: RandomSource): Case[] {
  return Array.from({ length: BATCHES }, (_, at) => {
    const { low, high } = range(at, random);
    // One list is long: whoever looks at a part of it is found out.
    const count = at < 6 ? 1 + (at % 3) : at === 6 ? 3000 : wholeBetween(1, 25, random);
    const reach = at % 4 === 0 ? 100 : 1.5;
    const centre = (low + high) / 2;
    const values = Array.from(
      { length: count },
      () => centre + reach * (high - low) * (random.uniform() - 0.5) * 1.2,
    );
    return { values, low, high };
  });
}

const clip = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
const meanOf = ({ values, low, high }: Case) =>
  values.reduce((sum, value) => sum + clip(value, low, high), 0) / values.length;

/** One person at one end and beyond it, the others anywhere: the worst that a neighbour can do stands among them. */
function neighbours({ values, low, high }: Case, random: RandomSource): number[][] {
  const who = random.integer(values.length);
  const far = 1e6 * (1 + random.uniform());
  const at = [low, high, low - far, high + far, (low + high) / 2];
  return at.map((value) => values.map((old, i) => (i === who ? value : old)));
}

export const clippedMean = (): Trial[] => [
  {
    id: 'mean',
    words: 'It is the mean of the values, each clipped to the range.',
    async run(program, random) {
      const all = cases(random);
      const args = all.map(({ values, low, high }) => [values, low, high]);
      const found = await ask(program, 'clippedMean', aNumber, args);
      for (const [at, one] of all.entries()) {
        const right = meanOf(one);
        if (Math.abs(found[at]! - right) <= ROUNDING * sizeOf(one)) continue;
        const raw = one.values.reduce((sum, value) => sum + value, 0) / one.values.length;
        return {
          words:
            Math.abs(found[at]! - clip(raw, one.low, one.high)) < ROUNDING * sizeOf(one)
              ? 'The mean is clipped, not the values: one value far away still moves it over the whole range.'
              : 'It is not the mean of the clipped values.',
          input: callOf('clippedMean', args[at]!),
          found: `${told(found[at]!)}, where ${told(right)} is right`,
        };
      }
      return null;
    },
  },
  {
    id: 'neighbours',
    words: 'No neighbours were found that move the mean farther than the sensitivity says.',
    async run(program, random) {
      const all = cases(random);
      const claims = await ask(
        program,
        'sensitivity',
        aNumber,
        all.map(({ values, low, high }) => [values.length, low, high]),
      );
      const tried = all.map((one) => neighbours(one, random));
      const means = await ask(
        program,
        'clippedMean',
        aNumber,
        all.flatMap(({ low, high }, at) => tried[at]!.map((values) => [values, low, high])),
      );
      let next = 0;
      for (const [at, { values, low, high }] of all.entries()) {
        const here = means.slice(next, next + tried[at]!.length);
        next += tried[at]!.length;
        const [least, most] = [Math.min(...here), Math.max(...here)];
        if (most - least <= claims[at]! + ROUNDING * sizeOf({ low, high })) continue;
        const [one, other] = [tried[at]![here.indexOf(least)]!, tried[at]![here.indexOf(most)]!];
        return {
          words: `Two neighbours move the mean farther than \`${callOf('sensitivity', [values.length, low, high])}\` says.`,
          input: `${callOf('clippedMean', [one, low, high])} and ${callOf('clippedMean', [other, low, high])}`,
          found: `the means differ by ${told(most - least)}; the sensitivity is said to be ${told(claims[at]!)}`,
        };
      }
      return null;
    },
  },
  {
    id: 'tight',
    words: 'The sensitivity is no larger than it must be.',
    async run(program, random) {
      const all = Array.from({ length: CLAIMS }, (_, at) => ({
        count: at < 4 ? at + 1 : wholeBetween(1, 500, random),
        ...range(at, random),
      }));
      const args = all.map(({ count, low, high }) => [count, low, high]);
      const claims = await ask(program, 'sensitivity', aNumber, args);
      for (const [at, { count, low, high }] of all.entries()) {
        const right = (high - low) / count;
        if (Math.abs(claims[at]! - right) * count <= ROUNDING * sizeOf({ low, high })) continue;
        return {
          words:
            claims[at]! > right
              ? 'The sensitivity is larger than the mean can move: noise is added for nothing.'
              : 'The sensitivity is smaller than one person can move the mean: there would be too little noise.',
          input: callOf('sensitivity', args[at]!),
          found: `${told(claims[at]!)}, where ${told(right)} is right`,
        };
      }
      return null;
    },
  },
];
