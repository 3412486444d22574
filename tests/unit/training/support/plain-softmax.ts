/** Softmax regression by the plainest loops there are, to hold `lib/training/federated/softmax.ts` to. */
import type { Examples } from '@/lib/training/federated/softmax';

/** Probabilities of the classes for the example in row `row`, written to `out`. */
export function probabilities(
  weights: ArrayLike<number>,
  { inputs, width, classes }: Examples,
  row: number,
  out: Float64Array,
): void {
  const from = row * width;
  let most = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < classes; c++) {
    const at = c * (width + 1);
    let sum = weights[at + width]!;
    for (let j = 0; j < width; j++) sum += weights[at + j]! * inputs[from + j]!;
    out[c] = sum;
    if (sum > most) most = sum;
  }
  let total = 0;
  for (let c = 0; c < classes; c++) {
    out[c] = Math.exp(out[c]! - most);
    total += out[c]!;
  }
  for (let c = 0; c < classes; c++) out[c]! /= total;
}

/**
 * Mean gradient of the cross-entropy over some rows, in nats.
 * For one example it is (p − y) ⊗ (x, 1): each class’s part is the example itself, times one number.
 */
export function meanGradient(
  weights: ArrayLike<number>,
  examples: Examples,
  rows: ArrayLike<number>,
): Float64Array {
  const { inputs, labels, width, classes } = examples;
  const gradient = new Float64Array(classes * (width + 1));
  const p = new Float64Array(classes);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    probabilities(weights, examples, row, p);
    p[labels[row]!]! -= 1;
    const from = row * width;
    for (let c = 0; c < classes; c++) {
      const error = p[c]! / rows.length;
      const at = c * (width + 1);
      for (let j = 0; j < width; j++) gradient[at + j]! += error * inputs[from + j]!;
      gradient[at + width]! += error;
    }
  }
  return gradient;
}
