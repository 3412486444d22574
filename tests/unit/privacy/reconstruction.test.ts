/** Data computed back from published tables and answers. Seeds are fixed: the verdicts are the same on every run. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solvePositiveDefinite } from '@/lib/privacy/numerics/cholesky';
import {
  type BlockPerson,
  byAge,
  CELLS,
  FAMILIES,
  foundPeople,
  matchPeople,
  OLDEST,
  publishTables,
} from '@/lib/privacy/reconstruction/block';
import { BlockLikelihood, fitBlock, publishPrivately } from '@/lib/privacy/reconstruction/block-noise';
import { type SolvedBlocks, solveBlock } from '@/lib/privacy/reconstruction/block-solver';
import {
  decodeBits,
  randomSubsets,
  subsetSums,
  subsetSumsDeviation,
  subsetSumsEpsilon,
} from '@/lib/privacy/reconstruction/subset-sums';
import { SeededRandom } from '@/lib/random';

function finish<Result>(work: Generator<unknown, Result>): Result {
  for (;;) {
    const now = work.next();
    if (now.done) return now.value;
  }
}

const solve = (...asked: Parameters<typeof solveBlock>): SolvedBlocks => finish(solveBlock(...asked));

/** As text, whatever the order of its people. */
const keyOf = (block: readonly BlockPerson[]) =>
  block
    .map(({ age, cell }) => 1000 * cell + age)
    .sort(byAge)
    .join();

const randomBlock = (size: number, random: SeededRandom, oldest: number): BlockPerson[] =>
  Array.from({ length: size }, () => ({ age: random.integer(oldest + 1), cell: random.integer(CELLS) }));

describe('a system of equations by Cholesky', () => {
  test('is solved: what it gives, put back, is what was asked', () => {
    const random = new SeededRandom(1);
    for (const size of [1, 2, 7, 40]) {
      const root = Float64Array.from({ length: size * size }, () => random.gaussian());
      const matrix = new Float64Array(size * size);
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++) {
          matrix[i * size + j] = i === j ? 0.1 : 0;
          for (let k = 0; k < size; k++) matrix[i * size + j]! += root[i * size + k]! * root[j * size + k]!;
        }
      const right = Float64Array.from({ length: size }, () => random.gaussian());
      const x = solvePositiveDefinite(matrix, right);
      for (let i = 0; i < size; i++) {
        let sum = 0;
        for (let j = 0; j < size; j++) sum += matrix[i * size + j]! * x[j]!;
        expect(sum).toBeCloseTo(right[i]!, 8);
      }
    }
    expect(() => solvePositiveDefinite(Float64Array.of(1, 2, 2, 1), [1, 1])).toThrow(RangeError);
  });
});

describe('exact tables of a block', () => {
  test('say counts, medians and printed means, and hold small tables back', () => {
    const block = [
      { age: 10, cell: 0 },
      { age: 21, cell: 1 },
      { age: 30, cell: 0 },
      { age: 40, cell: 2 },
    ];
    const [all, male, female] = publishTables(block, FAMILIES.single, true);
    expect(all!.statistics).toEqual({ count: 4, median: 25.5, mean: 25.3 });
    expect(male!.statistics).toEqual({ count: 3, median: 30, mean: 26.7 });
    expect(female!.statistics).toBeNull();
    const shown = publishTables(block, FAMILIES.single, false);
    expect(shown[2]!.statistics).toEqual({ count: 1, median: 21, mean: 21 });
    expect(shown.at(-1)!.statistics).toEqual({ count: 0, median: Number.NaN, mean: Number.NaN });
  });

  /** All blocks of as many people with the same table about everybody, tried one by one. */
  function byTryingAll(block: readonly BlockPerson[], families: 'single' | 'pairs', hide: boolean) {
    const wanted = JSON.stringify(publishTables(block, FAMILIES[families], hide));
    const everybody = JSON.stringify(publishTables(block, [[]], hide));
    const ages: number[] = [];
    const lists: number[][] = [];
    const total = block.reduce((sum, { age }) => sum + age, 0);
    const list = (left: number): void => {
      if (ages.length === block.length) {
        const one = ages.map((age) => ({ age, cell: 0 }));
        if (JSON.stringify(publishTables(one, [[]], hide)) === everybody) lists.push([...ages]);
        return;
      }
      // A mean to one decimal leaves the sum of so few no choice.
      for (let age = ages.at(-1) ?? 0; age <= Math.min(OLDEST, left); age++) {
        ages.push(age);
        list(left - age);
        ages.pop();
      }
    };
    list(total);
    const found = new Set<string>();
    for (const one of lists)
      for (let code = 0; code < CELLS ** block.length; code++) {
        const people = one.map((age, i) => ({ age, cell: Math.floor(code / CELLS ** i) % CELLS }));
        if (JSON.stringify(publishTables(people, FAMILIES[families], hide)) === wanted)
          found.add(keyOf(people));
      }
    return found;
  }

  test.each([
    ['single', true],
    ['single', false],
    ['pairs', true],
    ['pairs', false],
  ] as const)('are solved as by trying every block: %s, small ones held back: %s', (families, hide) => {
    const random = new SeededRandom(3);
    for (const [size, oldest] of [
      [3, 5],
      [3, 5],
      [4, 1],
    ] as const) {
      const block = randomBlock(size, random, oldest);
      const { blocks, complete } = solve(publishTables(block, FAMILIES[families], hide), 1e6);
      const found = blocks.map(keyOf);
      expect(complete).toBe(true);
      expect(new Set(found).size).toBe(found.length);
      expect(new Set(found)).toEqual(byTryingAll(block, families, hide));
    }
  });

  test('of seven people: all that is found fits, the truth is among it, and more tables leave less', () => {
    for (const seed of [4, 8, 11]) {
      const random = new SeededRandom(seed);
      const block = randomBlock(7, random, 95);
      const counts = (['single', 'pairs'] as const).map((families) => {
        const tables = publishTables(block, FAMILIES[families], true);
        const { blocks, complete } = solve(tables, 5000);
        expect(complete).toBe(true);
        expect(blocks.map(keyOf)).toContain(keyOf(block));
        for (const one of blocks) expect(publishTables(one, FAMILIES[families], true)).toEqual(tables);
        return blocks.length;
      });
      expect(counts[1]).toBeLessThanOrEqual(counts[0]!);
    }
  });

  test('end the search where enough blocks are found', () => {
    const block = randomBlock(3, new SeededRandom(5), 60);
    const { blocks, complete } = solve(publishTables(block, FAMILIES.single, true), 10);
    expect(blocks).toHaveLength(10);
    expect(complete).toBe(false);
  });
});

