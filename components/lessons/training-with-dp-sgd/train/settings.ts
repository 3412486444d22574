/** What the sliders say as the experiment calls it, and back again: two functions, each the other's inverse. */
import type { TrainMnistParams } from '../experiments/train-mnist';
import type { TrainValues } from './parameters';

/** ε is not among them: it follows from σ and the rest. */
export const paramsOf = ({
  epsilon: _,
  trainFeatures: features,
  trainModel: model,
  trainOptimizer: optimizer,
  clippingRule: clipping,
  ...same
}: TrainValues): TrainMnistParams => ({ people: 'all', features, model, optimizer, clipping, ...same });

/** In the order in which to set them: the model before its features, and σ last, so that ε follows it. */
export const valuesOf = ({
  people: _,
  features: trainFeatures,
  model: trainModel,
  optimizer: trainOptimizer,
  clipping: clippingRule,
  noiseMultiplier,
  ...same
}: TrainMnistParams): Omit<TrainValues, 'epsilon'> => ({
  trainModel,
  trainFeatures,
  trainOptimizer,
  clippingRule,
  ...same,
  noiseMultiplier,
});
