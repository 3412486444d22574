/** YOLO networks on tfjs. Needs a tensor backend; what a file is can be told without (`describeCheckpoint`). */
export {
  anchors,
  DEFAULT_IOU,
  decodeDetections,
  MAX_DETECTIONS,
  type Selection,
  type SquareDetection,
} from './decode';
export { type CheckpointDescription, describe, describeCheckpoint, planNetwork } from './describe';
export {
  DEFAULT_INPUT_SIZE,
  LARGEST_INPUT_SIZE,
  type LoadYoloOptions,
  loadYolo,
  SMALLEST_INPUT_SIZE,
  YoloDetector,
} from './detector';
export { chosenConvolve, type Kernels, kernels, STOCK_CONVOLVE, stock } from './kernels';
export { type LayerTap, type RawPredictions, YoloNetwork } from './network';
export { convolutions, type NetworkPlan } from './plan';
