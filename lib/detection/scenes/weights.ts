/** The scene detector's file: which tensors make it, and what it says of itself. No tensors are made here. */
import { type Checkpoint, CheckpointError, readCheckpoint } from '../checkpoint';
import { DetectionError } from '../detector';
import type { CheckpointDescription } from '../networks/describe';
import type { SceneGeometry } from './decode';

/** The public backbone, on this site. `npm run pretrain-detector` makes one by the same steps. */
export const SCENE_BACKBONE_FILE = 'detector/scene-backbone.safetensors';

/** What a trained detector tells apart. */
export const SCENE_DETECTOR_CLASSES = [
  ...['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  'rare symbol',
] as const;

export const SCENE_GEOMETRY: SceneGeometry = { side: 8, stride: 8, classes: SCENE_DETECTOR_CLASSES.length };
export const SCENE_INPUT = 64;

/** Kernel shape and stride of each convolution of the backbone. */
export const CONVOLUTIONS = [
  { shape: [3, 3, 1, 16], stride: 2 },
  { shape: [3, 3, 16, 32], stride: 2 },
  { shape: [3, 3, 32, 48], stride: 2 },
  { shape: [3, 3, 48, 64], stride: 1 },
  { shape: [3, 3, 64, 64], stride: 1 },
] as const;
const HEAD = [1, 1, 64, 15] as const;

export interface NamedWeights {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const OTHER_FILE = 'Choose a file that the lesson “A privately trained detector” has saved.';

const names = (last: boolean) => [
  ...CONVOLUTIONS.flatMap(({ shape }, i) => [
    { name: `backbone.${i}.kernel`, shape: shape as readonly number[] },
    { name: `backbone.${i}.bias`, shape: [shape[3]] },
  ]),
  ...(last
    ? [
        { name: 'head.kernel', shape: HEAD as readonly number[] },
        { name: 'head.bias', shape: [HEAD[3]] },
      ]
    : []),
];

/** The names and shapes of the backbone's weights, and of backbone and head together, in the order of their layers. */
export const BACKBONE_TENSORS = names(false);
export const DETECTOR_TENSORS = names(true);

/**
 * Weights from a safetensors file.
 * @param expected what must be in it
 * @throws DetectionError `weights-unsuitable` if a tensor is missing or of another shape, or the file is no safetensors
 */
export const readSceneWeights = (bytes: Uint8Array, expected: readonly ExpectedTensor[]) =>
  sceneWeightsOf(read(bytes), expected);

interface ExpectedTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

function sceneWeightsOf(
  { tensors, notes }: Checkpoint,
  expected: readonly ExpectedTensor[],
): { weights: NamedWeights[]; notes: Readonly<Record<string, string>> } {
  const weights = expected.map(({ name, shape }) => {
    const tensor = tensors.get(name);
    if (!tensor || tensor.shape.join() !== shape.join())
      throw new DetectionError(
        'weights-unsuitable',
        `This file has no ${name} of ${shape.join(' × ')} values: it is not a detector of scenes.`,
        OTHER_FILE,
      );
    const values = tensor.read();
    if (values.some((value) => !Number.isFinite(value)))
      throw new DetectionError(
        'weights-unsuitable',
        `${name} of this file holds values that are no numbers.`,
        'Train the detector again and save it.',
      );
    return { name, shape, values };
  });
  return { weights, notes };
}

/** A broken file is explained by the reader, but what to do about it is another thing here. */
function read(bytes: Uint8Array) {
  try {
    return readCheckpoint(bytes);
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    throw new DetectionError('weights-unsuitable', error.message, OTHER_FILE);
  }
}

/** Whether a file holds backbone and head of a trained detector, by the names of its tensors alone. */
export const isSceneDetector = ({ tensors }: Checkpoint): boolean =>
  DETECTOR_TENSORS.every(({ name }) => tensors.has(name));

/** For a person, from what the file says of the run that made it. */
export const sceneTitle = ({ epsilon, classes }: Readonly<Record<string, string>>): string =>
  `${classes === undefined ? 'Digit detector' : 'Detector of your own classes'}, ${epsilon ? `ε ${epsilon}` : 'not private'}`;

/** What its answers stand for: digits, or what the folder that it was trained on has labelled. */
export function sceneClasses({ classes }: Readonly<Record<string, string>>): readonly string[] {
  if (classes === undefined) return SCENE_DETECTOR_CLASSES;
  let own: unknown;
  try {
    own = JSON.parse(classes);
  } catch {
    own = null;
  }
  const count = SCENE_DETECTOR_CLASSES.length;
  if (!(Array.isArray(own) && own.length <= count && own.every((name) => typeof name === 'string')))
    throw new DetectionError(
      'weights-unsuitable',
      'The names of this file’s classes cannot be read.',
      'Train the detector again and save it.',
    );
  // Answers that nothing was learnt for.
  return [...own, ...Array.from({ length: count - own.length }, (_, i) => `unused ${i + 1}`)];
}

export interface SceneDescription extends Omit<CheckpointDescription, 'family'> {
  readonly family: 'scene';
}

/** @throws DetectionError `weights-unsuitable` if its tensors are not those of the network */
export function describeSceneDetector(checkpoint: Checkpoint): SceneDescription {
  const { weights, notes } = sceneWeightsOf(checkpoint, DETECTOR_TENSORS);
  return {
    id: 'scene-detector',
    title: sceneTitle(notes),
    family: 'scene',
    scale: null,
    task: 'detection',
    classes: sceneClasses(notes),
    parameters: weights.reduce((sum, { values }) => sum + values.length, 0),
    endToEnd: true,
    bytes: checkpoint.bytes,
    format: checkpoint.format,
    copy: checkpoint.copy,
    notes,
  };
}
