/**
 * Softmax regression in plain numbers: small enough that hundreds of clients can train it one after another.
 * Weights lie class by class: `width` numbers for the inputs, then the bias.
 */

/** Examples that some client holds: a table shared by all, of which each client has its own rows. */
export interface Examples {
  /** size × width, row by row. */
  inputs: ArrayLike<number>;
  /** 0 … classes − 1. */
  labels: ArrayLike<number>;
  width: number;
  classes: number;
}

/** Numbers in the model: one for each input and one bias, for each class. */
export const parameterCount = ({ width, classes }: Pick<Examples, 'width' | 'classes'>): number =>
  classes * (width + 1);

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

/** Share of examples that the model reads rightly. */
export function accuracyOf(weights: ArrayLike<number>, examples: Examples): number {
  const p = new Float64Array(examples.classes);
  const size = examples.labels.length;
  let right = 0;
  for (let row = 0; row < size; row++) {
    probabilities(weights, examples, row, p);
    let best = 0;
    for (let c = 1; c < p.length; c++) if (p[c]! > p[best]!) best = c;
    if (best === examples.labels[row]) right++;
  }
  return right / size;
}
