/** Runs a plan on tfjs. Layout is NHWC, batch 1, throughout. */
import * as tf from '@tensorflow/tfjs-core';
import type { Checkpoint } from '../checkpoint';
import { type FoldedConvolution, foldConvolution, selectOutputs } from './fold';
import type { Kernels } from './kernels';
import type { Attention, AttentionBlock, Block, Convolution, NetworkPlan, SplitChain } from './plan';

/** What the head says before decoding. A = (S/8)² + (S/16)² + (S/32)² positions, finest scale first, row by row. */
export interface RawPredictions extends tf.NamedTensorMap {
  /** A × (4 · regMax): left, top, right, bottom, each a distance in cells or a distribution over distances. */
  readonly boxes: tf.Tensor2D;
  /** A × classes, before the sigmoid. */
  readonly logits: tf.Tensor2D;
}

/** Called with each layer's result, which is only borrowed. For reference checks. */
export type LayerTap = (index: number, output: tf.Tensor4D) => void;

/** A block with its weights on the device. Takes a tensor it does not own, gives one that the caller owns. */
type Run = (x: tf.Tensor4D) => tf.Tensor4D;
/** The same, adding another tensor to its result. */
type RunWithShortcut = (x: tf.Tensor4D, shortcut?: tf.Tensor4D) => tf.Tensor4D;

export class YoloNetwork {
  /** Values on the device: batch norm folded, only the head that is used. */
  readonly parameters: number;
  private readonly weights: tf.Tensor[] = [];
  private readonly layers: readonly ((x: readonly tf.Tensor4D[]) => tf.Tensor4D)[];
  private readonly head: readonly { from: number; box: Run; classes: Run }[];
  /** The layer after which each layer's result is no longer needed. */
  private readonly lastUse: readonly number[];

  /** Uploads the weights to the active backend, for which `kernels` must have been made. */
  constructor(
    readonly plan: NetworkPlan,
    private readonly checkpoint: Checkpoint,
    private readonly kernels: Kernels,
  ) {
    try {
      this.layers = plan.layers.map(({ block }) => this.layer(block));
      this.head = plan.head.levels.map(({ from, box, classes }) => ({
        from,
        box: this.chain(box),
        classes: this.chain(classes),
      }));
    } catch (error) {
      this.dispose();
      throw error;
    }
    this.parameters = this.weights.reduce((sum, { size }) => sum + size, 0);
    const lastUse = plan.layers.map((_, index) => index);
    for (const [index, { from }] of plan.layers.entries())
      for (const source of from) if (source >= 0) lastUse[source] = index;
    for (const { from } of plan.head.levels) lastUse[from] = plan.layers.length;
    this.lastUse = lastUse;
  }

  /**
   * @param pixels 1 × S × S × 3, RGB in [0, 1], S a multiple of 32
   * @returns tensors that the caller disposes of
   */
  forward(pixels: tf.Tensor4D, tap?: LayerTap): RawPredictions {
    const results: tf.Tensor4D[] = [];
    const boxes: tf.Tensor2D[] = [];
    const logits: tf.Tensor2D[] = [];
    return tf.tidy(() => {
      for (const [index, run] of this.layers.entries()) {
        const { from } = this.plan.layers[index]!;
        const output = run(from.map((source) => (source < 0 ? pixels : results[source]!)));
        tap?.(index, output);
        results.push(output);
        // Freed as soon as possible: at 640 pixels all results together would take some 100 MB.
        for (const source of new Set(from))
          if (source >= 0 && this.lastUse[source] === index) results[source]!.dispose();
      }
      for (const { from, box, classes } of this.head) {
        const input = results[from]!;
        boxes.push(flatten(box(input)));
        logits.push(flatten(classes(input)));
      }
      return { boxes: tf.concat(boxes, 0), logits: tf.concat(logits, 0) };
    });
  }

  dispose(): void {
    tf.dispose(this.weights);
    this.weights.length = 0;
  }

  private layer(block: Block): (inputs: readonly tf.Tensor4D[]) => tf.Tensor4D {
    if (block.kind === 'concat') return (inputs) => this.kernels.concat(inputs);
    const run = this.block(block);
    return ([x]) => tf.tidy(() => run(x!));
  }

  private block(block: Block): Run {
    const { kernels } = this;
    switch (block.kind) {
      case 'conv':
        return this.convolution(block);
      case 'sequence':
        return sequence(block.blocks.map((inner) => this.block(inner)));
      case 'bottleneck': {
        const cv1 = this.convolution(block.cv1);
        if (!block.shortcut) return sequence([cv1, this.convolution(block.cv2)]);
        const cv2 = this.apply(block.cv2, foldConvolution(block.cv2, this.checkpoint));
        return (x) => cv2(cv1(x), x);
      }
      case 'split-chain':
        return this.splitChain(block);
      case 'c3k': {
        const [cv1, cv2, cv3] = [block.cv1, block.cv2, block.cv3].map((conv) => this.convolution(conv));
        const inner = sequence(block.inner.map((part) => this.block(part)));
        return (x) => cv3!(kernels.concat([inner(cv1!(x)), cv2!(x)]));
      }
      case 'sppf': {
        const cv1 = this.convolution(block.cv1);
        const cv2 = this.convolution(block.cv2);
        return (x) => {
          const stages = [cv1(x)];
          for (let i = 0; i < block.pools; i++)
            stages.push(tf.maxPool(stages.at(-1)!, block.pool, 1, 'same'));
          return cv2(kernels.concat(stages), block.shortcut ? x : undefined);
        };
      }
      case 'c2psa': {
        const [first, second] = this.halves(block.cv1);
        const inner = sequence(block.inner.map((part) => this.block(part)));
        const cv2 = this.convolution(block.cv2);
        return (x) => cv2(kernels.concat([first(x), inner(second(x))]));
      }
      case 'psa':
        return this.attentionBlock(block);
      case 'upsample':
        return (x) => tf.image.resizeNearestNeighbor(x, [2 * x.shape[1], 2 * x.shape[2]]);
      case 'concat':
        throw new Error('concat takes several inputs');
    }
  }

