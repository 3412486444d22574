/** What must hold of a loss check, wherever it ran. */
import { expect } from 'vitest';
import type { LossCheck } from './loss-check';

/** Distance of the two ways of clipping, against the length of the sum. */
const apart = (a: readonly number[], b: readonly number[]) =>
  Math.hypot(...a.map((value, i) => value - b[i]!)) / Math.hypot(...b);

export function expectLoss({ together, loop, norms, clip, leaked }: LossCheck): void {
  expect(apart(together, loop)).toBeLessThan(1e-5);
  expect(norms.loop).toHaveLength(3);
  for (const [i, norm] of norms.loop.entries())
    expect(Math.abs(norms.together[i]! - norm) / norm).toBeLessThan(1e-5);
  // Else clipping was not looked at.
  expect(norms.loop.some((norm) => norm > clip)).toBe(true);
  expect(leaked).toBe(0);
}
