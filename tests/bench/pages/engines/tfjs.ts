/**
 * Stock `@tensorflow/tfjs`, imported and used as its guides show: the layers API, `optimizer.minimize`, and for privacy
 * what one writes without a library for it: the gradient of one example after another, clipped and added up.
 */
import * as tf from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import type { BenchModelName } from '../bench-models';
import { countDispatches } from '../dispatches';
import { type Engine, rowsOf, type Stepper, type StepSettings, type Task } from '../engine';

const MOMENTUM = 0.9;
const { dense, conv2d, averagePooling2d, flatten } = tf.layers;

function layersOf(model: BenchModelName, inputShape: number[]): tf.Layer[] {
  switch (model) {
    case 'linear':
    case 'wide':
      return [dense({ inputShape, units: 10 })];
    case 'mlp':
      return [dense({ inputShape, units: 128, activation: 'tanh' }), dense({ units: 10 })];
    case 'cnn':
      return [
        conv2d({ inputShape, filters: 16, kernelSize: 8, strides: 2, padding: 'same', activation: 'tanh' }),
        averagePooling2d({ poolSize: 2 }),
        conv2d({ filters: 32, kernelSize: 4, activation: 'tanh' }),
        flatten(),
        dense({ units: 32, activation: 'tanh' }),
        dense({ units: 10 }),
      ];
  }
}

export async function open(task: Task, backend: string, threads: number): Promise<Engine> {
  setWasmPaths('/wasm/');
  setThreadsCount(threads);
  if (!(await tf.setBackend(backend)) || tf.getBackend() !== backend)
    throw new Error(`tfjs did not start on ${backend}`);

  async function start({ learningRate, clip }: StepSettings): Promise<Stepper> {
    const model = tf.sequential({ layers: layersOf(task.model, [...task.inputShape]) });
    tf.tidy(() =>
      model.setWeights(
        task.weights.map(({ shape, values }) => tf.tensor(Float32Array.from(values), [...shape])),
      ),
    );
    const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const optimizer = tf.train.momentum(learningRate, MOMENTUM);
    const tensorsOf = (lot: Int32Array) => {
      const [rows, labels] = rowsOf(task, lot);
      const x = tf.tensor(rows, [lot.length, ...task.inputShape]);
      return { x, y: tf.oneHot(tf.tensor1d(labels, 'int32'), 10) };
    };
    const meanLoss = (lot: Int32Array) => {
      const { x, y } = tensorsOf(lot);
      return tf.losses.softmaxCrossEntropy(y, model.apply(x) as tf.Tensor) as tf.Scalar;
    };
    const waited = async (loss: tf.Tensor) => {
      // The device has done it all when the last thing that it was asked to change can be read.
      const [[value]] = await Promise.all([loss.data(), variables.at(-1)!.data()]);
      loss.dispose();
      return value!;
    };

    const plain = (lot: Int32Array) =>
      waited(tf.tidy(() => optimizer.minimize(() => meanLoss(lot), true, variables)!));

    function oneByOne(lot: Int32Array): Promise<number> {
      let sums: tf.Tensor[] = variables.map((variable) => tf.zerosLike(variable));
      let total: tf.Tensor = tf.scalar(0);
      for (let i = 0; i < lot.length; i++) {
        const before = [total, ...sums];
        [total, ...sums] = tf.tidy((): [tf.Tensor, ...tf.Tensor[]] => {
          const { value, grads } = tf.variableGrads(() => meanLoss(lot.subarray(i, i + 1)), variables);
          const gradients = variables.map(({ name }) => grads[name]!);
          const square = gradients.map((g) => tf.sum(tf.square(g))).reduce((a, b) => tf.add(a, b));
          const factor = tf.minimum(1, tf.div(clip!, tf.sqrt(square)));
          return [tf.add(total, value), ...sums.map((sum, p) => tf.add(sum, tf.mul(gradients[p]!, factor)))];
        });
        tf.dispose(before);
      }
      const loss = tf.tidy(() => {
        optimizer.applyGradients(
          variables.map(({ name }, p) => ({ name, tensor: tf.div(sums[p]!, lot.length) })),
        );
        return tf.div(total, lot.length);
      });
      tf.dispose([total, ...sums]);
      return waited(loss);
    }

    return {
      step: clip === null ? plain : oneByOne,
      weights: () => Promise.all(variables.map((variable) => variable.data())),
      dispose: () => {
        model.dispose();
        optimizer.dispose();
      },
    };
  }

  return {
    start,
    tensors: () => tf.memory().numTensors,
    dispatches: (work) => countDispatches(backend, work),
  };
}
