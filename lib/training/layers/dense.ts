/** Fully connected: z = a W + b. */
import * as tf from '@tensorflow/tfjs-core';
import type { RandomSource } from '@/lib/random';
import { passes } from '../kernels/passes';
import { products } from '../kernels/products';
import type { Layer } from '../layer';

export interface DenseOptions {
  inputs: number;
  outputs: number;
  bias?: boolean;
  /** `zero` suits a convex model; `glorot` (uniform, Glorot and Bengio 2010) a deep one. */
  initial?: 'zero' | 'glorot';
}

/**
 * For one example the weight gradient is the outer product aᵢ δᵢᵀ, whose squared norm is the product of two squared
 * norms: ‖gᵢ‖² = ‖δᵢ‖² (‖aᵢ‖² + 1), the 1 being the bias (Goodfellow 2015, arXiv:1510.01799). So it is never built.
 */
export function dense({ inputs, outputs, bias = true, initial = 'zero' }: DenseOptions): Layer {
  return {
    name: `dense ${inputs} → ${outputs}`,
    linear: { inputs, outputs, bias },
    parameterShapes: bias ? [[inputs, outputs], [outputs]] : [[inputs, outputs]],

    initialise(random: RandomSource) {
      const weights = new Float64Array(inputs * outputs);
      if (initial === 'glorot') {
        const limit = Math.sqrt(6 / (inputs + outputs));
        for (let i = 0; i < weights.length; i++) weights[i] = (2 * random.uniform() - 1) * limit;
      }
      return bias ? [weights, new Float64Array(outputs)] : [weights];
    },

    forward(input, parameters) {
      const [weights, offset] = parameters as [tf.Tensor2D, tf.Tensor1D | undefined];
      const product = products().times(input as tf.Tensor2D, weights);
      return { output: offset ? tf.add(product, offset) : product, saved: [input] };
    },

    backward(gradient, parameters) {
      const [weights] = parameters as [tf.Tensor2D];
      return products().timesTransposed(gradient as tf.Tensor2D, weights);
    },

    squaredNorms(gradient, saved, facts) {
      const copies = facts?.copies ?? 1;
      if (copies > 1) return normsOfSums(saved[0] as tf.Tensor2D, gradient as tf.Tensor2D, copies, bias);
      const ofInput = facts?.squaredInputNorms ?? passes().squaredLengths(saved[0] as tf.Tensor2D);
      const ofGradient = passes().squaredLengths(gradient as tf.Tensor2D);
      return tf.mul(ofGradient, bias ? tf.add(ofInput, 1) : ofInput);
    },

    weightedSums(gradient, saved, factors) {
      const weighted = tf.mul(gradient, tf.expandDims(factors, 1)) as tf.Tensor2D;
      const sums: tf.Tensor[] = [products().transposedTimes(saved[0] as tf.Tensor2D, weighted)];
      if (bias) sums.push(passes().columnSums(weighted));
      return sums;
    },
  };
}

/** ‖Σₖ aₖ δₖᵀ‖² = Σₖₗ (aₖ · aₗ) (δₖ · δₗ) over the K rows of an example: two small Gram matrices. */
function normsOfSums(input: tf.Tensor2D, gradient: tf.Tensor2D, copies: number, bias: boolean): tf.Tensor1D {
  const gram = (x: tf.Tensor2D): tf.Tensor3D => {
    const rows = tf.reshape(x, [-1, copies, x.shape[1]]) as tf.Tensor3D;
    return tf.matMul(rows, rows, false, true);
  };
  const ofInput = gram(input);
  return tf.sum(tf.mul(bias ? tf.add(ofInput, 1) : ofInput, gram(gradient)), [1, 2]) as tf.Tensor1D;
}
