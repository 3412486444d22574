/** Convolution of pictures: z[p] = Σ over the window at p of x · kernel, plus a bias. */
import * as tf from '@tensorflow/tfjs-core';
import { TrainingError } from '../dataset';
import { convGradients, type Windows } from '../kernels/conv-gradients';
import type { InputFacts, Layer, Shared } from '../layer';
import {
  type ConvGeometry,
  depthwiseGradients,
  inputGradient,
  kernelSums,
  padOrCrop,
  patches,
  sumOfBuilt,
} from './conv-contractions';
import { ghostNorms } from './ghost-norms';
import { type Padding, slide } from './window';

const ON_GPU = new Set(['webgpu', 'webgl']);
/** Numbers of a batch: beyond, gradients of examples are made twice, for their norms and for their sum, and not kept (32 MB). */
const MOST_KEPT = 2 ** 23;
/** Numbers an example: beyond, unfolded windows would fill a small GPU. */
const MOST_UNFOLDED = 2 ** 16;

/**
 * How ‖gᵢ‖² is found. With P places, K numbers in a window and M filters, and Uᵢ [P, K] the windows, Zᵢ [P, M] the
 * gradient at the output:
 * - `explicit` builds gᵢ = Uᵢᵀ Zᵢ: P K M multiplications, K M numbers an example;
 * - `ghost` never does: ‖gᵢ‖² = Σ (Uᵢ Uᵢᵀ ∘ Zᵢ Zᵢᵀ): P² (K + M) multiplications, 2 P² numbers (Bu et al. 2022);
 * - `depthwise` builds gᵢ by one depthwise convolution with the examples in the place of the channels. For WASM and
 *   pictures of a single channel, where a batched product runs on a slow scalar path.
 *
 * Where there is a kernel of our own for gᵢ (`../kernels/conv-gradients.ts`), it takes the place of all three.
 */
export type ConvPath = 'explicit' | 'ghost' | 'depthwise';

export interface Conv2dOptions {
  /** Height, width, channels of one example. */
  input: readonly [number, number, number];
  filters: number;
  /** Side of the kernel, or its height and width. */
  kernel: number | readonly [number, number];
  stride?: number;
  /** `same` is TensorFlow's: padding may be larger after than before. */
  padding?: Padding;
  bias?: boolean;
  /** Overrides the cost rule; for tests and benchmarks. */
  path?: ConvPath;
}

/** The cheaper way to a norm: ghost where P (K + M) < K M, else explicit. */
export function cheaperPath(places: number, windowSize: number, filters: number): 'explicit' | 'ghost' {
  return places * (windowSize + filters) < windowSize * filters ? 'ghost' : 'explicit';
}

