/** The scene detector's network, for looking at pictures: five convolutions and a linear head. */
import * as tf from '@tensorflow/tfjs-core';
import { CheckpointError, readCheckpoint } from '../checkpoint';
import { DetectionError } from '../detector';
import type { SceneGeometry } from './decode';

/** The public backbone, on this site. `npm run pretrain-detector` makes one by the same steps. */
export const SCENE_BACKBONE_FILE = 'detector/scene-backbone.safetensors';

export const SCENE_GEOMETRY: SceneGeometry = { side: 8, stride: 8, classes: 11 };
export const SCENE_INPUT = 64;

/** Kernel shape and stride of each convolution of the backbone. */
const CONVOLUTIONS = [
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
export function readSceneWeights(
  bytes: Uint8Array,
  expected: readonly { name: string; shape: readonly number[] }[],
): { weights: NamedWeights[]; notes: Readonly<Record<string, string>> } {
  const { tensors, notes } = read(bytes);
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

/** Tensors of weights on the device, in the same order. The caller disposes. */
export function uploadWeights(weights: readonly NamedWeights[]): tf.Tensor[] {
  return weights.map(({ values, shape }) => tf.tensor(values, shape as number[]));
}

/**
 * Features at every place. Call inside `tf.tidy`.
 * @param ink B × 64 × 64 × 1, 1 for ink and 0 for paper
 * @returns B × 8 × 8 × 64
 */
export function sceneFeatures(backbone: readonly tf.Tensor[], ink: tf.Tensor4D): tf.Tensor4D {
  return CONVOLUTIONS.reduce(
    (x, { stride }, i) =>
      tf.fused.conv2d({
        x,
        filter: backbone[2 * i] as tf.Tensor4D,
        bias: backbone[2 * i + 1] as tf.Tensor1D,
        strides: stride,
        pad: 'same',
        activation: 'relu',
      }),
    ink,
  );
}
