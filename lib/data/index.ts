export {
  BREAST_CANCER_PATH,
  BREAST_CANCER_SHA256,
  loadBreastCancer,
  parseBreastCancer,
  scaleBreastCancer,
  type Tumours,
} from './breast-cancer';
export { BREAST_CANCER_BOUNDS, BREAST_CANCER_FEATURES, BREAST_CANCER_WIDTH } from './breast-cancer-bounds';
export { type ClassNames, readNameList, readYamlNames } from './class-names';
export { EMOJI_COUNT, EMOJI_PATH, type Emoji, type EmojiFile, loadEmoji, WORD_COUNT } from './emoji';
export { type ExtractOptions, extractAll, FEATURE_LENGTH, type FeatureExtractor } from './features';
export { DataError, type LoadOptions } from './files';
export { GABOR_WIDTH, GaborFeatures, gaborFeatures } from './gabor';
export { keepRows, type RowsKey, readRows } from './kept-rows';
export {
  type Digits,
  loadMnist,
  loadMnistShard,
  MNIST_CLASSES,
  MNIST_SHA256,
  MNIST_SIDE,
  type Mnist,
  type MnistFiles,
  type MnistManifest,
  type MnistPart,
  openMnist,
} from './mnist';
export { ORIENTED_GRADIENT_WIDTH, OrientedGradients, orientedGradients } from './oriented-gradients';
export {
  CANARY_CLASS,
  digitRange,
  makeScene,
  PUBLIC_DIGITS_FROM,
  SCENE_SIDE,
  type Scene,
  type SceneObject,
  type SceneOptions,
  type SceneSplit,
} from './scenes';
export { kFold, type Split, trainTestSplit } from './split';
export { similarityOf, structuralSimilarity, type Windows, windowsOf } from './ssim';
export {
  checkTableSize,
  looksHeaderless,
  parseTable,
  readTable,
  TABLE_LIMITS,
  type Table,
  type TableForm,
  valueInSight,
  valuesOfColumn,
} from './table';