/** Input B × H × W × C, kernel height × width × in × out, cross-correlation. */
export function conv2d(options: Conv2dOptions): Layer & { outputShape: [number, number, number] } {
  const { input, filters, stride = 1, padding = 'valid', bias = true } = options;
  const [height, width, channels] = input;
  const [kernelHeight, kernelWidth] =
    typeof options.kernel === 'number' ? [options.kernel, options.kernel] : options.kernel;
  const rows = slide(height, kernelHeight, stride, padding);
  const columns = slide(width, kernelWidth, stride, padding);
  if (rows.output < 1 || columns.output < 1)
    throw new TrainingError(
      'kernel-too-large',
      `A window of ${kernelHeight} × ${kernelWidth} does not fit into ${height} × ${width} pixels.`,
      'Choose a smaller kernel, or the padding "same".',
    );
  const geometry: ConvGeometry = {
    channels,
    filters,
    kernelHeight,
    kernelWidth,
    stride,
    rows,
    columns,
    height,
    width,
  };
  const kernelShape: [number, number, number, number] = [kernelHeight, kernelWidth, channels, filters];
  const windowSize = kernelHeight * kernelWidth * channels;
  const places = rows.output * columns.output;

  function choosePath(copies: number): ConvPath {
    if (options.path) return options.path;
    if (tf.getBackend() === 'wasm' && channels === 1 && copies === 1) return 'depthwise';
    return cheaperPath(places * copies, windowSize, filters);
  }

  const taps: Windows = { kernelHeight, kernelWidth, stride, bias };
  /** Not where a path was asked for by name. */
  const ownKernel = (gradient: tf.Tensor) =>
    options.path || gradient.size === 0 ? null : convGradients(columns.output, filters);
  /** Kernel and bias, from where they lie one after the other. */
  const parts = (sums: tf.Tensor1D): tf.Tensor[] => {
    const length = windowSize * filters;
    if (!bias) return [tf.reshape(sums, kernelShape)];
    return [tf.reshape(tf.slice(sums, 0, length), kernelShape), tf.slice(sums, length, filters)];
  };

  return {
    name: `conv ${kernelHeight} × ${kernelWidth}, ${channels} → ${filters}`,
    outputShape: [rows.output, columns.output, filters],
    parameterShapes: bias ? [kernelShape, [filters]] : [kernelShape],

    /** Uniform, Glorot and Bengio 2010. */
    initialise(random) {
      const kernel = new Float64Array(windowSize * filters);
      const limit = Math.sqrt(6 / (kernelHeight * kernelWidth * (channels + filters)));
      for (let i = 0; i < kernel.length; i++) kernel[i] = (2 * random.uniform() - 1) * limit;
      return bias ? [kernel, new Float64Array(filters)] : [kernel];
    },

    forward(x, parameters) {
      const [kernel, offset] = parameters as [tf.Tensor4D, tf.Tensor1D | undefined];
      // Padded here once: all the contractions of the gradient are then "valid" and exact.
      const padded = padOrCrop(x as tf.Tensor4D, rows, columns);
      if (ON_GPU.has(tf.getBackend()) && places * windowSize <= MOST_UNFOLDED) {
        // Faster than their convolutions, on WebGPU with one channel some twenty times (software adapters); and the gradient
        // uses again what was unfolded.
        const unfolded = patches(padded, geometry);
        const product = tf.matMul(
          tf.reshape(unfolded, [-1, windowSize]) as tf.Tensor2D,
          tf.reshape(kernel, [windowSize, filters]) as tf.Tensor2D,
        );
        const shape = [x.shape[0]!, rows.output, columns.output, filters];
        return {
          output: tf.reshape(offset ? tf.add(product, offset) : product, shape),
          saved: [padded, unfolded],
        };
      }
      const output = tf.fused.conv2d({
        x: padded,
        filter: kernel,
        strides: stride,
        pad: 'valid',
        ...(offset ? { bias: offset } : {}),
      });
      return { output, saved: [padded] };
    },

    backward: (gradient, parameters) =>
      inputGradient(gradient as tf.Tensor4D, parameters[0] as tf.Tensor4D, geometry),

    squaredNorms(gradient, saved, facts: InputFacts = {}, shared: Shared = {}) {
      const { copies = 1 } = facts;
      const batch = gradient.shape[0]!;
      const examples = batch / copies;
      const own = ownKernel(gradient);
      if (own) {
        const [pictures, slopes] = [saved[0] as tf.Tensor4D, gradient as tf.Tensor4D];
        const keep = copies === 1 && examples * (windowSize + 1) * filters <= MOST_KEPT;
        const { squares, kept } = own.squaredNorms(pictures, slopes, taps, { copies, keep });
        if (kept) shared.kept = kept;
        return squares;
      }
      const path = choosePath(copies);
      // The copies of one example are so many more places of it.
      const z = tf.reshape(gradient, [examples, copies * places, filters]) as tf.Tensor3D;
      if (path === 'ghost') {
        if (!ON_GPU.has(tf.getBackend())) {
          const [pictures, slopes] = [saved[0]!.dataSync<'float32'>(), gradient.dataSync<'float32'>()];
          return tf.tensor1d(ghostNorms(pictures, slopes, geometry, { rows: batch, copies, bias }));
        }
        const unfolded = saved[1] ?? patches(saved[0] as tf.Tensor4D, geometry);
        const u = tf.reshape(unfolded, [examples, copies * places, windowSize]) as tf.Tensor3D;
        const ofWindows = tf.matMul(u, u, false, true);
        // The gradient of the bias is Σₚ zₚ, as if each window ended in a 1.
        return tf.sum(
          tf.mul(bias ? tf.add(ofWindows, 1) : ofWindows, tf.matMul(z, z, false, true)),
          [1, 2],
        ) as tf.Tensor1D;
      }
      let ofKernel: tf.Tensor;
      if (path === 'depthwise') {
        shared.depthwise = depthwiseGradients(saved[0] as tf.Tensor4D, gradient as tf.Tensor4D, geometry);
        const merged = mergeCopies(shared.depthwise as tf.Tensor3D, 1, copies);
        ofKernel = tf.sum(tf.sum(tf.square(merged), 0), 1);
      } else {
        const unfolded = saved[1] ?? patches(saved[0] as tf.Tensor4D, geometry);
        const u = tf.reshape(unfolded, [examples, copies * places, windowSize]) as tf.Tensor3D;
        const built = tf.matMul(u, z, true, false);
        if (copies === 1) shared.explicit = built;
        ofKernel = tf.sum(tf.square(built), [1, 2]);
      }
      if (!bias) return ofKernel as tf.Tensor1D;
      const ofBias = tf.sum(z, 1);
      if (copies === 1) shared.bias = ofBias;
      return tf.add(ofKernel, tf.sum(tf.square(ofBias), 1)) as tf.Tensor1D;
    },

    weightedSums(gradient, saved, factors, shared: Shared = {}) {
      const own = ownKernel(gradient);
      if (own)
        return parts(
          shared.kept
            ? own.sumOfKept(shared.kept as tf.Tensor2D, factors)
            : own.weightedSum(saved[0] as tf.Tensor4D, gradient as tf.Tensor4D, factors, taps),
        );
      const weighted = () => tf.mul(gradient, tf.reshape(factors, [-1, 1, 1, 1])) as tf.Tensor4D;
      if (shared.depthwise || shared.explicit) {
        // What was built for the norms is there still: the large gradient need not be gone through again.
        const sums: tf.Tensor[] = [sumOfBuilt(factors, geometry, shared)];
        if (bias && shared.bias) {
          const row = tf.reshape(factors, [1, -1]) as tf.Tensor2D;
          sums.push(tf.reshape(tf.matMul(row, shared.bias as tf.Tensor2D), [filters]));
        } else if (bias) sums.push(tf.sum(tf.reshape(weighted(), [-1, filters]), 0));
        return sums;
      }
      const each = weighted();
      const sums = [kernelSums(saved, each, geometry)];
      if (bias) sums.push(tf.sum(tf.reshape(each, [-1, filters]), 0));
      return sums;
    },
  };
}

/** Sums each run of `copies` entries along an axis: [a, b · copies, c] to [a, b, c]. */
function mergeCopies(x: tf.Tensor3D, axis: 1, copies: number): tf.Tensor {
  if (copies === 1) return x;
  const [a, b, c] = x.shape;
  return tf.sum(tf.reshape(x, [a, b / copies, copies, c]), axis + 1);
}
