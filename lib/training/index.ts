/** Training with exact per-example clipping on any tensor backend. */
export { type Augmentation, type AugmentationRule, shifts } from './augment';
export { boxLoss } from './box-loss';
export { type Checkpoint, CheckpointStore } from './checkpoint-store';
export { type ClippedSum, clippedSum } from './clipped-sum';
export {
  type AdaptiveClip,
  adaptedClip,
  type Clipping,
  type ClippingRule,
} from './clipping';
export { type Dataset, makeDataset, narrowDataset, TrainingError, withTargets } from './dataset';
export { AVERAGING, plainLearningRate, privateLearningRate } from './defaults';
export { type DetectionGrid, detectionLoss, detectionTargets } from './detection-loss';
export { type Exam, evaluate, openExam } from './evaluate';
export type { Evaluation } from './evaluation';
export { countNoiseFor, gradientNoiseFor, jointNoiseMultiplier } from './joint-noise';
export type { Learner, LotKernel, LotSum } from './kernels/lot-kernel';
export { sceneHeadKernel } from './kernels/scene-head-choice';
export { rehearse } from './kernels/softmax';
export { softmaxIsRight } from './kernels/softmax-self-test';
export type { Forward, InputFacts, Join, Layer, Loss, Parameters, Shared } from './layer';
export { relu, sigmoid, silu, tanh } from './layers/activations';
export { type Conv2dOptions, type ConvPath, cheaperPath, conv2d } from './layers/conv2d';
export { type DenseOptions, dense } from './layers/dense';
export { flatten } from './layers/flatten';
export { type GroupNormOptions, groupNorm } from './layers/group-norm';
export { add, concat } from './layers/joins';
export { averagePool, maxPool, type PoolOptions } from './layers/pool';
export { upsample } from './layers/upsample';
export type { Padding } from './layers/window';
export { type MicroBatch, microBatches } from './lot';
export { forward, INPUT, layersOf, type Model, type ModelEntry } from './model';
export { NarrowRows } from './narrow-rows';
export { type AdamOptions, adam, momentum, type Optimizer } from './optimizer';
export type { OfEachPerson, Persons } from './persons';
export { sceneBackbone, sceneHead } from './scene-detector';
export { SCENE_FEATURE_WIDTH, SCENE_FEATURES, SCENE_GRID } from './scene-grid';
export { constant, cosine, linear, type Schedule, stepwise, warmUp } from './schedules';
export { sigmoidCrossEntropy } from './sigmoid-cross-entropy';
export { softmaxCrossEntropy } from './softmax-cross-entropy';
export { type PrivacyOptions, type StepReport, Trainer, type TrainerOptions } from './trainer';
export type { TrainerState } from './trainer-state';
export {
  logisticRegression,
  multilayerPerceptron,
  type Recipe,
  smallConvolutional,
  softmaxRegression,
} from './zoo';
