/** Pooling: one number for each window of a picture, channel by channel. */
import * as tf from '@tensorflow/tfjs-core';
import { functionLayer, type Layer } from '../layer';
import { repeatPixels } from './upsample';
import { type Padding, slide } from './window';

export interface PoolOptions {
  /** Side of the window. */
  size: number;
  /** Every how many pixels; the side of the window if absent. */
  stride?: number;
  padding?: Padding;
}

/** The mean of each window; pixels beyond the edge are not counted. */
export function averagePool({ size, stride = size, padding = 'valid' }: PoolOptions): Layer {
  return functionLayer(`average pool ${size}`, {
    forward: (input) => ({
      output: tf.avgPool(input as tf.Tensor4D, size, stride, padding),
      saved: [input],
    }),
    backward(gradient, _, saved) {
      const [, height, width] = saved[0]!.shape as [number, number, number, number];
      if (stride === size && height % size === 0 && width % size === 0)
        return repeatPixels(tf.mul(gradient, 1 / (size * size)) as tf.Tensor4D, size);
      // The kernel divides by the whole window, also where it reaches over the edge: weigh by what was really counted.
      const rows = reached(height, size, stride, padding);
      const columns = reached(width, size, stride, padding);
      const weights = rows.flatMap((r) => columns.map((c) => (size * size) / (r * c)));
      const weighted = tf.mul(gradient, tf.tensor4d(weights, [1, rows.length, columns.length, 1]));
      return tf
        .engine()
        .runKernel(
          'AvgPoolGrad',
          { dy: weighted, input: saved[0]! },
          { filterSize: size, strides: stride, pad: padding },
        ) as tf.Tensor;
    },
  });
}

/** How many pixels of one axis each window counts. */
function reached(length: number, size: number, stride: number, padding: Padding): number[] {
  const { output, before } = slide(length, size, stride, padding);
  return Array.from({ length: output }, (_, i) => {
    const from = i * stride - before;
    return Math.min(length, from + size) - Math.max(0, from);
  });
}

/** The largest number of each window; its gradient goes to where that number came from. */
export function maxPool({ size, stride = size, padding = 'valid' }: PoolOptions): Layer {
  return functionLayer(`max pool ${size}`, {
    forward(input) {
      const output = tf.maxPool(input as tf.Tensor4D, size, stride, padding);
      return { output, saved: [input, output] };
    },
    backward(gradient, _, saved) {
      const [input, output] = saved as [tf.Tensor4D, tf.Tensor4D];
      // On WASM the gradient is silently wrong where a window holds nothing positive: its kernel looks for the maximum from
      // the smallest *positive* number on. So every example is lifted above 0. By its own minimum and nothing else's:
      // no example may influence the gradient of another.
      const lifted =
        tf.getBackend() === 'wasm' ? tf.add(tf.sub(input, tf.min(input, [1, 2, 3], true)), 1) : input;
      return tf
        .engine()
        .runKernel(
          'MaxPoolGrad',
          { dy: gradient, input: lifted, output },
          { filterSize: size, strides: stride, pad: padding },
        ) as tf.Tensor;
    },
  });
}