  private splitChain(block: SplitChain): Run {
    const [first, second] = this.halves(block.cv1);
    const inner = block.inner.map((part) => this.block(part));
    const cv2 = this.convolution(block.cv2);
    return (x) => {
      const parts = [first(x), second(x)];
      for (const run of inner) parts.push(run(parts.at(-1)!));
      return cv2(this.kernels.concat(parts));
    };
  }

  private attentionBlock({ attention, expand, project, shortcut }: AttentionBlock): Run {
    const attend = this.attention(attention);
    const [widen, narrow] = [this.convolution(expand), this.convolution(project)];
    return (x) => {
      const y = attend(x, shortcut ? x : undefined);
      return narrow(widen(y), shortcut ? y : undefined);
    };
  }

  /** Softmax attention (Vaswani et al. 2017, section 3.2) over all N = H · W positions, head by head. */
  private attention({ heads, keyDim, headDim, scale, qkv, position, project }: Attention): RunWithShortcut {
    // The channels are grouped by head as [q | k | v]. Apart they need no slicing later, and q takes the scale along.
    const folded = foldConvolution(qkv, this.checkpoint);
    const stride = 2 * keyDim + headDim;
    const channels = (head: number, start: number, count: number) =>
      Array.from({ length: count }, (_, i) => head * stride + start + i);
    const one = (selected: FoldedConvolution) =>
      this.apply({ ...qkv, outputs: selected.bias.length }, selected);
    const each = Array.from({ length: heads }, (_, head) => head);
    const queries = each.map((head) => one(scaled(selectOutputs(folded, channels(head, 0, keyDim)), scale)));
    const keys = each.map((head) => one(selectOutputs(folded, channels(head, keyDim, keyDim))));
    const values = one(
      selectOutputs(
        folded,
        each.flatMap((head) => channels(head, 2 * keyDim, headDim)),
      ),
    );
    const encode = this.convolution(position);
    const combine = this.convolution(project);
    return (x, shortcut) => {
      const [, height, width] = x.shape;
      const v = values(x);
      const perHead = heads === 1 ? [v] : tf.split<tf.Tensor4D>(v, heads, 3);
      const attended = perHead.map((own, head) => {
        const scores = tf.matMul(flatten(queries[head]!(x)), tf.transpose(flatten(keys[head]!(x))));
        const mixed = tf.matMul(tf.softmax(scores), flatten(own));
        return tf.reshape(mixed, [1, height, width, headDim]) as tf.Tensor4D;
      });
      const joined = heads === 1 ? attended[0]! : this.kernels.concat(attended);
      return combine(encode(v, joined), shortcut);
    };
  }

  private chain(convolutions: readonly Convolution[]): Run {
    return sequence(convolutions.map((conv) => this.convolution(conv)));
  }

  /** Both halves of a convolution's channels as two convolutions: cheaper than one and two slices. */
  private halves(conv: Convolution): [Run, Run] {
    const folded = foldConvolution(conv, this.checkpoint);
    const half = conv.outputs / 2;
    const part = (start: number) => {
      const channels = Array.from({ length: half }, (_, i) => start + i);
      return this.apply({ ...conv, outputs: half }, selectOutputs(folded, channels));
    };
    return [part(0), part(half)];
  }

  private convolution(conv: Convolution): RunWithShortcut {
    return this.apply(conv, foldConvolution(conv, this.checkpoint));
  }

  /** The convolution with its bias and activation. */
  private apply(conv: Convolution, { filter, bias }: FoldedConvolution): RunWithShortcut {
    const { kernel, inputs, outputs, depthwise, stride, activation } = conv;
    const filters = depthwise
      ? tf.tensor4d(filter, [kernel, kernel, outputs, 1])
      : tf.tensor4d(filter, [kernel, kernel, inputs, outputs]);
    const biases = tf.tensor1d(bias);
    this.weights.push(filters, biases);
    const whole = { filters, bias: biases, depthwise, stride, pad: (kernel - 1) / 2, activation };
    return (x, shortcut) => this.kernels.convolve(x, whole, shortcut);
  }
}

function sequence(runs: readonly Run[]): Run {
  return (x) => runs.reduce((y, run) => run(y), x);
}

/** 1 × H × W × C to H·W × C: the same values, no work. */
function flatten(x: tf.Tensor4D): tf.Tensor2D {
  return tf.reshape(x, [x.shape[1] * x.shape[2], x.shape[3]]);
}

function scaled({ filter, bias }: FoldedConvolution, factor: number): FoldedConvolution {
  return { filter: filter.map((value) => value * factor), bias: bias.map((value) => value * factor) };
}
