/** What a network has seen in a picture before its own head answers: features on which another head can learn. */
import * as tf from '@tensorflow/tfjs-core';
import type { YoloNetwork } from './network';

/** Side of the picture in pixels for which the middle scale (stride 16) has 8 × 8 places. */
export const NECK_INPUT = 128;

/**
 * The middle one of the three scales that the head looks at.
 * @param pixels 1 × S × S × 3, RGB in [0, 1], S a multiple of 32
 * @returns 1 × S/16 × S/16 × C, which the caller disposes of
 */
export function neckFeatures(network: YoloNetwork, pixels: tf.Tensor4D): tf.Tensor4D {
  const { from } = network.plan.head.levels[1]!;
  let seen: tf.Tensor4D | null = null;
  const raw = network.forward(pixels, (index, output) => {
    // Borrowed, and gone when the network is through: a copy stays.
    if (index === from) seen = tf.keep(output.clone());
  });
  tf.dispose([raw.boxes, raw.logits]);
  return seen!;
}
