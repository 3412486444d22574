/**
 * How often things are used: made up, after Zipf's law, by which the r-th most common thing has a share in proportion to
 * 1/r^s. It describes words and much else roughly; nothing here is measured.
 */

/** @returns shares that add up to 1, largest first; those beyond `used` are 0 */
export function zipfShares(size: number, exponent: number, used = size): number[] {
  const weights = Array.from({ length: size }, (_, rank) => (rank < used ? (rank + 1) ** -exponent : 0));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/** How many of n people hold each value: shares rounded so that they add up to n exactly (largest remainders). */
export function peopleByShare(shares: readonly number[], people: number): Float64Array {
  const counts = Float64Array.from(shares, (share) => Math.floor(share * people));
  let left = people - counts.reduce((sum, count) => sum + count, 0);
  const order = shares
    .map((share, i) => ({ i, rest: share * people - counts[i]! }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order) {
    if (left-- <= 0) break;
    counts[i]!++;
  }
  return counts;
}
