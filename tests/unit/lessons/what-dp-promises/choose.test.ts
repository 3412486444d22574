/** The cell about choosing privately. Seeds are fixed. */
import { expect, test } from 'vitest';
import { votesOf, winnerOf } from '@/components/lessons/what-dp-promises/choosing/votes';
import { choose } from '@/components/lessons/what-dp-promises/experiments/choose';
import { run } from '@/tests/harness/experiment';

const DEFAULTS = { by: 'exponential', epsilon: 1, lead: 0, yours: 1, draws: 4000, seed: 1 } as const;
const MECHANISMS = ['exponential', 'noisy-laplace', 'noisy-exponential'] as const;

test('a close vote is decided by one voter, and of equals the first wins', () => {
  expect(votesOf(0, 1)).toEqual({ without: [20, 20, 17, 12, 6], with: [20, 21, 17, 12, 6] });
  expect(winnerOf(votesOf(0, 1).without)).toBe(0);
  expect(winnerOf(votesOf(0, 1).with)).toBe(1);
  expect(winnerOf(votesOf(2, 1).with)).toBe(0);
});

test.each(MECHANISMS)(
  '%s: whoever votes, no name is more than e^ε times as likely in one world',
  async (by) => {
    let largest = 0;
    for (const epsilon of [0.2, 1, 4])
      for (const yours of [0, 1, 4]) {
        const { ratio, probability } = await run(choose, { ...DEFAULTS, by, epsilon, yours, draws: 1 });
        expect(ratio).toBeLessThanOrEqual(Math.exp(epsilon) * (1 + 1e-9));
        largest = Math.max(largest, Math.log(ratio) / epsilon);
        for (const world of [probability.without, probability.with])
          expect(world.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 8);
      }
    // With twice the noise that votes need, half would be the most.
    expect(largest).toBeGreaterThan(0.8);
  },
);

test('the exponential mechanism names by the formula', async () => {
  const { probability, best } = await run(choose, DEFAULTS);
  const weights = (scores: readonly number[]) => {
    const all = scores.reduce((sum, score) => sum + Math.exp(score), 0);
    return scores.map((score) => Math.exp(score) / all);
  };
  const { without, with: present } = votesOf(0, 1);
  for (const [i, p] of weights(without).entries()) expect(probability.without[i]).toBeCloseTo(p, 12);
  for (const [i, p] of weights(present).entries()) expect(probability.with[i]).toBeCloseTo(p, 12);
  // Only Ben becomes likelier: the advantage is by how much.
  expect(best).toBeCloseTo(0.5 + (probability.with[1]! - probability.without[1]!) / 2, 12);
});

test.each(MECHANISMS)('%s: draws pile up to their probabilities', async (by) => {
  const { named, probability, piles } = await run(choose, { ...DEFAULTS, by });
  for (const world of ['without', 'with'] as const) {
    expect(named[world].reduce((sum, times) => sum + times, 0)).toBe(4000);
    // Ten shares in each mechanism: four standard deviations, once in a thousand seeds.
    for (const [i, times] of named[world].entries()) {
      const p = probability[world][i]!;
      expect(Math.abs(times / 4000 - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 4000) + 1e-3);
    }
    expect(piles[world].map((pile) => pile.reduce((sum, times) => sum + times, 0))).toEqual(
      Array.from({ length: 40 }, (_, part) => 100 * (part + 1)),
    );
  }
  const few = await run(choose, { ...DEFAULTS, by, draws: 3 });
  expect(few.piles.with).toHaveLength(40);
  expect(few.piles.with.at(-1)).toEqual(few.named.with);
});

test('exponential noise names the winner at least as often as the exponential mechanism', async () => {
  for (const epsilon of [0.3, 1, 3]) {
    const [a, b] = [
      await run(choose, { ...DEFAULTS, epsilon, by: 'exponential' }),
      await run(choose, { ...DEFAULTS, epsilon, by: 'noisy-exponential' }),
    ];
    expect(b.probability.with[1]!).toBeGreaterThanOrEqual(a.probability.with[1]! - 1e-9);
  }
});
