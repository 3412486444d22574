/**
 * The four contractions of a convolution, put in the operations that are fast on each backend. What is fast differs by a
 * factor of 20: WASM has vectorised convolutions and plain products but slow gathers, batched products and strided slices; GPUs
 * want few dispatches.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Shared } from '../layer';
import type { Axis } from './window';

export interface ConvGeometry {
  height: number;
  width: number;
  channels: number;
  filters: number;
  kernelHeight: number;
  kernelWidth: number;
  stride: number;
  rows: Axis;
  columns: Axis;
}

/** Zeros around a picture, as many as the windows reach; where they reach less than the picture, it is cut. */
export function padOrCrop(
  x: tf.Tensor4D,
  rows: Pick<Axis, 'before' | 'after'>,
  columns: typeof rows,
): tf.Tensor4D {
  const sides = [rows.before, rows.after, columns.before, columns.after];
  if (sides.every((side) => side === 0)) return x;
  let result = x;
  if (sides.some((side) => side < 0)) {
    const [batch, height, width, channels] = x.shape;
    const cut = (side: number) => Math.max(0, -side);
    result = tf.slice(
      x,
      [0, cut(rows.before), cut(columns.before), 0],
      [
        batch,
        height - cut(rows.before) - cut(rows.after),
        width - cut(columns.before) - cut(columns.after),
        channels,
      ],
    );
  }
  const grow = (side: number) => Math.max(0, side);
  if (!sides.some((side) => side > 0)) return result;
  // A row of pixels as one: of four dimensions, the pad of WASM goes number by number, 20 times slower than this.
  const [batch, height, width, channels] = result.shape;
  const padded = tf.pad(tf.reshape(result, [batch, height, width * channels]), [
    [0, 0],
    [grow(rows.before), grow(rows.after)],
    [grow(columns.before) * channels, grow(columns.after) * channels],
  ]);
  return tf.reshape(padded, [
    batch,
    height + grow(rows.before) + grow(rows.after),
    width + grow(columns.before) + grow(columns.after),
    channels,
  ]);
}

/**
 * Gradient with respect to the input: the gradient at the output, spread by the stride, convolved with the kernel turned by 180°
 * and its in and out exchanged.
 */
export function inputGradient(gradient: tf.Tensor4D, kernel: tf.Tensor4D, g: ConvGeometry): tf.Tensor4D {
  if (tf.getBackend() === 'webgpu' || tf.getBackend() === 'webgl') {
    // Their own kernels are up to six times faster than the convolution below, which is far faster on WASM.
    const reached = (size: number, { before, after }: Axis) => size + before + after;
    const padded = tf.conv2dTranspose(
      gradient,
      kernel,
      [gradient.shape[0], reached(g.height, g.rows), reached(g.width, g.columns), g.channels],
      g.stride,
      'valid',
    );
    const undo = ({ before, after }: Axis) => ({ before: -before, after: -after });
    return padOrCrop(padded, undo(g.rows), undo(g.columns));
  }
  const spread = dilate(gradient, g.stride);
  const edge = (size: number, kernelSize: number, { output, before }: Axis) => {
    const first = kernelSize - 1 - before;
    return { before: first, after: size + kernelSize - 1 - first - output * g.stride };
  };
  const padded = padOrCrop(
    spread,
    edge(g.height, g.kernelHeight, g.rows),
    edge(g.width, g.kernelWidth, g.columns),
  );
  const turned = tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]);
  return tf.conv2d(padded, turned, 1, 'valid');
}

/** `stride` − 1 zeros after each pixel in both directions, by padding alone. */
function dilate(x: tf.Tensor4D, stride: number): tf.Tensor4D {
  if (stride === 1) return x;
  const [batch, height, width, channels] = x.shape;
  const wide = tf.pad(tf.reshape(x, [batch * height * width, channels]), [
    [0, 0],
    [0, (stride - 1) * channels],
  ]);
  const row = width * stride * channels;
  const high = tf.pad(tf.reshape(wide, [batch * height, row]), [
    [0, 0],
    [0, (stride - 1) * row],
  ]);
  return tf.reshape(high, [batch, height * stride, width * stride, channels]);
}

/**
 * All windows of the padded pictures, unfolded: [B, P, K] (im2col). The K numbers of a window lie in the order of
 * `unfoldedOrder`.
 */
