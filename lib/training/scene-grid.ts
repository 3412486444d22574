/** Sizes of the small detector of scenes, without tensors. */
import type { DetectionGrid } from './detection-loss';

export const SCENE_GRID: DetectionGrid = { side: 8, stride: 8, classes: 11 };
/** Channels of the features at each place. */
export const SCENE_FEATURES = 64;
export const SCENE_FEATURE_WIDTH = SCENE_GRID.side ** 2 * SCENE_FEATURES;
