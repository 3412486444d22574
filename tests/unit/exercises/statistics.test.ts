/** The tests that graders are made of: right where they should be silent, and not silent where something is wrong. */
import { expect, test } from 'vitest';
import { brokenRatio, offRate, offShape, offSpread } from '@/lib/exercises/statistics';
import { SeededRandom } from '@/lib/random';

const draws = (count: number, draw: (random: SeededRandom) => number, seed = 1) => {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, () => draw(random));
};
const uniformCdf = (x: number) => Math.min(1, Math.max(0, x));

test('a share is off only beyond what chance explains', () => {
  // 5,000 of 10,000 at one half; the exact limit at 1e-9 lies 6.1 standard deviations away.
  expect(offRate(5000, 10_000, 0.5)).toBe(false);
  expect(offRate(5290, 10_000, 0.5)).toBe(false);
  expect(offRate(5320, 10_000, 0.5)).toBe(true);
  expect(offRate(4680, 10_000, 0.5)).toBe(true);
  expect(offRate(1, 10, 0)).toBe(true);
  expect(offRate(9, 10, 1)).toBe(true);
});

test('a shape is off where the distribution is another, and where values repeat', () => {
  const even = draws(10_000, (random) => random.uniform());
  expect(offShape(even, uniformCdf)).toBeNull();
  // The largest gap of x and x^1.13 is 0.045; of 10,000 draws the test allows 0.033.
  expect(offShape(even, (x) => uniformCdf(x) ** 1.13)).not.toBeNull();
  expect(
    offShape(
      even.map((x) => Math.round(x * 5) / 5),
      uniformCdf,
    ),
  ).not.toBeNull();
});

test('a spread is off by some per cent of so many draws', () => {
  expect(offSpread(1, 20_000)).toBe(false);
  expect(offSpread(1.03, 20_000)).toBe(false);
  expect(offSpread(1.06, 20_000)).toBe(true);
  expect(offSpread(0.94, 20_000)).toBe(true);
  expect(offSpread(0, 20_000)).toBe(true);
});

test('a ratio is broken where ε is too small for the noise, and not where it is just right', () => {
  const here = draws(8000, (random) => random.laplace(1), 1);
  const there = draws(8000, (random) => 1 + random.laplace(1), 2);
  expect(brokenRatio(here, there, 1)).toBeNull();
  expect(brokenRatio(here, there, 0.6)).toMatchObject({ atLeast: expect.any(Number) });
  expect(brokenRatio(here, there, 0.6)!.atLeast).toBeGreaterThan(0.6);
  // δ pays for the difference.
  expect(brokenRatio(here, there, 0.6, 0.3)).toBeNull();
});

test('a ratio is broken by noise on a grid that only one of two values lies on', () => {
  const grid = (value: number, seed: number) =>
    draws(8000, (random) => value + Math.round(100 * random.laplace(1)) / 100, seed);
  expect(brokenRatio(grid(0, 3), grid(0.505, 4), 1)).toMatchObject({
    event: 'an answer that is exactly one of a few values',
  });
});

test('a ratio that is broken one way round alone is found, whichever input comes first', () => {
  // Yes is ten times as frequent, no less than twice.
  const often = draws(8000, (random) => Number(random.bernoulli(0.5)), 5);
  const seldom = draws(8000, (random) => Number(random.bernoulli(0.05)), 6);
  expect(brokenRatio(often, seldom, 1)).toMatchObject({ first: true });
  expect(brokenRatio(seldom, often, 1)).toMatchObject({ first: false });
});
