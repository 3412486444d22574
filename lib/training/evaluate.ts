/** How well a classifier does on examples it has not seen. */
import * as tf from '@tensorflow/tfjs-core';
import { type Dataset, rowsOf } from './dataset';
import type { Evaluation } from './evaluation';
import { fusedFor, perceptronFor } from './kernels/choose';
import type { Trainer } from './trainer';
import type { Recipe } from './zoo';

/** Examples that models are tried on again and again. */
export interface Exam {
  /** One evaluation a trainer. */
  of(trainers: readonly Trainer[]): Promise<Evaluation[]>;
  dispose(): void;
}

/** By a kernel of our own where the model is of its form, else by tensors on the backend in use. */
export async function openExam({ model, loss, inputShape }: Recipe, dataset: Dataset): Promise<Exam> {
  const fused = await fusedFor({ layers: model, loss, dataset });
  if (fused)
    return { of: async (trainers) => fused.evaluate(trainers.map(({ released }) => released)), dispose() {} };
  const perceptron = await perceptronFor({ layers: model, loss, dataset });
  if (perceptron)
    return { of: (trainers) => perceptron.evaluate(trainers.map(({ released }) => released)), dispose() {} };
  const inputs = tf.tensor(rowsOf(dataset), [dataset.size, ...inputShape]);
  const of = async (trainers: readonly Trainer[]) => {
    const evaluations: Evaluation[] = [];
    for (const trainer of trainers) evaluations.push(await evaluate(trainer, inputs, dataset.labels));
    return evaluations;
  };
  return { of, dispose: () => inputs.dispose() };
}

/** Outputs are logits: one a class, or a single one for two classes.
 * @param inputs n × …, kept on the device between calls */
export async function evaluate(
  trainer: Trainer,
  inputs: tf.Tensor,
  labels: ArrayLike<number>,
): Promise<Evaluation> {
  const outputs = await trainer.predict(inputs);
  const size = labels.length;
  const classes = outputs.length / size;
  const guesses = new Uint8Array(size);
  let right = 0;
  let loss = 0;
  for (let i = 0; i < size; i++) {
    const row = outputs.subarray(i * classes, (i + 1) * classes);
    if (classes === 1) {
      // One logit: class 1 where it is positive. −log σ(±z), in the form that does not overflow.
      const z = row[0]!;
      guesses[i] = z > 0 ? 1 : 0;
      if (guesses[i] === labels[i]) right++;
      loss += Math.max(z, 0) - z * labels[i]! + Math.log1p(Math.exp(-Math.abs(z)));
      continue;
    }
    let best = 0;
    for (let c = 1; c < classes; c++) if (row[c]! > row[best]!) best = c;
    guesses[i] = best;
    if (best === labels[i]) right++;
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp(row[c]! - row[best]!);
    loss += Math.log(sum) + row[best]! - row[labels[i]!]!;
  }
  return { accuracy: right / size, loss: loss / size, guesses };
}
