/** What every training of the scene detector shares: scenes, their public features, trainers and how they are judged. */
import * as tf from '@tensorflow/tfjs-core';
import { type Mnist, makeScene, SCENE_SIDE, type Scene } from '@/lib/data';
import { writeSafetensors } from '@/lib/detection/checkpoint';
import {
  classPrecision,
  type EvaluatedPicture,
  type Reference,
  type ScoredBox,
} from '@/lib/detection/metrics';
import {
  BACKBONE_TENSORS,
  DETECTOR_TENSORS,
  decodeScene,
  oneBoxEach,
  readSceneWeights,
  SCENE_GEOMETRY,
  sceneFeatures,
  uploadWeights,
} from '@/lib/detection/scenes';
import type { RandomSource } from '@/lib/random';
import { SCENE_LOT, SCENE_PEOPLE, SCENE_SEED, SCENE_TESTS } from '@/lib/runs/accounts/scenes';
import {
  type Dataset,
  detectionLoss,
  detectionTargets,
  makeDataset,
  type OfEachPerson,
  type Persons,
  SCENE_FEATURE_WIDTH,
  SCENE_FEATURES,
  SCENE_GRID,
  sceneHead,
  sceneHeadKernel,
  Trainer,
  type TrainerOptions,
  withTargets,
} from '@/lib/training';
import { sceneLearningRate } from '@/lib/training/detection-weights';

/** Scenes whose features are computed at once: few, so that Stop is heard between two of them. */
const AT_ONCE = 12;
/** Scenes whose boxes are decoded between two breaths. */
const DECODED_AT_ONCE = 50;
/** New scenes in which the rare symbol is looked for. */
export const SYMBOL_SCENES = 32;
/** Boxes below this score do not count in an evaluation. */
export const LEAST_SCORE = 0.001;
/** Boxes below this score are not drawn. */
export const SHOWN_CONFIDENCE = 0.3;
const PIXELS = SCENE_SIDE ** 2;
const OUTPUTS = SCENE_GRID.side ** 2 * (SCENE_GRID.classes + 4);
/** Numbers a scene: what is to be found at each place. */
export const TARGETS = SCENE_GRID.side ** 2 * (SCENE_GRID.classes + 5);

/** How scenes become features. What it computes of a scene depends on that scene and on public weights alone. */
export interface Look {
  /** Scenes that are looked at between two breaths: few, so that Stop is heard. */
  readonly atOnce: number;
  /** 8 × 8 × 64 numbers a scene. */
  features(scenes: readonly Scene[]): Promise<Float32Array>;
  dispose?(): void;
}

/** With the lesson's own backbone, whose weights are read and uploaded once. */
export function backboneLook(
  backbone: Uint8Array,
): Look & { ofInk(ink: Float32Array): Promise<Float32Array> } {
  let weights: tf.Tensor[] | null = null;
  /** Features of a few pictures, given as ink. */
  async function ofInk(ink: Float32Array): Promise<Float32Array> {
    weights ??= uploadWeights(readSceneWeights(backbone, BACKBONE_TENSORS).weights);
    const own = weights;
    const found = tf.tidy(() =>
      sceneFeatures(own, tf.tensor4d(ink, [ink.length / PIXELS, SCENE_SIDE, SCENE_SIDE, 1])),
    );
    try {
      return (await found.data()) as Float32Array;
    } finally {
      found.dispose();
    }
  }
  return {
    atOnce: AT_ONCE,
    ofInk,
    features: (scenes) => ofInk(inkOf(scenes)),
    dispose() {
      tf.dispose(weights ?? []);
      weights = null;
    },
  };
}

/** Scenes to learn from and to be judged on. */
export interface PreparedScenes {
  backbone: Uint8Array;
  /** Features and targets of the private scenes. */
  people: Dataset;
  test: Scene[];
  testFeatures: Float32Array;
}

/** Those of the lesson. The first person's scene bears the rare symbol. */
export interface SymbolScenes extends PreparedScenes {
  /** The first person's scene. */
  canary: Scene;
  /** New scenes of the test digits with the rare symbol. */
  symbols: Scene[];
  symbolFeatures: Float32Array;
}

/** 1 for ink and 0 for paper, scene by scene. */
export function inkOf(scenes: readonly Scene[]): Float32Array {
  const ink = new Float32Array(scenes.length * PIXELS);
  for (const [k, { pixels }] of scenes.entries())
    for (let j = 0; j < PIXELS; j++) ink[k * PIXELS + j] = 1 - pixels[j]! / 255;
  return ink;
}

