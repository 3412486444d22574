/** Trials of noise that several graders share: silent where draws are fresh and of their law, and in words where they are not. */
import { describe, expect, test } from 'vitest';
import { aNumber } from '@/lib/exercises/answers';
import { keptNoise, offTails, repeatedNoise, type SizeLaw, sameNoiseAgain } from '@/lib/exercises/draws';
import type { Program } from '@/lib/exercises/program';
import { brokenDigits } from '@/lib/exercises/statistics';
import { SeededRandom } from '@/lib/random';

const draws = (count: number, draw: (random: SeededRandom) => number, seed = 1) => {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, () => draw(random));
};
const laplace = (random: SeededRandom) => random.laplace(1);

describe('noise that is kept', () => {
  test('is seen at any distance, as it is and with its sign turned', () => {
    const fresh = draws(6000, laplace);
    expect(keptNoise(fresh)).toBeNull();
    for (const [distance, sign] of [
      [1, 1],
      [1, -1],
      [7, 1],
      [1500, -1],
    ] as const) {
      const kept = [...fresh];
      for (let i = distance; i < kept.length; i++) kept[i] = sign * kept[i - distance]!;
      expect(keptNoise(kept)?.found, `${distance}, ${sign}`).toContain('pairs of calls');
    }
  });

  test('is seen where it comes from a store, and not where draws have 32 bits', () => {
    expect(repeatedNoise(draws(10_000, (random) => random.uint32()))).toBeNull();
    const store = draws(50_000, laplace);
    expect(repeatedNoise(draws(10_000, (random) => store[random.integer(store.length)]!, 2))).not.toBeNull();
  });
});

describe('two runs of a program', () => {
  /** @param of the start of each run */
  const programOf = (seedOf: () => number): Program => ({
    call: async () => [],
    again: async () => {
      const random = new SeededRandom(seedOf());
      return {
        again: () => Promise.reject(new Error('asked again')),
        call: async (_, inputs, order = [...inputs.keys()]) => order.map(() => laplace(random)),
      };
    },
  });

  test('are told from one another, unless both have the same seed', async () => {
    let starts = 0;
    const verdict = (program: Program) =>
      sameNoiseAgain(program, 'f', aNumber, [[1], [2]], new SeededRandom(1));
    expect(await verdict(programOf(() => ++starts))).toBeNull();
    expect(await verdict(programOf(() => 7))).toMatchObject({
      found: 'the same answer twice in 200 of 200 calls',
    });
  });
});

describe('tails', () => {
  const law: SizeLaw = { beyond: (x) => Math.exp(-x), within: (x) => -Math.expm1(-x), far: [3, 6] };
  const noise = draws(20_000, laplace);

  test('of Laplace are those of Laplace', () => expect(offTails(noise, law)).toBeNull());
  test('that are cut off, or too heavy, are seen', () => {
    expect(
      offTails(
        noise.map((x) => Math.max(-5.9, Math.min(5.9, x))),
        law,
      )?.words,
    ).toContain('too seldom');
    expect(
      offTails(
        noise.map((x) => (Math.abs(x) > 2.7 ? 1.3 * x : x)),
        law,
      )?.words,
    ).toContain('too often');
  });
  test('have next to no noise where one answer of a thousand has none', () => {
    expect(
      offTails(
        noise.map((x, i) => (i % 1000 ? x : 1e-10)),
        law,
      )?.words,
    ).toContain('exact value');
  });
});

test('what is written below rounded noise is read, and rounding alone is no secret', () => {
  const answers = (value: number, seed: number, secret: number) =>
    draws(3000, (random) => Math.round((value + laplace(random)) * 1e4) / 1e4 + secret, seed);
  expect(brokenDigits(answers(0, 1, 0), answers(1, 2, 0), 1)).toBeNull();
  expect(brokenDigits(answers(0, 1, 2e-7), answers(1, 2, 8e-7), 1)).not.toBeNull();
});
