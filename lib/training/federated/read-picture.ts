/**
 * Reading a client’s example off its update. In a layer with a bias, the gradient of one example is (p − y) ⊗ (x, 1): each unit’s row
 * is the example times some number, and that number stands in the bias entry. Dividing gives the example, exactly, whatever the number
 * was (noted by Phong et al. 2018). Clipping scales the row and its bias alike, so it hides nothing.
 */

/**
 * @param update classes × (width + 1), the bias last
 * @returns `width` numbers: the row with the largest bias entry, divided by it; zeros for an update of nothing
 */
export function readExample(update: ArrayLike<number>, width: number, classes: number): Float64Array {
  let row = 0;
  const bias = (c: number) => update[c * (width + 1) + width]!;
  for (let c = 1; c < classes; c++) if (Math.abs(bias(c)) > Math.abs(bias(row))) row = c;
  const by = bias(row);
  return Float64Array.from({ length: width }, (_, j) => (by === 0 ? 0 : update[row * (width + 1) + j]! / by));
}

/** As a picture: what lies outside of paper (0) and ink (1) is cut off. */
export const toPicture = (example: ArrayLike<number>): Float64Array =>
  Float64Array.from(example, (value) => Math.min(1, Math.max(0, value)));
