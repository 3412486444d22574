/** What there is without this library: tf.grads, and with clipping a loop over examples. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { SeededRandom } from '@/lib/random';
import { clippedSum, type Dataset, layersOf, microBatches } from '@/lib/training';
import type { BenchModel } from './bench-models';
import { NAIVE_EXAMPLES } from './naive-examples';

const LEARNING_RATE = 0.01;

/** One list a layer. */
export function startingWeights({ recipe }: BenchModel): tf.Tensor[][] {
  const random = new SeededRandom(3);
  return layersOf(recipe.model).map((layer) =>
    layer
      .initialise(random)
      .map((values, p) => tf.tensor(Float32Array.from(values), [...layer.parameterShapes[p]!])),
  );
}

/** Plain SGD with momentum by tf.grads, weights and velocities kept on the device. */
export class StockModel {
  private readonly weights: tf.Variable[];
  private readonly velocities: tf.Variable[];
  private readonly everybody: Int32Array;

  constructor(
    private readonly model: BenchModel,
    private readonly dataset: Dataset,
  ) {
    this.everybody = Int32Array.from({ length: dataset.size }, (_, i) => i);
    this.weights = startingWeights(model)
      .flat()
      .map((w) => tf.variable(w));
    this.velocities = this.weights.map((w) => tf.variable(tf.zerosLike(w)));
  }

  async step(): Promise<void> {
    const { model, dataset, weights, velocities } = this;
    const { size } = dataset;
    // A lot is put together row by row, as every loop over a data set must; ours does it too.
    const { inputs, labels } = microBatches(dataset, this.everybody, size).next().value!;
    tf.tidy(() => {
      const x = tf.tensor(inputs, [size, ...model.recipe.inputShape]);
      const y = tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), 10), 'float32');
      const gradients = tf.grads((...w: tf.Tensor[]) => meanLoss(model, x, y, w))(weights);
      for (const [i, gradient] of gradients.entries()) {
        const velocity = velocities[i]!;
        velocity.assign(tf.add(tf.mul(velocity, 0.9), gradient));
        const weight = weights[i]!;
        weight.assign(tf.sub(weight, tf.mul(velocity, LEARNING_RATE)));
      }
    });
    // Wait until the device has done it all.
    await weights.at(-1)!.data();
  }
}

function meanLoss(model: BenchModel, x: tf.Tensor, y: tf.Tensor, w: readonly tf.Tensor[]): tf.Scalar {
  const logits = model.stock(x, w);
  return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), y), 1)));
}

/** Clips the gradient of one example after another. Returns a step whose time stands for the whole batch. */
export function naiveStep(model: BenchModel, dataset: Dataset): () => Promise<void> {
  const { model: layers, loss, inputShape } = model.recipe;
  const parameters = startingWeights(model);
  const weights = parameters.flat();
  const { width } = dataset;
  const oneByOne = (index: number): tf.Tensor[] => {
    const x = tf.tensor(dataset.features.subarray(index * width, (index + 1) * width), [
      1,
      ...model.recipe.inputShape,
    ]);
    const y = tf.cast(tf.oneHot(tf.tensor1d([dataset.labels[index]!], 'int32'), 10), 'float32');
    const gradients = tf.grads((...w: tf.Tensor[]) => meanLoss(model, x, y, w))(weights);
    const square = gradients.map((g) => tf.sum(tf.square(g))).reduce((a, b) => tf.add(a, b));
    const factor = tf.minimum(1, tf.div(1, tf.sqrt(square)));
    return gradients.map((g) => tf.mul(g, factor));
  };
  const ours = (index: number): tf.Tensor[] => {
    const batch = microBatches(dataset, Int32Array.of(index), 1).next().value!;
    return clippedSum(layers, loss, parameters, batch, inputShape, 1).sums;
  };
  // Where a backend lacks the kernels of tf.grads, the loop is over our own gradient of one example.
  let one = oneByOne;
  try {
    tf.tidy(() => oneByOne(0));
  } catch {
    one = ours;
  }
  const examples = Math.min(NAIVE_EXAMPLES, dataset.size);
  return async () => {
    let sums: tf.Tensor[] = tf.tidy(() => one(0));
    for (let i = 1; i < examples; i++) {
      const before = sums;
      sums = tf.tidy(() => {
        const parts = one(i);
        return before.map((sum, p) => tf.add(sum, parts[p]!));
      });
      tf.dispose(before);
    }
    await sums.at(-1)!.data();
    tf.dispose(sums);
  };
}
