/** The cell about the best of many tries. Seeds are fixed. */
import { expect, test } from 'vitest';
import { bestOfTries } from '@/components/lessons/a-budget-across-runs/experiments/best-of-tries';
import { run } from '@/tests/harness/experiment';

const DEFAULTS = { tries: 20, epsilon: 1, settings: 10, stopping: 'geometric', seed: 1 } as const;

test('a random number of tries costs three, a fixed one all of them, and less is reached than is proved', async () => {
  const geometric = await run(bestOfTries, DEFAULTS);
  const fixed = await run(bestOfTries, { ...DEFAULTS, stopping: 'fixed' });
  expect([geometric.atMost, fixed.atMost]).toEqual([3, 20]);
  expect(geometric.reached).toBeGreaterThan(2);
  expect(geometric.reached).toBeLessThan(3);
  expect(fixed.reached).toBeCloseTo(20, 8);
  const last = geometric.points.at(-1)!;
  expect([last.tries, last.cost.fixed, last.cost.geometric, last.cost.logarithmic]).toEqual([200, 200, 3, 2]);
  expect(geometric.points[0]!.cost).toEqual({ fixed: 1, geometric: 1, logarithmic: 1 });
});

test.each(['geometric', 'logarithmic', 'fixed'] as const)(
  '%s: searches drawn agree with the law',
  async (stopping) => {
    const { searches, found } = await run(bestOfTries, { ...DEFAULTS, stopping });
    // Five standard errors: a share of a thousand searches.
    expect(Math.abs(searches.found / searches.drawn - found)).toBeLessThan(
      5 * Math.sqrt((found * (1 - found)) / searches.drawn),
    );
    expect(searches.tries).toBeGreaterThan(15);
    expect(searches.tries).toBeLessThan(25);
  },
);

test('one try is one run', async () => {
  const { atMost, reached, found } = await run(bestOfTries, { ...DEFAULTS, tries: 1 });
  expect([atMost, reached]).toEqual([1, 1]);
  expect(found).toBeCloseTo(0.1, 12);
});
