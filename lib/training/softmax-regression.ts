/**
 * Softmax regression on a few hundred pictures, in plain numbers: trained in a second without a tensor library, so that dozens
 * of models can be compared. Privately, each step is the Gaussian mechanism on the sum of all clipped gradients (DP-SGD with
 * every example in every step).
 */
import type { RandomSource } from '@/lib/random';
import type { Dataset } from './dataset';

export interface SoftmaxOptions {
  dataset: Dataset;
  /** Rows to learn from. */
  rows: ArrayLike<number>;
  steps: number;
  /** η. With privacy it multiplies the sum divided by `divisor` and C. */
  learningRate: number;
  /** What the sum of gradients is divided by. Public and fixed beforehand. */
  divisor: number;
  /** Null for plain training. */
  privacy: {
    /** C */
    maxGradNorm: number;
    /** σ of each step, relative to C. */
    noiseMultiplier: number;
    random: RandomSource;
  } | null;
  /** Called after each step: lets messages in, throws to stop. */
  breathe?: () => Promise<void>;
}

const MOMENTUM = 0.9;

/**
 * From weights of zero: the problem is convex, so nothing depends on the start.
 * @returns (width + 1) × classes: a row of weights for each feature, and the intercepts last
 */
export async function trainSoftmax(options: SoftmaxOptions): Promise<Float64Array> {
  const { dataset, rows, steps, learningRate, divisor, privacy, breathe } = options;
  const { width, classes, labels, squaredNorms } = dataset;
  const size = (width + 1) * classes;
  const weights = new Float64Array(size);
  const velocity = new Float64Array(size);
  const sum = new Float64Array(size);
  const noise = new Float64Array(size);
  const slopes = new Float64Array(classes);
  const clip = privacy?.maxGradNorm ?? 1;
  const ink = inkOf(dataset, rows);
  for (let step = 1; step <= steps; step++) {
    sum.fill(0);
    for (let r = 0; r < rows.length; r++) {
      const row = rows[r]!;
      softmaxSlopes(weights, dataset, row, labels[row]!, slopes, ink[r]);
      if (privacy) {
        // The gradient is an outer product (x, 1) δᵀ: its length is the product of two.
        const length = Math.sqrt(squaredLength(slopes) * (squaredNorms[row]! + 1));
        // What is infinite or no number cannot be clipped, and would decide the whole sum: it counts as zero.
        if (!Number.isFinite(length)) continue;
        const factor = Math.min(1, clip / (length || 1));
        for (let c = 0; c < classes; c++) slopes[c]! *= factor;
      }
      addOuter(sum, dataset, row, slopes, ink[r]);
    }
    if (privacy) privacy.random.fillGaussian(noise, privacy.noiseMultiplier * clip);
    for (let j = 0; j < size; j++) {
      velocity[j] = MOMENTUM * velocity[j]! + (sum[j]! + noise[j]!) / (divisor * clip);
      weights[j]! -= learningRate * velocity[j]!;
    }
    await breathe?.();
  }
  return weights;
}

/** Where a row is not zero: most of a digit is paper, which neither moves a logit nor has a gradient. */
function inkOf({ features, width }: Dataset, rows: ArrayLike<number>): Int32Array[] {
  return Array.from(rows, (row) => {
    const places: number[] = [];
    for (let j = 0; j < width; j++) if (features[row * width + j] !== 0) places.push(j);
    return Int32Array.from(places);
  });
}

/** z = Wᵀ x + b of one row, written to `out` (one number a class). */
export function softmaxLogits(
  weights: Float64Array,
  dataset: Dataset,
  row: number,
  out: Float64Array,
  ink: Int32Array = inkOf(dataset, [row])[0]!,
): void {
  const { features, width, classes } = dataset;
  for (let c = 0; c < classes; c++) out[c] = weights[width * classes + c]!;
  for (let k = 0; k < ink.length; k++) {
    const x = features[row * width + ink[k]!]!;
    const at = ink[k]! * classes;
    for (let c = 0; c < classes; c++) out[c] = out[c]! + x * weights[at + c]!;
  }
}

/** δ = softmax(z) − e_label: how the loss of one row changes with its logits. */
export function softmaxSlopes(
  weights: Float64Array,
  dataset: Dataset,
  row: number,
  label: number,
  out: Float64Array,
  ink?: Int32Array,
): void {
  softmaxLogits(weights, dataset, row, out, ink);
  let top = out[0]!;
  for (let c = 1; c < out.length; c++) if (out[c]! > top) top = out[c]!;
  let total = 0;
  for (let c = 0; c < out.length; c++) {
    out[c] = Math.exp(out[c]! - top);
    total += out[c]!;
  }
  for (let c = 0; c < out.length; c++) out[c]! /= total;
  out[label]! -= 1;
}

/** Adds the gradient (x, 1) δᵀ of one row. */
export function addOuter(
  sum: Float64Array,
  dataset: Dataset,
  row: number,
  slopes: Float64Array,
  ink: Int32Array = inkOf(dataset, [row])[0]!,
): void {
  const { features, width, classes } = dataset;
  for (let k = 0; k < ink.length; k++) {
    const x = features[row * width + ink[k]!]!;
    const at = ink[k]! * classes;
    for (let c = 0; c < classes; c++) sum[at + c] = sum[at + c]! + x * slopes[c]!;
  }
  for (let c = 0; c < classes; c++) sum[width * classes + c]! += slopes[c]!;
}

/**
 * How sure the model is of the true class of each row: ln(p/(1 − p)), of which the loss ln(1 + e^{−φ}) is a falling function.
 * In logits, so that p = 1 − 10⁻²⁰ is no infinity.
 */
export function softmaxConfidences(
  weights: Float64Array,
  dataset: Dataset,
  rows: ArrayLike<number>,
): Float64Array {
  const { labels, classes } = dataset;
  const logits = new Float64Array(classes);
  return Float64Array.from(rows, (row) => {
    softmaxLogits(weights, dataset, row, logits);
    const own = logits[labels[row]!]!;
    logits[labels[row]!] = Number.NEGATIVE_INFINITY;
    const top = Math.max(...logits);
    let others = 0;
    for (let c = 0; c < classes; c++) others += Math.exp(logits[c]! - top);
    return own - top - Math.log(others);
  });
}

/** Share of the rows whose likeliest class is the true one. */
export function softmaxAccuracy(weights: Float64Array, dataset: Dataset, rows: ArrayLike<number>): number {
  const logits = new Float64Array(dataset.classes);
  let right = 0;
  for (let r = 0; r < rows.length; r++) {
    softmaxLogits(weights, dataset, rows[r]!, logits);
    if (logits.indexOf(Math.max(...logits)) === dataset.labels[rows[r]!]) right++;
  }
  return right / rows.length;
}

/** Cross-entropy in nats from ln(p/(1 − p)). */
export const lossOf = (confidence: number) =>
  confidence > 0 ? Math.log1p(Math.exp(-confidence)) : Math.log1p(Math.exp(confidence)) - confidence;

function squaredLength(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]! ** 2;
  return total;
}
