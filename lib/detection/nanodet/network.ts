/**
 * NanoDet-g (RangiLyu/nanodet, configuration `nanodet-g`): 3.8 million weights, one stage, no anchor boxes. A CSPNet backbone
 * halves the picture five times; the neck mixes its last three scales downwards and upwards; for each cell of each scale a
 * head says how much of which of 80 classes is there, and how far its box reaches to the left, top, right and bottom.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Kernels } from '../networks/kernels';
import { CONVOLUTIONS, STRIDES, VALUES_PER_CELL } from './layers';
import type { NanoDetWeights } from './weights';

/** Slope of the leaky ReLU for negative values. */
const LEAK = 0.1;

/** Called with each result by its name in the references (`conv0`, `pool`, `stage1`, `pan4`, `out3` …), which is only borrowed. */
export type NanoDetTap = (name: string, output: tf.Tensor4D) => void;

/** Results of one pass, freed all at once whatever happens. */
class Results {
  private readonly all: tf.Tensor[] = [];
  add<T extends tf.Tensor>(made: T): T {
    this.all.push(made);
    return made;
  }
  dispose(): void {
    tf.dispose(this.all);
  }
}

/** Holds the weights on the device. `dispose` frees them. */
export class NanoDetNetwork {
  readonly parameters: number;
  private readonly filters: readonly tf.Tensor4D[];
  private readonly biases: readonly tf.Tensor1D[];

  /** Uploads the weights to the active backend, for which `kernels` must have been made. */
  constructor(
    weights: NanoDetWeights,
    private readonly kernels: Kernels,
  ) {
    this.filters = CONVOLUTIONS.map(({ name, kernel, inputs, outputs }) =>
      tf.tensor4d(weights.get(name)!.filter, [kernel, kernel, inputs, outputs]),
    );
    this.biases = CONVOLUTIONS.map(({ name }) => tf.tensor1d(weights.get(name)!.bias));
    this.parameters = [...this.filters, ...this.biases].reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * @param pixels 1 × S × S × 3 as `networkPixels` makes them, S a multiple of 32
   * @returns A × 124 with A = (S/8)² + (S/16)² + (S/32)² cells, finest scale first, row by row; the caller disposes of it
   */
  forward(pixels: tf.Tensor4D, tap?: NanoDetTap): tf.Tensor2D {
    const steps = this.steps(pixels, tap);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  /**
   * The same with a pause after every convolution, for backends that compute while they are called: the pause lets a Stop in.
   * @param pause rejects to give up; every tensor made on the way is then disposed of
   */
  async forwardWithPauses(pixels: tf.Tensor4D, pause: () => Promise<void>): Promise<tf.Tensor2D> {
    const steps = this.steps(pixels);
    try {
      for (;;) {
        const { done, value } = steps.next();
        if (done) return value;
        await pause();
      }
    } finally {
      steps.return(undefined as never);
    }
  }

  /** The pass itself; whoever runs it may rest, or give up, between two convolutions. */
  private *steps(pixels: tf.Tensor4D, tap?: NanoDetTap): Generator<void, tf.Tensor2D> {
    const results = new Results();
    const told = (name: string, made: tf.Tensor4D) => {
      results.add(made);
      tap?.(name, made);
      return made;
    };
    function* conv(this: NanoDetNetwork, i: number, x: tf.Tensor4D): Generator<void, tf.Tensor4D> {
      const made = told(CONVOLUTIONS[i]!.name, this.convolve(i, x));
      yield;
      return made;
    }
    const run = conv.bind(this);
    const joined = (a: tf.Tensor4D, b: tf.Tensor4D) => results.add(this.kernels.concat([a, b]));
    /** A stage of the backbone from convolution `first` on: half of it passes `pairs` more pairs by. */
    function* stage(
      name: string,
      x: tf.Tensor4D,
      first: number,
      pairs: number,
    ): Generator<void, tf.Tensor4D> {
      const entry = yield* run(first, x);
      let z = entry;
      for (let pair = 0; pair < pairs; pair++) {
        const b = yield* run(first + 2 * pair + 1, z);
        const c = yield* run(first + 2 * pair + 2, b);
        z = joined(c, b);
      }
      const out = joined(yield* run(first + 2 * pairs + 1, z), entry);
      tap?.(name, out);
      return out;
    }
    const sum = (name: string, x: tf.Tensor4D, other: tf.Tensor4D) => told(name, addResized(x, other));

    try {
      // A number pads all four sides alike, with nothing that could be the largest.
      const pooled = told('pool', tf.maxPool(yield* run(0, pixels), 3, 2, 1, 'floor'));
      const c2 = yield* stage('stage1', pooled, 1, 1);
      const c3 = yield* stage('stage2', c2, 5, 2);
      const c4 = yield* stage('stage3', c3, 11, 2);
      const c5 = yield* stage('stage4', c4, 17, 3);

      const l3 = yield* run(25, c3);
      const l4 = yield* run(26, c4);
      const l5 = yield* run(27, c5);
      // Downwards, what is seen from afar tells the finer scales; upwards again, what they made of it.
      const pan4 = sum('pan4', l4, l5);
      const out3 = sum('out3', l3, pan4);
      const out4 = sum('out4', pan4, out3);
      const out5 = sum('out5', l5, out4);

      const heads: tf.Tensor4D[] = [];
      for (const [i, x] of [out3, out4, out5].entries()) {
        const seen = yield* run(28 + 2 * i, x);
        heads.push(yield* run(29 + 2 * i, seen));
      }
      return tf.tidy(() =>
        tf.concat(
          heads.map((head) => tf.reshape(head, [-1, VALUES_PER_CELL]) as tf.Tensor2D),
          0,
        ),
      );
    } finally {
      results.dispose();
    }
  }

  private convolve(i: number, x: tf.Tensor4D): tf.Tensor4D {
    const { kernel, stride, leaky } = CONVOLUTIONS[i]!;
    return this.kernels.convolve(x, {
      filters: this.filters[i]!,
      bias: this.biases[i]!,
      depthwise: false,
      stride,
      pad: (kernel - 1) / 2,
      activation: leaky ? { leak: LEAK } : 'linear',
    });
  }

  dispose(): void {
    tf.dispose([...this.filters, ...this.biases]);
  }
}

/** x plus the other, brought to its size bilinearly with half-pixel centres: halving takes the mean of each 2 × 2. */
const addResized = (x: tf.Tensor4D, other: tf.Tensor4D): tf.Tensor4D =>
  tf.tidy(() => tf.add(x, tf.image.resizeBilinear(other, [x.shape[1], x.shape[2]], false, true)));

/** Cells of all three scales for an input of S × S. */
export const cellCount = (size: number): number =>
  STRIDES.reduce((sum, stride) => sum + (size / stride) ** 2, 0);