test('people are found within two years, each guess for one person, as many as there can be', () => {
  const block = [
    { age: 30, cell: 1 },
    { age: 32, cell: 1 },
    { age: 50, cell: 2 },
  ];
  // 31 could be either, 28 only the first.
  const guesses = [
    { age: 31, cell: 1 },
    { age: 28, cell: 1 },
    { age: 50, cell: 3 },
  ];
  expect(matchPeople(block, guesses)).toEqual([1, 0, -1]);
  expect(foundPeople(block, [{ age: 31, cell: 1 }])).toBe(1);
  expect(foundPeople(block, [{ age: 53, cell: 2 }])).toBe(0);
  expect(foundPeople(block, [{ age: 52, cell: 2 }])).toBe(1);
});

describe('tables with noise', () => {
  test('tell of one person no more than ε, whoever they are and whatever comes out; and not much less', () => {
    const person = fc.record({
      age: fc.integer({ min: 0, max: OLDEST }),
      cell: fc.integer({ min: 0, max: 7 }),
    });
    let largest = 0;
    fc.assert(
      fc.property(
        fc.array(person, { maxLength: 8 }),
        person,
        fc.constantFrom('single' as const, 'pairs' as const),
        fc.double({ min: 0.1, max: 30, noNaN: true }),
        fc.integer({ min: 0, max: 9999 }),
        (others, one, families, epsilon, seed) => {
          const noisy = publishPrivately(others, FAMILIES[families], epsilon, new SeededRandom(seed));
          const without = new BlockLikelihood(noisy, others.length).of(others);
          const present = new BlockLikelihood(noisy, others.length + 1).of([...others, one]);
          largest = Math.max(largest, Math.abs(present - without) / epsilon);
          expect(Math.abs(present - without)).toBeLessThanOrEqual(epsilon * (1 + 1e-9));
        },
      ),
      { numRuns: 150, seed: 1 },
    );
    expect(largest).toBeGreaterThan(0.5);
  });

  test('scatter as their scales say, and the median follows the ages', () => {
    const random = new SeededRandom(7);
    const block = randomBlock(7, random, 90);
    const draws = Array.from({ length: 400 }, () => publishPrivately(block, FAMILIES.single, 6, random));
    const { share, countScale, sumScale } = draws[0]!;
    expect(share).toBeCloseTo(0.5, 12);
    expect([countScale, sumScale]).toEqual([2, 198]);
    const sum = block.reduce((total, { age }) => total + age, 0);
    const mean = (of: (draw: (typeof draws)[0]) => number) =>
      draws.reduce((total, draw) => total + of(draw), 0) / draws.length;
    // Of Laplace noise the mean distance is b, with a standard deviation of b over 400 draws / 20: five of them.
    expect(Math.abs(mean(({ tables }) => Math.abs(tables[0]!.sum - sum)) / sumScale - 1)).toBeLessThan(0.25);
    // Of discrete Laplace noise with b = 2: 2 e^{−½} / (1 − e^{−1}) = 1.919.
    expect(Math.abs(mean(({ tables }) => Math.abs(tables[0]!.count - 7)) - 1.919)).toBeLessThan(0.5);
  });

  test('of a median the probabilities are those of the exponential mechanism', () => {
    const block = [3, 3, 10].map((age) => ({ age, cell: 0 }));
    const likelihoodOf = (median: number, sure: number) => {
      const table = { family: [], mask: 0, value: 0, count: 3, sum: 16, median };
      return new BlockLikelihood({ tables: [table], share: sure, countScale: 1, sumScale: 1 }, 3).of(block);
    };
    // Scores: −3 below 3, −1 at 3, −1 from 4 to 9, −2 at 10 (two younger, none older), −3 above.
    const e = (score: number) => Math.exp((0.8 / 2) * score);
    const all = 3 * e(-3) + e(-1) + 6 * e(-1) + e(-2) + 89 * e(-3);
    for (const [median, score] of [
      [0, -3],
      [3, -1],
      [7, -1],
      [10, -2],
      [99, -3],
    ] as const)
      expect(likelihoodOf(median, 0.8)).toBeCloseTo(Math.log(e(score) / all), 12);
  });

  test('with hardly any noise most people are found, with much hardly anybody', () => {
    const found = (epsilon: number) => {
      let sum = 0;
      for (let seed = 1; seed <= 12; seed++) {
        const random = new SeededRandom(seed);
        const block = randomBlock(7, random, 95);
        const noisy = publishPrivately(block, FAMILIES.pairs, epsilon, random);
        sum += foundPeople(block, finish(fitBlock(noisy, { size: 7, tries: 6000, starts: 2 }, random)));
      }
      return sum;
    };
    // Of 84. Guessing finds about 3: more than 12 once in some ten thousand sets of seeds.
    expect(found(0.5)).toBeLessThanOrEqual(12);
    expect(found(1000)).toBeGreaterThan(42);
  });
});