/** Features of any number of pictures, given as ink. */
export async function featuresOf(
  backbone: Uint8Array,
  ink: Float32Array,
  breathe: (done: number) => Promise<void> = async () => {},
): Promise<Float32Array> {
  const look = backboneLook(backbone);
  const count = ink.length / PIXELS;
  const features = new Float32Array(count * SCENE_FEATURE_WIDTH);
  try {
    for (let start = 0; start < count; start += AT_ONCE) {
      const end = Math.min(count, start + AT_ONCE);
      features.set(await look.ofInk(ink.slice(start * PIXELS, end * PIXELS)), start * SCENE_FEATURE_WIDTH);
      await breathe(end);
    }
  } finally {
    look.dispose?.();
  }
  return features;
}

export interface PrepareOptions {
  mnist: Mnist;
  backbone: Uint8Array;
  /** With that backbone if absent. */
  look?: Look;
  /** People; the number the lesson uses if absent. */
  size?: number;
  /** Test scenes; likewise. */
  tests?: number;
  breathe?: (done: number, total: number) => Promise<void>;
}

/** Composes all scenes and looks at each with the public backbone: what is computed of a scene depends on it alone. */
export async function prepareScenes({ look, ...options }: PrepareOptions): Promise<SymbolScenes> {
  if (look) return composeScenes({ ...options, look });
  const own = backboneLook(options.backbone);
  try {
    return await composeScenes({ ...options, look: own });
  } finally {
    own.dispose?.();
  }
}

async function composeScenes({
  mnist,
  backbone,
  look,
  size = SCENE_PEOPLE,
  tests = SCENE_TESTS,
  breathe = async () => {},
}: PrepareOptions & { look: Look }): Promise<SymbolScenes> {
  const total = size + tests;
  const ours = await lookAt(
    look,
    size,
    (i) => makeScene(mnist, 'private', SCENE_SEED, i, { canary: i === 0 }),
    (done) => breathe(done, total),
  );
  const others = await lookAt(
    look,
    tests,
    (i) => makeScene(mnist, 'test', SCENE_SEED, i),
    (done) => breathe(size + done, total),
  );
  const withSymbol = await lookAt(
    look,
    SYMBOL_SCENES,
    (i) => makeScene(mnist, 'test', SCENE_SEED, 5000 + i, { canary: true }),
    () => breathe(total, total),
  );
  return {
    backbone,
    people: sceneDataset(ours.scenes, ours.features),
    canary: ours.scenes[0]!,
    test: others.scenes,
    testFeatures: others.features,
    symbols: withSymbol.scenes,
    symbolFeatures: withSymbol.features,
  };
}

/**
 * Makes scenes, a few at a time, and looks at each.
 * @param breathe called with the number done; what it throws ends the work
 */
export async function lookAt(
  look: Look,
  count: number,
  make: (i: number) => Scene,
  breathe: (done: number) => Promise<void> = async () => {},
): Promise<{ scenes: Scene[]; features: Float32Array }> {
  const scenes: Scene[] = [];
  const features = new Float32Array(count * SCENE_FEATURE_WIDTH);
  for (let start = 0; start < count; start += look.atOnce) {
    const part = Array.from({ length: Math.min(look.atOnce, count - start) }, (_, i) => make(start + i));
    features.set(await look.features(part), start * SCENE_FEATURE_WIDTH);
    scenes.push(...part);
    await breathe(scenes.length);
  }
  return { scenes, features };
}

/** One row a scene: its features, and what is to be found at each place. */
export function sceneDataset(scenes: readonly Scene[], features: Float32Array): Dataset {
  const targets = new Float32Array(scenes.length * TARGETS);
  for (const [i, { objects }] of scenes.entries())
    detectionTargets(objects, SCENE_GRID, targets.subarray(i * TARGETS, (i + 1) * TARGETS));
  return sceneDatasetOf(features, targets);
}

/** The same where the targets are worked out. */
export function sceneDatasetOf(features: Float32Array, targets: Float32Array): Dataset {
  const { side, classes } = SCENE_GRID;
  const labels = new Uint8Array(targets.length / TARGETS);
  return withTargets(makeDataset(features, labels, SCENE_FEATURE_WIDTH, 1), targets, [
    side,
    side,
    classes + 5,
  ]);
}

/** The same for plain training. */
export const PLAIN_RATE = 0.01;

