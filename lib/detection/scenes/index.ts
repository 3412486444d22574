/** The small detector that learners train: features, decoding, and trained files. */
export { decodeScene, oneBoxEach, type SceneGeometry, sceneCandidates } from './decode';
export { loadSceneDetector } from './detector';
export { sceneInk } from './ink';
export { sceneFeatures, uploadWeights } from './network';
export {
  BACKBONE_TENSORS,
  DETECTOR_TENSORS,
  type NamedWeights,
  readSceneWeights,
  SCENE_BACKBONE_FILE,
  SCENE_GEOMETRY,
  SCENE_INPUT,
} from './weights';
