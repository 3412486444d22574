/** Every pixel repeated `factor` times in each direction (nearest neighbour), as detectors do between scales. */
import * as tf from '@tensorflow/tfjs-core';
import { functionLayer, type Layer } from '../layer';

/** B × H × W × C to B × (fH) × (fW) × C by repeating and reshaping: fast on every backend. */
export function repeatPixels(x: tf.Tensor4D, factor: number): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  // Beside each pixel, its copies: the channels of f pixels after one another.
  const wide = repeatRows(tf.reshape(x, [batch * height * width, channels]), factor);
  const high = repeatRows(tf.reshape(wide, [batch * height, factor * width * channels]), factor);
  return tf.reshape(high, [batch, factor * height, factor * width, channels]);
}

/** Each row f times after itself, in one row: n × m to n × (f m), of any shape. */
function repeatRows(x: tf.Tensor2D, factor: number): tf.Tensor {
  // WASM joins tensors row by row from JavaScript; its product with ones is one pass of SIMD.
  if (tf.getBackend() === 'wasm') return tf.mul(tf.expandDims(x, 1), tf.ones([1, factor, 1]));
  return tf.concat(
    Array.from({ length: factor }, () => x),
    1,
  );
}

export function upsample(factor = 2): Layer {
  return functionLayer(`upsample ×${factor}`, {
    forward: (input) => ({ output: repeatPixels(input as tf.Tensor4D, factor), saved: [] }),
    // Each pixel collects the gradients of its copies: the average of a window, times its size.
    backward: (gradient) =>
      tf.mul(tf.avgPool(gradient as tf.Tensor4D, factor, factor, 'valid'), factor * factor),
  });
}