export function patches(padded: tf.Tensor4D, g: ConvGeometry): tf.Tensor3D {
  const [batch, height, width, channels] = padded.shape;
  const places = g.rows.output * g.columns.output;
  const taps = g.kernelHeight * g.kernelWidth;
  if (tf.getBackend() === 'wasm') {
    // A depthwise convolution with unit kernels copies each tap of the window to a channel of its own.
    const unit = new Float32Array(taps * channels * taps);
    for (let t = 0; t < taps; t++) for (let c = 0; c < channels; c++) unit[(t * channels + c) * taps + t] = 1;
    const kernel = tf.tensor4d(unit, [g.kernelHeight, g.kernelWidth, channels, taps]);
    const unfolded = tf.depthwiseConv2d(padded, kernel, g.stride, 'valid');
    return tf.reshape(unfolded, [batch, places, channels * taps]);
  }
  const index = new Int32Array(places * taps * channels);
  let i = 0;
  for (let y = 0; y < g.rows.output; y++)
    for (let x = 0; x < g.columns.output; x++)
      for (let ky = 0; ky < g.kernelHeight; ky++)
        for (let kx = 0; kx < g.kernelWidth; kx++)
          for (let c = 0; c < channels; c++)
            index[i++] = ((y * g.stride + ky) * width + x * g.stride + kx) * channels + c;
  const flat = tf.reshape(padded, [batch, height * width * channels]);
  return tf.reshape(tf.gather(flat, tf.tensor1d(index, 'int32'), 1), [batch, places, taps * channels]);
}

/** From [K, M] in the order that `patches` has on this backend to the kernel's own shape. */
function foldKernel(sums: tf.Tensor, g: ConvGeometry): tf.Tensor4D {
  const { kernelHeight, kernelWidth, channels, filters } = g;
  const shape: [number, number, number, number] = [kernelHeight, kernelWidth, channels, filters];
  if (tf.getBackend() !== 'wasm') return tf.reshape(sums, shape);
  const byChannel = tf.reshape(sums, [channels, kernelHeight * kernelWidth, filters]);
  return tf.reshape(tf.transpose(byChannel, [1, 0, 2]), shape);
}

/** The kernel gradient of every row of a batch of one-channel pictures, [kernelHeight · kernelWidth, B, M]. */
export function depthwiseGradients(padded: tf.Tensor4D, gradient: tf.Tensor4D, g: ConvGeometry): tf.Tensor3D {
  if (g.channels !== 1) throw new RangeError('The depthwise path is for pictures of one channel.');
  const [batch, height, width] = padded.shape;
  // The batch takes the place of the channels: each picture is convolved with its own gradient, spread by the stride.
  const picture = tf.reshape(tf.transpose(padded, [3, 1, 2, 0]), [1, height, width, batch]) as tf.Tensor4D;
  const kernels = tf.transpose(gradient, [1, 2, 0, 3]);
  const built = tf.depthwiseConv2d(picture, kernels, 1, 'valid', 'NHWC', g.stride);
  return tf.reshape(built, [g.kernelHeight * g.kernelWidth, batch, g.filters]);
}

/** Σᵢ cᵢ gᵢ of the kernel, where the gᵢ were built for their norms. */
export function sumOfBuilt(factors: tf.Tensor1D, g: ConvGeometry, shared: Shared): tf.Tensor4D {
  const { kernelHeight, kernelWidth, channels, filters } = g;
  const batch = factors.shape[0];
  if (shared.depthwise) {
    const perTap = shared.depthwise as tf.Tensor3D;
    const row = tf.tile(tf.reshape(factors, [1, 1, batch]), [perTap.shape[0], 1, 1]);
    return tf.reshape(tf.matMul(row, perTap), [kernelHeight, kernelWidth, channels, filters]);
  }
  const row = tf.reshape(factors, [1, batch]) as tf.Tensor2D;
  const flat = tf.reshape(shared.explicit!, [batch, kernelHeight * kernelWidth * channels * filters]);
  return foldKernel(tf.matMul(row, flat as tf.Tensor2D), g);
}

/**
 * Σᵢ cᵢ gᵢ of the kernel, in one contraction.
 * @param saved the padded pictures, and their windows where these were unfolded
 * @param weighted the gradient at the output, each row times its cᵢ
 */
export function kernelSums(
  [padded, unfolded]: readonly tf.Tensor[],
  weighted: tf.Tensor4D,
  g: ConvGeometry,
): tf.Tensor4D {
  const { kernelHeight, kernelWidth, channels, filters } = g;
  if (unfolded) {
    const u = tf.reshape(unfolded, [-1, kernelHeight * kernelWidth * channels]) as tf.Tensor2D;
    return foldKernel(tf.matMul(u, tf.reshape(weighted, [-1, filters]) as tf.Tensor2D, true, false), g);
  }
  // One convolution with the roles exchanged: examples are the channels that are summed over, the gradient is the kernel.
  const pictures = tf.transpose(padded as tf.Tensor4D, [3, 1, 2, 0]);
  const kernels = tf.transpose(weighted, [1, 2, 0, 3]);
  const sums = tf.conv2d(pictures, kernels, 1, 'valid', 'NHWC', g.stride);
  return tf.transpose(sums, [1, 2, 0, 3]);
}
