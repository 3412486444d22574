/**
 * What can be chosen about a training run on digits, and what follows from each choice: how it is called, its learning rates, what
 * it costs beside the gradients, and how long it may take. Without tensors, so that pages may import it.
 */
import { countNoiseFor, jointNoiseMultiplier } from '@/lib/training/joint-noise';
import type { TrainChoices } from './experiments/train-choices-schema';

export type { TrainChoices };

/** Which training digits take part. A part of them is chosen by a public rule: every eighth. */
export const PEOPLE = { all: 60_000, eighth: 7500 } as const;
export type People = keyof typeof PEOPLE;

export const FEATURE_WORDS: Record<TrainChoices['features'], string> = {
  gradients: 'oriented gradients',
  gabor: 'wide Gabor features',
  pixels: 'raw pixels',
};
export const MODEL_WORDS: Record<TrainChoices['model'], string> = {
  softmax: 'softmax regression',
  mlp: 'perceptron',
  cnn: 'small convolutional network',
};

/** Of the perceptron's hidden layer: good features need few. */
export const HIDDEN_UNITS: Record<TrainChoices['features'], number> = {
  pixels: 128,
  gradients: 32,
  gabor: 32,
};

/** "softmax regression on oriented gradients" */
export function modelInWords({ model, features }: TrainChoices): string {
  return model === 'cnn' ? MODEL_WORDS.cnn : `${MODEL_WORDS[model]} on ${FEATURE_WORDS[features]}`;
}

export function optimizerInWords({ optimizer }: TrainChoices): string {
  return optimizer === 'adam' ? 'DP-Adam' : 'DP-SGD with momentum';
}

/**
 * Suggested rates at σ = 1 and below, and for the plain twin: of three or four rates, each some three times the one before, the one
 * that read the test digits best at ε 0.5, 2 and 8 (one seed, lots of 2,048, 200 steps). For the convolutional network, and for raw
 * pixels with momentum, fewer were tried; a perceptron on Gabor features takes DP-Adam's rate from oriented gradients.
 */
interface Rates {
  /** η of the C-normalised private step is `private` / σ, but at most `most`. */
  private: number;
  most: number;
  plain: number;
}

function suggested({ model, features, optimizer }: TrainChoices): Rates {
  if (optimizer === 'adam') {
    const rate =
      model === 'softmax' ? (features === 'pixels' ? 0.03 : 0.1) : features === 'pixels' ? 0.01 : 0.03;
    return { private: rate, most: rate, plain: rate };
  }
  if (model === 'cnn') return { private: 1.2, most: 1.2, plain: 0.3 };
  if (features === 'pixels') return { private: 3, most: 3, plain: 0.3 };
  if (model === 'mlp') return { private: 4, most: 6, plain: 0.5 };
  // Measured between σ 0.6 and 10 (see lib/training/defaults.ts). On wide features half of it and up to twice as much read the
  // same, within 0.2 %, at ε 0.5, 2, 3 and 8 (one seed).
  return { private: 9, most: 16, plain: 4 };
}

export interface LearningRates {
  /** Multiplies the noisy sum divided by q N C. */
  private: number;
  /** Multiplies the mean gradient. */
  plain: number;
}

/** @param noiseMultiplier σ: more noise wants smaller steps */
export function learningRates(choices: TrainChoices, noiseMultiplier: number): LearningRates {
  const rates = suggested(choices);
  const byNoise =
    choices.optimizer === 'adam' ? rates.private : rates.private / Math.max(noiseMultiplier, 1e-9);
  // Tried with softmax regression on oriented gradients: under automatic clipping twice the rate reads most, at every ε.
  const longer = choices.clipping === 'automatic' && choices.optimizer !== 'adam' ? 2 : 1;
  return {
    private: Math.min(rates.most, byNoise) * choices.rateScale * longer,
    plain: rates.plain * choices.rateScale,
  };
}

/** σ_b of the count that adaptive clipping releases beside each sum; null for the other rules. */
export function countNoise(
  { clipping }: Pick<TrainChoices, 'clipping'>,
  noiseMultiplier: number,
  expectedBatchSize: number,
): number | null {
  return clipping === 'adaptive' ? countNoiseFor(expectedBatchSize, noiseMultiplier) : null;
}

/** σ of everything that one step releases: what the accountant is told. */
export function chargedNoise(
  choices: Pick<TrainChoices, 'clipping'>,
  noiseMultiplier: number,
  expectedBatchSize: number,
): number {
  const count = countNoise(choices, noiseMultiplier, expectedBatchSize);
  return count === null ? noiseMultiplier : jointNoiseMultiplier(noiseMultiplier, count);
}

/** Said before a run that is no matter of seconds; null where it is. */
export function patience(
  { model, features, people }: TrainChoices,
  { steps, expectedBatchSize }: { steps: number; expectedBatchSize: number },
): string | null {
  const examples = steps * expectedBatchSize;
  if (model === 'cnn') {
    // Both models; 0.5 to 1.5 ms an example on one WASM thread.
    const minutes = (examples * 1.5) / 1000 / 60;
    return `Deep and slow: ${examples.toLocaleString('en')} digits pass through two convolutional networks. Without a GPU that may take ${minutes < 1.5 ? 'a minute or more' : `${Math.ceil(minutes)} minutes or more`}. Stop ends the run for good; after a reload or a crash it can be continued from its last checkpoint.`;
  }
  if (features === 'gabor')
    return `The wide features are computed first, the first time${people === 'all' ? ': some five seconds, and some 130 MB of memory' : ''}.`;
  return null;
}
