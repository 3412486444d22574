/**
 * The face detector's network: Tiny-YOLOv2 with depthwise-separable convolutions, 193,321 parameters.
 *
 * One ordinary 3 × 3 convolution, five separable ones with max-pooling between, and a 1 × 1 convolution that says for
 * each cell of a grid (one cell to 32 × 32 pixels) and each of five anchor boxes where a face is and how sure it is.
 */
import * as tf from '@tensorflow/tfjs-core';
import { DetectionError } from '../detector';
import type { Activation, Convolve } from '../networks/kernels';
import type { WeightMap } from './weights';

/** Mean colour of the training pictures (RGB, 0 … 255), which the network expects to be taken off. */
export const MEAN_RGB = [117.001, 114.697, 97.404] as const;

/** Values a cell and anchor: tx, ty, tw, th and the objectness logit. */
export const VALUES_PER_ANCHOR = 5;
export const ANCHORS_PER_CELL = 5;

/** Slope of the leaky ReLU for negative values. */
const LEAK = 0.1;

const SEPARABLE = ['conv1', 'conv2', 'conv3', 'conv4', 'conv5'] as const;

interface Separable {
  depthwise: tf.Tensor4D;
  /** Nothing: only the second half of a separable convolution has a bias. */
  zeros: tf.Tensor1D;
  pointwise: tf.Tensor4D;
  bias: tf.Tensor1D;
}

/** Holds the weights on the device. `dispose` frees them. */
export class TinyFaceNetwork {
  readonly parameters: number;
  private readonly stem: { filters: tf.Tensor4D; bias: tf.Tensor1D };
  private readonly separable: readonly Separable[];
  private readonly head: { filters: tf.Tensor4D; bias: tf.Tensor1D };

  /** Uploads the weights to the active backend, for which `convolve` must have been chosen. */
  constructor(
    weights: WeightMap,
    private readonly convolve: Convolve,
  ) {
    const filter = (name: string) => {
      const { shape, values } = named(weights, name);
      return tf.tensor4d(values, shape as [number, number, number, number]);
    };
    const bias = (name: string) => tf.tensor1d(named(weights, name).values);

    this.stem = { filters: filter('conv0/filters'), bias: tf.tensor1d(biasWithMean(weights)) };
    this.separable = SEPARABLE.map((name) => ({
      depthwise: filter(`${name}/depthwise_filter`),
      zeros: tf.zeros([named(weights, `${name}/depthwise_filter`).shape[2]!]),
      pointwise: filter(`${name}/pointwise_filter`),
      bias: bias(`${name}/bias`),
    }));
    this.head = { filters: filter('conv8/filters'), bias: bias('conv8/bias') };
    this.parameters = [...weights.values()].reduce((sum, { values }) => sum + values.length, 0);
  }

  /**
   * @param pixels N × S × S × 3, RGB in [0, 1], S a multiple of 32; padding is black (0)
   * @returns N × S/32 × S/32 × 25 logits; the caller disposes of it
   */
  forward(pixels: tf.Tensor4D): tf.Tensor4D {
    return tf.tidy(() => this.layers().reduce((x, layer) => layer(x), pixels));
  }

  /**
   * The same with a pause after every layer, for backends that compute while they are called: the pause lets a Stop in.
   * @param pause rejects to give up; every tensor made on the way is then disposed of
   */
  async forwardWithPauses(pixels: tf.Tensor4D, pause: () => Promise<void>): Promise<tf.Tensor4D> {
    let x = pixels;
    for (const layer of this.layers()) {
      const next = tf.tidy(() => layer(x));
      if (x !== pixels) x.dispose();
      x = next;
      try {
        await pause();
      } catch (stopped) {
        x.dispose();
        throw stopped;
      }
    }
    return x;
  }

  private layers(): ((x: tf.Tensor4D) => tf.Tensor4D)[] {
    const { stem, separable, head } = this;
    const last = separable.length - 1;
    return [
      (x) => this.dense(x, stem.filters, stem.bias, { leak: LEAK }),
      ...separable.map(({ depthwise, zeros, pointwise, bias }, index) => (x: tf.Tensor4D) => {
        const halved = tf.maxPool(x, 2, 2, 'same');
        const perChannel = this.convolve(halved, {
          ...{ filters: depthwise, bias: zeros, depthwise: true, stride: 1, pad: 1, activation: 'linear' },
        });
        const mixed = this.dense(perChannel, pointwise, bias, { leak: LEAK });
        // After the last the grid is fine enough: pool without shrinking (padded at the bottom and right).
        return index === last ? tf.maxPool(mixed, 2, 1, 'same') : mixed;
      }),
      (x) => this.dense(x, head.filters, head.bias, 'linear'),
    ];
  }

  /** Without padding. */
  private dense(
    x: tf.Tensor4D,
    filters: tf.Tensor4D,
    bias: tf.Tensor1D,
    activation: Activation,
  ): tf.Tensor4D {
    return this.convolve(x, { filters, bias, depthwise: false, stride: 1, pad: 0, activation });
  }

  dispose(): void {
    tf.dispose([this.stem, this.separable, this.head] as unknown as tf.TensorContainer);
  }
}

/**
 * The first layer's bias with the mean colour folded in: conv(x − m) = conv(x) − Σ filter · m, exactly, because this
 * layer pads nothing. It saves a pass over the largest tensor of the network.
 */
function biasWithMean(weights: WeightMap): Float32Array {
  const { shape, values } = named(weights, 'conv0/filters');
  const outputs = shape[3]!;
  const folded = Float64Array.from(named(weights, 'conv0/bias').values);
  for (let i = 0; i < values.length; i++) {
    const channel = Math.floor(i / outputs) % 3;
    folded[i % outputs]! -= values[i]! * (MEAN_RGB[channel]! / 255);
  }
  return Float32Array.from(folded);
}

function named(weights: WeightMap, name: string) {
  const tensor = weights.get(name);
  if (!tensor)
    throw new DetectionError(
      'face-weights-malformed',
      `The face detector's weights have no tensor "${name}".`,
      'Prepare the site again: npm run prepare-assets.',
    );
  return tensor;
}
