import * as tf from '@tensorflow/tfjs-core';
import { compileAhead } from '@/lib/kernels/compile-ahead';

/** Compiles what a network runs on a square of its size, before it is first looked at one. */
export const compileSquare = (
  network: { forward(square: tf.Tensor4D): unknown },
  size: number,
): Promise<void> =>
  compileAhead(() => network.forward(tf.tensor4d(new Float32Array(size * size * 3), [1, size, size, 3])));
