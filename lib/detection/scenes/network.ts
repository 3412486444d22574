/** The scene detector's network, for looking at pictures: five convolutions and a linear head. */
import * as tf from '@tensorflow/tfjs-core';
import { CONVOLUTIONS, type NamedWeights } from './weights';

/** Tensors of weights on the device, in the same order. The caller disposes. */
export function uploadWeights(weights: readonly NamedWeights[]): tf.Tensor[] {
  return weights.map(({ values, shape }) => tf.tensor(values, shape as number[]));
}

/**
 * Features at every place. Call inside `tf.tidy`.
 * @param ink B × 64 × 64 × 1, 1 for ink and 0 for paper
 * @returns B × 8 × 8 × 64
 */
export function sceneFeatures(backbone: readonly tf.Tensor[], ink: tf.Tensor4D): tf.Tensor4D {
  return CONVOLUTIONS.reduce(
    (x, { stride }, i) =>
      tf.fused.conv2d({
        x,
        filter: backbone[2 * i] as tf.Tensor4D,
        bias: backbone[2 * i + 1] as tf.Tensor1D,
        strides: stride,
        pad: 'same',
        activation: 'relu',
      }),
    ink,
  );
}
