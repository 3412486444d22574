/**
 * How far some numbers lie from those they should be: the largest difference over the largest number expected. Infinite where one is no
 * number, and for a wrong count of them: whatever is measured by it is then refused.
 */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let [error, size] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY;
    error = Math.max(error, difference);
    size = Math.max(size, Math.abs(expected[i]!));
  }
  return Number.isNaN(error / size) ? Number.POSITIVE_INFINITY : error / size;
}
