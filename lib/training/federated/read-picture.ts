/**
 * Reading clients’ examples off an update, or off a sum of updates. In a layer with a bias, the gradient of one example is
 * (p − y) ⊗ (x, 1): each unit’s row is the example times some number, and that number stands in the bias entry. Dividing gives the
 * example, exactly, whatever the number was (noted by Phong et al. 2018). Clipping scales the row and its bias alike, so it hides
 * nothing. In a sum, the row of class c holds Σᵢ (pᵢ − [yᵢ = c]) xᵢ: who has the label c weighs far more in it than all others, so a
 * row whose label only one client has shows that client’s example, and the rest shows a blend.
 */

export interface RowRead {
  /** What the row was divided by. */
  bias: number;
  /** `width` numbers; zeros for a row of nothing. */
  example: Float64Array;
}

/**
 * @param update classes × (width + 1), the bias last
 * @returns what each class’s row gives
 */
export function readRows(update: ArrayLike<number>, width: number, classes: number): RowRead[] {
  return Array.from({ length: classes }, (_, row) => {
    const at = row * (width + 1);
    const bias = update[at + width]!;
    return {
      bias,
      example: Float64Array.from({ length: width }, (_, j) => (bias === 0 ? 0 : update[at + j]! / bias)),
    };
  });
}

/** As a picture: what lies outside of paper (0) and ink (1) is cut off. */
export const toPicture = (example: ArrayLike<number>): Float32Array =>
  Float32Array.from(example, (value) => Math.min(1, Math.max(0, value)));
