/** What tests of our own kernels compare, and over which rows. */
import { expect } from 'vitest';

/** Worst difference, relative to the largest entry expected, unless that is next to nothing. */
export function worst(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  let size = 0;
  let error = 0;
  for (let i = 0; i < expected.length; i++) {
    size = Math.max(size, Math.abs(expected[i]!));
    error = Math.max(error, Number.isNaN(actual[i]!) ? Infinity : Math.abs(actual[i]! - expected[i]!));
  }
  return size < 1e-20 ? error : error / size;
}

/** Rows of a lot: all over the data, none twice where there are enough. */
export const range = (count: number, size: number): number[] =>
  Array.from({ length: count }, (_, i) => (7 * i + 3) % size);
