/** A detector that was trained in the browser, behind the same door as every other detector. */
import * as tf from '@tensorflow/tfjs-core';
import { checkImage, type Detection, type DetectOptions, type Detector, type PixelImage } from '../detector';
import { decodeScene, oneBoxEach } from './decode';
import { sceneInk } from './ink';
import { sceneFeatures, uploadWeights } from './network';
import {
  DETECTOR_TENSORS,
  readSceneWeights,
  SCENE_GEOMETRY,
  SCENE_INPUT,
  sceneClasses,
  sceneTitle,
} from './weights';

class SceneDetector implements Detector {
  readonly id = 'scene-detector';
  readonly title: string;
  readonly classes;
  readonly inputSize = SCENE_INPUT;
  readonly memory;

  constructor(
    private readonly weights: tf.Tensor[],
    /** What the file says of the run that made it. */
    readonly notes: Readonly<Record<string, string>>,
  ) {
    const parameters = weights.reduce((sum, { size }) => sum + size, 0);
    this.memory = { parameters, weightBytes: 4 * parameters };
    this.title = sceneTitle(notes);
    this.classes = sceneClasses(notes);
  }

  async detect(image: PixelImage, { confidence, classes, signal }: DetectOptions): Promise<Detection[]> {
    signal?.throwIfAborted();
    checkImage(image);
    const side = Math.max(image.width, image.height);
    const output = tf.tidy(() => {
      const ink = tf.tensor4d(sceneInk(image, side), [1, SCENE_INPUT, SCENE_INPUT, 1]);
      const features = sceneFeatures(this.weights, ink);
      const [kernel, bias] = this.weights.slice(-2) as [tf.Tensor4D, tf.Tensor1D];
      return tf.fused.conv2d({ x: features, filter: kernel, bias, strides: 1, pad: 'valid' });
    });
    let values: Float32Array;
    try {
      values = (await output.data()) as Float32Array;
    } finally {
      output.dispose();
    }
    signal?.throwIfAborted();
    const zoom = side / SCENE_INPUT;
    const found = oneBoxEach(
      decodeScene(values, SCENE_GEOMETRY, confidence).filter(({ classId }) => classes?.has(classId) ?? true),
    );
    return found.map(({ box, score, classId }) => ({
      box: [box[0] * zoom, box[1] * zoom, box[2] * zoom, box[3] * zoom] as const,
      score,
      classId,
      className: this.classes[classId]!,
    }));
  }

  dispose(): void {
    tf.dispose(this.weights);
  }
}

/**
 * A trained detector from its file. Create it after the tensor backend is chosen: its weights live there.
 * @throws DetectionError `weights-unsuitable`
 */
export function loadSceneDetector(
  bytes: Uint8Array,
): Detector & { readonly notes: Readonly<Record<string, string>> } {
  const { weights, notes } = readSceneWeights(bytes, DETECTOR_TENSORS);
  return new SceneDetector(uploadWeights(weights), notes);
}
