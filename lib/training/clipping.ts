/**
 * Rules by which an example's gradient is kept short. Under each of them the whole gradient of one example, over all
 * parameters, is at most C = `maxGradNorm` long after the rule: C is the sensitivity of the sum when an example joins or leaves.
 */
import * as tf from '@tensorflow/tfjs-core';

/**
 * - `flat`: g · min(1, C / ‖g‖) (Abadi et al. 2016).
 * - `per-layer`: the same in each of L layers with C / √L (McMahan et al. 2018, arXiv:1710.06963).
 * - `automatic`: g · C / (‖g‖ + γ): every gradient is brought to nearly the same length, and C cancels out of a
 *   C-normalised step (Bu et al. 2023, arXiv:2206.07136).
 */
export type ClippingRule = 'flat' | 'per-layer' | 'automatic';

export interface Clipping {
  rule: ClippingRule;
  /** C, in units of the loss per weight. */
  maxGradNorm: number;
}

/** γ of automatic clipping, the value of the paper. */
const STABILITY = 0.01;

export interface ClipFactors {
  /** What each row of each layer is multiplied by, [examples]. One entry a layer with parameters. */
  factors: tf.Tensor1D[];
  /** ‖gᵢ‖ over all parameters, before clipping, [examples]. */
  norms: tf.Tensor1D;
}

/** @param squares ‖gᵢ‖² of each layer with parameters, [examples] each */
export function clipFactors(clipping: Clipping, squares: readonly tf.Tensor1D[]): ClipFactors {
  const { rule, maxGradNorm } = clipping;
  const norms = tf.sqrt(sumOf(squares)) as tf.Tensor1D;
  // C / max(‖g‖, C) is min(1, C / ‖g‖), with no division by a norm of zero.
  const within = (lengths: tf.Tensor, clip: number) => tf.div(clip, tf.maximum(lengths, clip)) as tf.Tensor1D;
  if (rule === 'per-layer') {
    const share = maxGradNorm / Math.sqrt(squares.length);
    return { norms, factors: squares.map((square) => within(tf.sqrt(square), share)) };
  }
  const factor =
    rule === 'automatic'
      ? (tf.div(maxGradNorm, tf.add(norms, STABILITY)) as tf.Tensor1D)
      : within(norms, maxGradNorm);
  return { norms, factors: squares.map(() => factor) };
}

/**
 * The same for one example of a model of a single layer, in plain numbers: there `per-layer` is `flat`.
 * @param norm ‖g‖
 * @returns what g is multiplied by
 */
export function clipFactor({ rule, maxGradNorm }: Clipping, norm: number): number {
  return rule === 'automatic' ? maxGradNorm / (norm + STABILITY) : maxGradNorm / Math.max(norm, maxGradNorm);
}

/** In one operation up to seven at a time: of eight and more, WebGPU has too few buffers and returns stale numbers. */
function sumOf(parts: readonly tf.Tensor1D[]): tf.Tensor1D {
  if (parts.length === 1) return parts[0]!;
  const first = tf.addN(parts.slice(0, 7)) as tf.Tensor1D;
  return parts.length <= 7 ? first : sumOf([first, ...parts.slice(7)]);
}

/**
 * A clip that follows a quantile of the gradient lengths, found privately (Andrew et al. 2021, arXiv:1905.03871, eq. 2): after each
 * step the noisy part b̃ of gradients within C moves C ← C · exp(−η (b̃ − γ)).
 */
export interface AdaptiveClip {
  /** γ: the part of gradients that is to stay unclipped; 0.5 is the median. */
  quantile: number;
  /** σ_b: standard deviation of the noise on the count of gradients within the clip, in examples. */
  countNoise: number;
  /** η; 0.2 if absent. */
  rate?: number;
}

/**
 * The clip of the next step.
 * @param within gradients that were not longer than `clip`
 * @param lotSize examples drawn
 * @param noise a normal draw of standard deviation σ_b
 * @param expectedBatchSize q N, public
 */
export function adaptedClip(
  clip: number,
  { quantile, rate = 0.2 }: AdaptiveClip,
  {
    within,
    lotSize,
    noise,
    expectedBatchSize,
  }: Record<'within' | 'lotSize' | 'noise' | 'expectedBatchSize', number>,
): number {
  // Each example gives ±½, so that one more or less changes the sum by ½ and not by 1.
  const centred = within - lotSize / 2;
  const part = (centred + noise) / expectedBatchSize + 0.5;
  return clip * Math.exp(-rate * (part - quantile));
}
