/**
 * One convolution of a network with everything that comes right behind it: bias, activation, shortcut. Backends that can do it
 * in one pass do; this is the way of those that cannot.
 */
import * as tf from '@tensorflow/tfjs-core';

/** `linear`: nothing. A leak is the slope of a leaky ReLU for negative values. */
export type Activation = 'linear' | 'silu' | 'relu' | { readonly leak: number };

export interface Convolution {
  /** k × k × inputs × outputs; k × k × channels × 1 if depthwise. */
  readonly filters: tf.Tensor4D;
  /** [outputs] */
  readonly bias: tf.Tensor1D;
  readonly depthwise: boolean;
  readonly stride: number;
  /** Zeros on every side, also where the stride leaves a rest: as PyTorch pads, unlike TensorFlow's "same". */
  readonly pad: number;
  readonly activation: Activation;
}

/**
 * @param x B × H × W × inputs
 * @param shortcut of the result's shape, added behind the activation
 */
export type Convolve = (x: tf.Tensor4D, convolution: Convolution, shortcut?: tf.Tensor4D) => tf.Tensor4D;

/** Side of a result. */
export const outputSide = (
  side: number,
  kernel: number,
  { stride, pad }: Pick<Convolution, 'stride' | 'pad'>,
): number => Math.floor((side + 2 * pad - kernel) / stride) + 1;

/** The two passes that tfjs does not fuse; they may overwrite x. */
export interface SiluPasses {
  silu(x: tf.Tensor4D): tf.Tensor4D;
  siluAdd(x: tf.Tensor4D, shortcut: tf.Tensor4D): tf.Tensor4D;
}

/** Two and three passes. */
export const SILU_BY_TFJS: SiluPasses = {
  silu: (x) => tf.tidy(() => tf.mul(x, tf.sigmoid(x)) as tf.Tensor4D),
  siluAdd: (x, shortcut) => tf.tidy(() => tf.add(SILU_BY_TFJS.silu(x), shortcut)),
};

/** By the fused convolutions of tfjs, which know no SiLU. */
export const convolveByTfjs =
  ({ silu, siluAdd }: SiluPasses): Convolve =>
  (x, convolution, shortcut) =>
    tf.tidy(() => {
      const { filters, bias, depthwise, stride, pad, activation } = convolution;
      const fused = depthwise ? tf.fused.depthwiseConv2d : tf.fused.conv2d;
      const y = fused({
        ...{ x, filter: filters, bias, strides: stride, pad, dimRoundingMode: 'floor' },
        ...(activation === 'relu' ? { activation } : {}),
        ...(typeof activation === 'object'
          ? { activation: 'leakyrelu' as const, leakyreluAlpha: activation.leak }
          : {}),
      });
      if (activation === 'silu') return shortcut ? siluAdd(y, shortcut) : silu(y);
      return shortcut ? tf.add(y, shortcut) : y;
    });

/** Operations of tfjs alone. */
export const STOCK_CONVOLVE: Convolve = convolveByTfjs(SILU_BY_TFJS);