describe('secret bits from sums over random sets', () => {
  test('questions ask about half of the people, and are counted rightly', () => {
    const asked = randomSubsets(5, 400, new SeededRandom(2));
    const members = asked.members.reduce((sum, one) => sum + one, 0);
    // 2,000 coins: four standard deviations.
    expect(Math.abs(members / 2000 - 0.5)).toBeLessThan(0.045);
    for (let a = 0; a < 5; a++)
      for (let b = 0; b <= a; b++) {
        let together = 0;
        for (let q = 0; q < 400; q++) together += asked.members[5 * q + a]! * asked.members[5 * q + b]!;
        expect(asked.together[5 * a + b]).toBe(together);
      }
    const bits = Uint8Array.of(1, 0, 1, 1, 0);
    const sums = subsetSums(asked, bits);
    for (let q = 0; q < 400; q++) {
      const [first, , third, fourth] = asked.members.subarray(5 * q);
      expect(sums[q]).toBe(first! + third! + fourth!);
    }
  });

  /** Share of 200 bits that are right. */
  function share(questions: number, deviation: number, seed: number): number {
    const random = new SeededRandom(seed);
    const bits = Uint8Array.from({ length: 200 }, () => random.integer(2));
    const asked = randomSubsets(200, questions, random);
    const answers = subsetSums(asked, bits).map((sum) => sum + random.laplace(deviation / Math.SQRT2));
    return decodeBits(asked, answers, deviation).filter((bit, i) => bit === bits[i]).length / 200;
  }

  test('nearly all come out where answers are off by less than √n / 4, and all where they are exact', () => {
    expect(share(300, 0, 1)).toBe(1);
    // 1,600 answers: a bit is wrong with probability Φ(−√1400 / (4 · 3.5)) = 0.4 %; eleven of 200 once in 10^8 seeds.
    for (let seed = 1; seed <= 4; seed++)
      expect(share(1600, Math.sqrt(200) / 4, seed)).toBeGreaterThanOrEqual(0.95);
  });

  test('hardly more than half come out at ε = 0.5 of all answers together', () => {
    const deviation = subsetSumsDeviation(1600, 0.5);
    expect(subsetSumsEpsilon(1600, deviation)).toBeCloseTo(0.5, 12);
    const shares = [1, 2, 3, 4].map((seed) => share(1600, deviation, seed));
    // 800 coins: 56 % is more than three standard deviations above, once in 3,000 sets of seeds; 60 % of 200 once in 500 seeds.
    expect(shares.reduce((sum, one) => sum + one, 0) / 4).toBeLessThan(0.56);
    for (const one of shares) expect(one).toBeLessThanOrEqual(0.6);
  });

  test('the Laplace noise of one answer costs 1/b, and all of them add up', () => {
    expect(subsetSumsEpsilon(1, Math.SQRT2)).toBeCloseTo(1, 12);
    expect(subsetSumsEpsilon(100, Math.SQRT2)).toBeCloseTo(100, 12);
  });
});
