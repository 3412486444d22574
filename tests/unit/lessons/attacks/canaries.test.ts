/** Memorised canaries. Seeds are fixed: the verdicts are the same on every run. */
import { expect, test } from 'vitest';
import { measureCanaries } from '@/components/lessons/attacks/experiments/canaries';
import { SeededRandom } from '@/lib/random';
import { lessonDigits } from './digits';

test('the plain model remembers its canaries, the private one does not', async () => {
  const { dataset } = await lessonDigits();
  const found = await measureCanaries({
    ...{ digits: dataset, epsilon: 1, members: 200, canaries: 10 },
    noise: new SeededRandom(1, 1),
    chance: new SeededRandom(1, 2),
    breathe: async () => {},
  });
  expect(found.plain.exposure).toBeGreaterThan(5);
  expect(Math.max(...found.plain.losses)).toBeLessThan(found.plain.medianLeftOut / 10);
  // By chance 1.44, the mean of ten with a deviation of 0.45.
  expect(found.private.exposure).toBeLessThan(3);
}, 60_000);
