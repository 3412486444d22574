/** A trainer for digits, private or plain, from the choices a learner made. */

import { MNIST_CLASSES } from '@/lib/data';
import type { RandomSource } from '@/lib/random';
import type { Needs } from '@/lib/runtime/experiment';
import {
  AVERAGING,
  adam,
  type Dataset,
  momentum,
  multilayerPerceptron,
  type Recipe,
  smallConvolutional,
  softmaxIsRight,
  softmaxRegression,
  Trainer,
  type TrainerOptions,
} from '@/lib/training';
import { countNoise, HIDDEN_UNITS, learningRates, type TrainChoices } from '../train-choices';

/** γ of adaptive clipping: the median, as Andrew et al. 2021 suggest. */
const QUANTILE = 0.5;

export function recipeOf({ model, features }: TrainChoices, width: number): Recipe {
  switch (model) {
    case 'softmax':
      return softmaxRegression(width, MNIST_CLASSES);
    case 'mlp':
      return multilayerPerceptron(width, HIDDEN_UNITS[features], MNIST_CLASSES);
    case 'cnn':
      return smallConvolutional(MNIST_CLASSES);
  }
}

/** A run with cryptographic noise is never repeated to the digit; a seeded one is the same on every machine. */
export const productsFor = (noise: 'cryptographic' | 'seeded'): NonNullable<TrainerOptions['products']> =>
  noise === 'cryptographic' ? 'fused' : 'separate';

export interface LearnerOptions {
  choices: TrainChoices;
  dataset: Dataset;
  expectedBatchSize: number;
  /** σ of the gradients; sets the learning rate of both twins. */
  noiseMultiplier: number;
  /** C; null trains plainly. */
  maxGradNorm: number | null;
  random: RandomSource;
  initial: RandomSource;
  products?: TrainerOptions['products'];
}

export function digitLearner(options: LearnerOptions): { trainer: Trainer; recipe: Recipe } {
  const { trainer, recipe } = digitTrainerOptions(options);
  return { trainer: new Trainer(trainer), recipe };
}

export function digitTrainerOptions(options: LearnerOptions): { trainer: TrainerOptions; recipe: Recipe } {
  const { choices, dataset, expectedBatchSize, noiseMultiplier, maxGradNorm, random, initial, products } =
    options;
  const recipe = recipeOf(choices, dataset.width);
  const rates = learningRates(choices, noiseMultiplier);
  const forCount = countNoise(choices, noiseMultiplier, expectedBatchSize);
  const trainer: TrainerOptions = {
    layers: recipe.model,
    loss: recipe.loss,
    inputShape: recipe.inputShape,
    dataset,
    expectedBatchSize,
    averaging: AVERAGING,
    optimizer: choices.optimizer === 'adam' ? (sizes) => adam(sizes) : momentum,
    learningRate: maxGradNorm === null ? rates.plain : rates.private,
    privacy:
      maxGradNorm === null
        ? null
        : {
            maxGradNorm,
            noiseMultiplier,
            clipping: choices.clipping === 'adaptive' ? 'flat' : choices.clipping,
            ...(forCount === null ? {} : { adaptive: { quantile: QUANTILE, countNoise: forCount } }),
          },
    random,
    initial,
    ...(products === undefined ? {} : { products }),
    // Deep networks keep far more a digit than a row of features.
    ...(choices.model === 'cnn' ? { physicalBatchSize: 128 } : {}),
  };
  return { trainer, recipe };
}

/** Softmax regression has a kernel of its own, where that works: then no backend need start. */
export async function needsOf(model: TrainChoices['model']): Promise<Needs> {
  return model === 'softmax' && (await softmaxIsRight()) ? 'maths' : 'tensors';
}
