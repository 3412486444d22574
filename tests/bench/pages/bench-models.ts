/** The models that are timed: the library's own, and beside each the same shapes in stock operations. */
import * as tf from '@tensorflow/tfjs-core';
import { multilayerPerceptron, type Recipe, smallConvolutional, softmaxRegression } from '@/lib/training';

export interface BenchModel {
  recipe: Recipe;
  /** Logits by operations that tf.grads can differentiate. @param w kernel and bias of each layer in turn */
  stock(input: tf.Tensor, w: readonly tf.Tensor[]): tf.Tensor2D;
}

const linear = (width: number): BenchModel => ({
  recipe: softmaxRegression(width, 10),
  stock: (x, w) => tf.add(tf.matMul(x as tf.Tensor2D, w[0] as tf.Tensor2D), w[1]!),
});

export const BENCH_MODELS = {
  linear: linear(392),
  wide: linear(833),
  mlp: {
    recipe: multilayerPerceptron(784, 128, 10),
    stock: (x, w) => {
      const hidden = tf.tanh(tf.add(tf.matMul(x as tf.Tensor2D, w[0] as tf.Tensor2D), w[1]!));
      return tf.add(tf.matMul(hidden as tf.Tensor2D, w[2] as tf.Tensor2D), w[3]!);
    },
  },
  cnn: {
    recipe: smallConvolutional(10),
    stock: (x, w) => {
      const first = tf.tanh(tf.add(tf.conv2d(x as tf.Tensor4D, w[0] as tf.Tensor4D, 2, 'same'), w[1]!));
      const pooled = tf.avgPool(first as tf.Tensor4D, 2, 2, 'valid');
      const second = tf.tanh(tf.add(tf.conv2d(pooled, w[2] as tf.Tensor4D, 1, 'valid'), w[3]!));
      const flat = tf.reshape(second, [-1, 512]);
      const hidden = tf.tanh(tf.add(tf.matMul(flat as tf.Tensor2D, w[4] as tf.Tensor2D), w[5]!));
      return tf.add(tf.matMul(hidden as tf.Tensor2D, w[6] as tf.Tensor2D), w[7]!);
    },
  },
} satisfies Record<string, BenchModel>;

export type BenchModelName = keyof typeof BENCH_MODELS;
