/** The small passes around the products of a dense layer: those that came with the products in use, else by operations of tfjs. */
import * as tf from '@tensorflow/tfjs-core';
import { type Passes, type Products, products } from './products';

const STOCK_PASSES: Passes = {
  columnSums: (a) => tf.sum(a, 0),
  squaredLengths: (a) => tf.sum(tf.square(a), 1),
  softmaxSlopes(logits, labels) {
    // Cast afterwards: asked for float32, oneHot on WASM writes the bits of the integer 1, which read as 1.4e-45.
    const right = tf.cast(tf.oneHot(labels, logits.shape[1]), 'float32') as tf.Tensor2D;
    // Shifted by the row's maximum: exp of a large logit overflows in float32.
    const shifted = tf.sub(logits, tf.max(logits, 1, true)) as tf.Tensor2D;
    const exponentials = tf.exp(shifted);
    const sums = tf.sum(exponentials, 1, true);
    const chosen = tf.sum(tf.mul(shifted, right), 1);
    const losses = tf.sub(tf.log(tf.reshape(sums, [-1])), chosen) as tf.Tensor1D;
    return { losses, gradient: tf.sub(tf.div(exponentials, sums), right) as tf.Tensor2D };
  },
};

/** @param of by default the products of the backend that is active now */
export const passes = (of: Products = products()): Passes => ({ ...STOCK_PASSES, ...of });
