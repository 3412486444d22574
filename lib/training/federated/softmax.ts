/**
 * Softmax regression in plain numbers: small enough that hundreds of clients can train it one after another.
 * Weights lie class by class: `width` numbers for the inputs, then the bias.
 */
import { strideOf, type Vectors, vectors } from './vectors';

/** Examples that some client holds: a table shared by all, of which each client has its own rows. */
export interface Examples {
  /** size × width, row by row. */
  inputs: Float32Array | Float64Array;
  /** 0 … classes − 1. */
  labels: ArrayLike<number>;
  width: number;
  classes: number;
}

/** Numbers in the model: one for each input and one bias, for each class. */
export const parameterCount = ({ width, classes }: Pick<Examples, 'width' | 'classes'>): number =>
  classes * (width + 1);

/**
 * How far gradient steps on the mean cross-entropy of a few examples, all of them in each step, move the weights.
 *
 * The gradient of one example is (p − y) ⊗ (x, 1): each class’s part is the example itself, times one number. So whatever the
 * steps, they only ever add multiples of the examples to the weights: W = W₀ + Σᵢ aᵢ ⊗ (xᵢ, 1). It is enough to move the numbers aᵢ:
 * the logits of example j are those at W₀ plus Σᵢ aᵢ ((xᵢ, 1) · (xⱼ, 1)), and those products are worked out once.
 *
 * @param rows few of them: their products with each other are as many as their number squared
 * @param use what does the long loops
 * @returns the weights after the steps less those before, of the form of `weights`
 */
export function descend(
  weights: Float64Array,
  examples: Examples,
  rows: ArrayLike<number>,
  { steps, learningRate }: { steps: number; learningRate: number },
  use: Vectors = vectors(),
): Float64Array {
  const { labels, classes } = examples;
  const count = rows.length;
  const { logits, products, combine } = layOut(weights, examples, rows, use);
  const start = logits();
  const between = steps > 1 ? products() : null;

  /** aᵢ, examples × classes. */
  const amounts = new Float64Array(count * classes);
  const slopes = new Float64Array(count * classes);
  for (let step = 0; step < steps; step++) {
    slopes.set(start);
    if (step > 0)
      for (let j = 0; j < count; j++)
        for (let i = 0; i < count; i++)
          for (let c = 0; c < classes; c++)
            slopes[j * classes + c]! += between![j * count + i]! * amounts[i * classes + c]!;
    for (let i = 0; i < count; i++) {
      softmax(slopes, i * classes, classes);
      slopes[i * classes + labels[rows[i]!]!]! -= 1;
    }
    for (let k = 0; k < amounts.length; k++) amounts[k]! -= (learningRate / count) * slopes[k]!;
  }
  return combine(amounts);
}

/** Weights and some examples as rows (w, b) and (x, 1) of one space, and what is asked of them. */
function layOut(weights: Float64Array, examples: Examples, rows: ArrayLike<number>, use: Vectors) {
  const { inputs, width, classes } = examples;
  const count = rows.length;
  const length = strideOf(width + 1);
  const space = use.space((2 * classes + count) * length);
  const weightsAt = (c: number) => c * length;
  const sumAt = (c: number) => (classes + c) * length;
  const exampleAt = (i: number) => (2 * classes + i) * length;
  for (let c = 0; c < classes; c++)
    space.set(weights.subarray(c * (width + 1), (c + 1) * (width + 1)), weightsAt(c));
  for (let i = 0; i < count; i++) {
    space.set(inputs.subarray(rows[i]! * width, (rows[i]! + 1) * width), exampleAt(i));
    space[exampleAt(i) + width] = 1;
  }
  return {
    /** Examples × classes. */
    logits(): Float64Array {
      const out = new Float64Array(count * classes);
      for (let i = 0; i < count; i++)
        for (let c = 0; c < classes; c++) out[i * classes + c] = use.dot(weightsAt(c), exampleAt(i), length);
      return out;
    },
    /** Of every example with every example. */
    products(): Float64Array {
      const out = new Float64Array(count * count);
      for (let i = 0; i < count; i++)
        for (let j = 0; j <= i; j++) {
          out[i * count + j] = use.dot(exampleAt(i), exampleAt(j), length);
          out[j * count + i] = out[i * count + j]!;
        }
      return out;
    },
    /** Σᵢ aᵢ ⊗ (xᵢ, 1), of the form of the weights. */
    combine(amounts: Float64Array): Float64Array {
      const out = new Float64Array(classes * (width + 1));
      for (let c = 0; c < classes; c++) {
        for (let i = 0; i < count; i++)
          use.addTimes(sumAt(c), amounts[i * classes + c]!, exampleAt(i), length);
        out.set(space.subarray(sumAt(c), sumAt(c) + width + 1), c * (width + 1));
      }
      return out;
    },
  };
}

/** Logits of one example to probabilities, in place. */
function softmax(values: Float64Array, from: number, classes: number): void {
  let most = Number.NEGATIVE_INFINITY;
  for (let c = from; c < from + classes; c++) most = Math.max(most, values[c]!);
  let total = 0;
  for (let c = from; c < from + classes; c++) {
    values[c] = Math.exp(values[c]! - most);
    total += values[c]!;
  }
  for (let c = from; c < from + classes; c++) values[c]! /= total;
}

/** Examples whose answers are worked out at once. */
const JUDGED_AT_ONCE = 100;

/** Share of examples that the model reads rightly. */
export function accuracyOf(weights: Float64Array, examples: Examples, use: Vectors = vectors()): number {
  const { labels, classes } = examples;
  let right = 0;
  for (let from = 0; from < labels.length; from += JUDGED_AT_ONCE) {
    const count = Math.min(JUDGED_AT_ONCE, labels.length - from);
    const rows = Array.from({ length: count }, (_, i) => from + i);
    const logits = layOut(weights, examples, rows, use).logits();
    for (let i = 0; i < count; i++) {
      const own = logits.subarray(i * classes, (i + 1) * classes);
      let best = 0;
      for (let c = 1; c < classes; c++) if (own[c]! > own[best]!) best = c;
      if (best === labels[from + i]) right++;
    }
  }
  return right / labels.length;
}
