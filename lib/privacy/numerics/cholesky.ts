/**
 * Solves A x = b for a symmetric positive definite A by its Cholesky factor: A = L Lᵀ (Golub and Van Loan, section 4.2). A is
 * given row by row, size × size, of which only the lower half is read; it is left as it is.
 *
 * @throws RangeError if A is not positive definite
 */
export function solvePositiveDefinite(
  a: Float64Array,
  b: ArrayLike<number>,
  size = b.length,
): Float64Array<ArrayBuffer> {
  const factor = Float64Array.from(a);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = factor[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * size + k]! * factor[j * size + k]!;
      if (i !== j) factor[i * size + j] = sum / factor[j * size + j]!;
      else if (sum > 0) factor[i * size + i] = Math.sqrt(sum);
      else throw new RangeError(`The matrix is not positive definite: pivot ${i} is ${sum}.`);
    }
  const x = Float64Array.from({ length: size }, (_, i) => b[i]!);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= factor[i * size + k]! * x[k]!;
    x[i]! /= factor[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= factor[k * size + i]! * x[k]!;
    x[i]! /= factor[i * size + i]!;
  }
  return x;
}