export interface HeadOptions {
  people: Dataset;
  /** Whose the scenes are, where somebody has several. */
  persons?: Persons | undefined;
  ofEachPerson?: OfEachPerson | undefined;
  /** q N; the lesson's if absent. */
  expectedBatchSize?: number;
  privacy: { noiseMultiplier: number; maxGradNorm: number } | null;
  /** η of a plain head; the lesson's if absent. */
  plainRate?: number;
  random: RandomSource;
  initial: RandomSource;
}

/** A head that learns on the features of a frozen backbone: a convolution with a window of one. */
export const headTrainer = (options: HeadOptions): Trainer => new Trainer(headOptions(options));

export const headOptions = ({
  people,
  persons,
  ofEachPerson,
  expectedBatchSize = SCENE_LOT,
  privacy,
  plainRate = PLAIN_RATE,
  random,
  initial,
}: HeadOptions): TrainerOptions => ({
  layers: [sceneHead()],
  loss: detectionLoss(SCENE_GRID),
  inputShape: [SCENE_GRID.side, SCENE_GRID.side, SCENE_FEATURES],
  dataset: people,
  persons,
  ofEachPerson,
  expectedBatchSize,
  learningRate: privacy ? sceneLearningRate(privacy.noiseMultiplier) : plainRate,
  privacy,
  random,
  initial,
  averaging: 0.95,
  // All of one person are a lot of their own: mostly few.
  physicalBatchSize: persons && ofEachPerson === 'all' ? 8 : 64,
  kernel: sceneHeadKernel(people),
});

/** Outputs of the released head for pictures whose features are given. */
export async function predictScenes(trainer: Trainer, features: Float32Array): Promise<Float32Array[]> {
  const count = features.length / SCENE_FEATURE_WIDTH;
  const input = tf.tensor4d(features, [count, SCENE_GRID.side, SCENE_GRID.side, SCENE_FEATURES]);
  try {
    const all = await trainer.predict(input);
    return Array.from({ length: count }, (_, i) => all.subarray(i * OUTPUTS, (i + 1) * OUTPUTS));
  } finally {
    input.dispose();
  }
}

/** mAP50 of a model's raw outputs on scenes. `breathe` as in `judgeBoxes`. */
export async function judge(
  outputs: readonly Float32Array[],
  scenes: readonly Scene[],
  breathe: () => Promise<void> = async () => {},
): Promise<number> {
  const pictures: EvaluatedPicture[] = [];
  for (const [i, output] of outputs.entries()) {
    pictures.push({
      predictions: decodeScene(output, SCENE_GEOMETRY, LEAST_SCORE),
      groundTruth: scenes[i]!.objects,
    });
    if (i % DECODED_AT_ONCE === DECODED_AT_ONCE - 1) await breathe();
  }
  return judgeBoxes(pictures, breathe);
}

/**
 * mAP50 on scenes, by COCO's rules. Class by class, which changes nothing in the mean and lets messages in between.
 * @param breathe called several times; what it throws ends the work
 */
export async function judgeBoxes(
  pictures: readonly EvaluatedPicture[],
  breathe: () => Promise<void> = async () => {},
): Promise<number> {
  let sum = 0;
  let classes = 0;
  for (const [classId, own] of byClass(pictures).entries()) {
    const precision = classPrecision(own, classId);
    await breathe();
    if (precision === null) continue;
    sum += precision;
    classes++;
  }
  return classes === 0 ? 0 : sum / classes;
}

/** The same pictures for each class, with boxes of that class alone. */
function byClass(pictures: readonly EvaluatedPicture[]): EvaluatedPicture[][] {
  const classes = Array.from({ length: SCENE_GRID.classes }, () =>
    pictures.map(() => ({ predictions: [] as ScoredBox[], groundTruth: [] as Reference[] })),
  );
  for (const [i, { predictions, groundTruth }] of pictures.entries()) {
    for (const box of predictions) classes[box.classId]?.[i]?.predictions.push(box);
    for (const object of groundTruth) classes[object.classId]?.[i]?.groundTruth.push(object);
  }
  return classes;
}

/** Boxes to be shown: one a thing. */
export const boxesIn = (output: Float32Array, confidence: number): ScoredBox[] =>
  oneBoxEach(decodeScene(output, SCENE_GEOMETRY, confidence));

/** The whole detector as one file: the public backbone and a trained head, and how it came to be. */
export function detectorFile(
  backbone: Uint8Array,
  head: readonly Float64Array[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const { weights } = readSceneWeights(backbone, BACKBONE_TENSORS);
  const own = DETECTOR_TENSORS.slice(-2).map(({ name, shape }, i) => ({ name, shape, values: head[i]! }));
  return writeSafetensors([...weights, ...own], { metadata });
}
