/**
 * How alike two grey pictures look: structural similarity (Wang, Bovik, Sheikh and Simoncelli 2004), mean over all 7 × 7 windows
 * with equal weights. 1 for the same picture, about 0 for unrelated ones; values are grey from 0 to 1.
 */
const WINDOW = 7;
const C1 = 0.01 ** 2;
const C2 = 0.03 ** 2;

/** @param side both pictures are side × side, row by row, at least 7 */
export function structuralSimilarity(a: ArrayLike<number>, b: ArrayLike<number>, side: number): number {
  const count = WINDOW * WINDOW;
  const last = side - WINDOW;
  let total = 0;
  for (let top = 0; top <= last; top++)
    for (let left = 0; left <= last; left++) {
      let [sumA, sumB, squareA, squareB, product] = [0, 0, 0, 0, 0];
      for (let y = top; y < top + WINDOW; y++)
        for (let x = left; x < left + WINDOW; x++) {
          const p = a[y * side + x]!;
          const q = b[y * side + x]!;
          sumA += p;
          sumB += q;
          squareA += p * p;
          squareB += q * q;
          product += p * q;
        }
      const meanA = sumA / count;
      const meanB = sumB / count;
      // Sample variances, as the paper has them.
      const varA = Math.max(0, (squareA - count * meanA * meanA) / (count - 1));
      const varB = Math.max(0, (squareB - count * meanB * meanB) / (count - 1));
      const covariance = (product - count * meanA * meanB) / (count - 1);
      total +=
        ((2 * meanA * meanB + C1) * (2 * covariance + C2)) /
        ((meanA * meanA + meanB * meanB + C1) * (varA + varB + C2));
    }
  return total / (last + 1) ** 2;
}
