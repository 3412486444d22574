/** The cells that rebuild a block of a census, and bits from sums. Seeds are fixed. */
import { expect, test } from 'vitest';
import { censusBlock, certainPeople, drawBlock } from '@/components/lessons/attacks/experiments/census-block';
import { subsetSumsAttack } from '@/components/lessons/attacks/experiments/subset-sums';
import { subsetSumsParameters } from '@/components/lessons/attacks/subset-sums/parameters';
import { createNotebook } from '@/lib/notebook/store';
import { SeededRandom } from '@/lib/random';
import { run } from '@/tests/harness/experiment';

const DEFAULTS = { tables: 'pairs', hideSmall: true, epsilon: 1, seed: 1 } as const;

test('the block that opens is found whole in exact tables, and hardly anybody of it behind noise', async () => {
  const { people, exact, noisy, guessed } = await run(censusBlock, DEFAULTS);
  expect(people).toEqual(drawBlock(new SeededRandom(1, 91)));
  expect(exact).toMatchObject({ blocks: 1, complete: true, certain: 7 });
  expect(exact.first).toEqual(people);
  expect(noisy.standsFor.filter((person) => person >= 0)).toHaveLength(noisy.found);
  expect(noisy.meanFound).toBeLessThan(1);
  expect(guessed).toBeGreaterThan(0);
  expect(guessed).toBeLessThan(1);
});

test('at a large ε the people are found behind the noise too', async () => {
  const { exact, noisy } = await run(censusBlock, { ...DEFAULTS, epsilon: 1000 });
  expect(exact.blocks).toBe(1);
  expect(noisy.meanFound).toBeGreaterThan(4);
});

test('Stop ends either of them', async () => {
  const stop = new AbortController();
  stop.abort(new Error('stopped'));
  await expect(run(censusBlock, { ...DEFAULTS, seed: 6 }, stop.signal)).rejects.toThrow('stopped');
  const asked = { questions: 100, deviation: 1, seed: 1 };
  await expect(run(subsetSumsAttack, asked, stop.signal)).rejects.toThrow('stopped');
});

test('those are certain who are in every block, as often as in each', () => {
  const a = { age: 3, cell: 1 };
  const b = { age: 3, cell: 2 };
  expect(certainPeople([[a, a, b]])).toBe(3);
  expect(
    certainPeople([
      [a, a, b],
      [a, b, b],
    ]),
  ).toBe(2);
  expect(certainPeople([[a], [b]])).toBe(0);
});

test('bits come out at little noise and not at ε = 0.5; ε and its bound belong to the noise', async () => {
  const weak = await run(subsetSumsAttack, { questions: 1600, deviation: 3.5, seed: 1 });
  expect(weak.right).toBeGreaterThanOrEqual(0.95);
  expect(weak.epsilon).toBeCloseTo((1600 * Math.SQRT2) / 3.5, 9);
  const strong = await run(subsetSumsAttack, {
    ...{ questions: 1600, deviation: (1600 * Math.SQRT2) / 0.5, seed: 1 },
  });
  expect(strong.right).toBeLessThanOrEqual(0.6);
  expect(strong.bound).toBeCloseTo(Math.exp(0.5) / (1 + Math.exp(0.5)), 12);
  // Fresh noise at every point, four times 200 bits: from all to about half.
  expect(strong.sweep[0]!.right).toBeGreaterThan(0.99);
  expect(strong.sweep.at(-1)!.right).toBeLessThan(0.57);
});

test('noise and ε are two ends of one thing, at the ends of the sliders too', () => {
  const notebook = createNotebook();
  notebook.register(subsetSumsParameters);
  const values = () => notebook.valuesOf(subsetSumsParameters);
  notebook.set(subsetSumsParameters, 'bitEpsilon', 0.5);
  expect(values().bitNoise).toBeCloseTo((1600 * Math.SQRT2) / 0.5, 0);
  notebook.set(subsetSumsParameters, 'questions', 100);
  expect(values().bitEpsilon).toBeCloseTo(0.5 / 16, 4);
  notebook.set(subsetSumsParameters, 'bitEpsilon', 0);
  expect(values().bitEpsilon).toBeGreaterThan(0);
  expect(values().bitEpsilon).toBeGreaterThanOrEqual((100 * Math.SQRT2) / values().bitNoise);
});
