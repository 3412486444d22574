/**
 * Logistic regression on a small table, in plain numbers: trained in milliseconds, so that a slider can be followed. Privately,
 * each step is the Gaussian mechanism on the sum of all clipped gradients (DP-SGD with every example in every step), so the steps
 * compose exactly: k steps at σ are one at σ/√k.
 */
import type { RandomSource } from '@/lib/random';

export interface Table {
  /** n × width, row by row. */
  readonly features: ArrayLike<number>;
  /** n answers, 0 or 1. */
  readonly answers: ArrayLike<number>;
  readonly width: number;
}

export interface LogisticOptions {
  table: Table;
  /** Rows to learn from; a row may occur more than once. */
  rows: ArrayLike<number>;
  steps: number;
  learningRate: number;
  /** What the sum of gradients is divided by. Public and fixed beforehand: the true number of rows would tell who is there. */
  divisor: number;
  /** Null for plain training. */
  privacy: {
    /** C */
    maxGradNorm: number;
    /** σ of each step, relative to C. */
    noiseMultiplier: number;
    random: RandomSource;
  } | null;
  /** λ of a penalty λ‖w‖²/2 on the mean loss. */
  decay?: number;
  /** Weight of the past in the average of weights that is returned; 0 returns the last. */
  averaging?: number;
}

const MOMENTUM = 0.9;

/** @returns width weights and, last, the intercept */
export function trainLogistic(options: LogisticOptions): Float64Array {
  const { table, rows, steps, learningRate, divisor, privacy, decay = 0, averaging = 0 } = options;
  const { features, answers, width } = table;
  const size = width + 1;
  const weights = new Float64Array(size);
  const averaged = new Float64Array(size);
  const velocity = new Float64Array(size);
  const sum = new Float64Array(size);
  const noise = new Float64Array(size);
  const clip = privacy?.maxGradNorm ?? 1;
  for (let step = 1; step <= steps; step++) {
    sum.fill(0);
    for (let r = 0; r < rows.length; r++) {
      const at = rows[r]! * width;
      let z = weights[width]!;
      let square = 1;
      for (let j = 0; j < width; j++) {
        const x = features[at + j]!;
        z += weights[j]! * x;
        square += x * x;
      }
      let slope = 1 / (1 + Math.exp(-z)) - answers[rows[r]!]!;
      if (privacy) {
        const length = Math.abs(slope) * Math.sqrt(square);
        // What is infinite or no number cannot be clipped, and would decide the whole sum: it counts as zero.
        if (!Number.isFinite(length)) continue;
        slope *= Math.min(1, clip / (length || 1));
      }
      for (let j = 0; j < width; j++) sum[j]! += slope * features[at + j]!;
      sum[width]! += slope;
    }
    if (privacy) privacy.random.fillGaussian(noise, privacy.noiseMultiplier * clip);
    const past = Math.min(averaging, (step - 1) / step);
    for (let j = 0; j < size; j++) {
      // Penalty on the weights alone, which no private data enters; the step is normalised by the clip.
      const gradient = (sum[j]! + noise[j]!) / (divisor * clip) + (j < width ? decay * weights[j]! : 0);
      velocity[j] = MOMENTUM * velocity[j]! + gradient;
      weights[j]! -= learningRate * velocity[j]!;
      averaged[j] = past * averaged[j]! + (1 - past) * weights[j]!;
    }
  }
  return averaging > 0 ? averaged : weights;
}

/** Probability of answer 1 for a row. */
export function predictLogistic(weights: ArrayLike<number>, { features, width }: Table, row: number): number {
  let z = weights[width]!;
  for (let j = 0; j < width; j++) z += weights[j]! * features[row * width + j]!;
  return 1 / (1 + Math.exp(-z));
}
