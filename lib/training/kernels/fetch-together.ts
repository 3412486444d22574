/** Fetches several tensors from the device at the price of one. */
import * as tf from '@tensorflow/tfjs-core';

/** Backends on which each fetch waits for the device, a millisecond or more, however little it brings. */
const FAR: readonly string[] = ['webgpu', 'webgl'];

/**
 * Values of float32 tensors, in their order. On a graphics device they are joined there, so that one trip brings them all; on
 * the others they lie in this side's memory anyway.
 */
export async function fetchTogether(tensors: readonly tf.Tensor[]): Promise<Float32Array[]> {
  if (tensors.length < 2 || !FAR.includes(tf.getBackend()))
    return Promise.all(tensors.map((tensor) => tensor.data() as Promise<Float32Array>));
  const joined = tf.tidy(() => tf.concat(tensors.map((tensor) => tf.reshape(tensor, [-1]))));
  try {
    const values = (await joined.data()) as Float32Array;
    let at = 0;
    return tensors.map(({ size }) => {
      at += size;
      return values.subarray(at - size, at);
    });
  } finally {
    joined.dispose();
  }
}
