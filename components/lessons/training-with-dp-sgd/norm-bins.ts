/**
 * The bins of the gradient-length histogram: five to a decade, from 10⁻⁶ to 10. Logarithmic, because the gradients of
 * digits that are learnt shrink by orders of magnitude while those of the hard ones do not. Without tensors, so that
 * pages may import it.
 */

const FIRST_DECADE = -6;
const DECADES = 7;
const PER_DECADE = 5;

/** Edges, ascending. Shorter gradients count into the first bin, longer ones into the last. */
export const NORM_EDGES: readonly number[] = Array.from({ length: DECADES * PER_DECADE + 1 }, (_, i) =>
  Number((10 ** (FIRST_DECADE + i / PER_DECADE)).toPrecision(6)),
);

/** How many of the lengths lie in each bin. */
export function countNorms(norms: ArrayLike<number>): number[] {
  const counts = new Array<number>(NORM_EDGES.length - 1).fill(0);
  for (let i = 0; i < norms.length; i++) {
    const at = norms[i]! > 0 ? (Math.log10(norms[i]!) - FIRST_DECADE) * PER_DECADE : 0;
    counts[Math.min(counts.length - 1, Math.max(0, Math.floor(at)))]!++;
  }
  return counts;
}
