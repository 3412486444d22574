/** Middles, and one contender's times over another's, measured in rounds. */

export function median(values: ArrayLike<number>): number {
  const sorted = Array.from(values).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export interface Ratio {
  /** Median over the rounds, each against its neighbour in time. */
  median: number;
  /** Of the fastest rounds: on a machine that does other things too, the steadier figure. */
  fastest: number;
}

/**
 * @param one milliseconds by round
 * @param other the same rounds of what it is compared with
 */
export function ratioOf(one: readonly number[], other: readonly number[]): Ratio {
  if (one.length === 0 || one.length !== other.length)
    throw new RangeError(`${one.length} rounds cannot be set against ${other.length}.`);
  return {
    median: median(one.map((time, round) => time / other[round]!)),
    fastest: Math.min(...one) / Math.min(...other),
  };
}
