/** A detector that was trained in the browser, behind the same door as every other detector. */
import * as tf from '@tensorflow/tfjs-core';
import { checkImage, type Detection, type DetectOptions, type Detector, type PixelImage } from '../detector';
import { decodeScene } from './decode';
import { sceneFeatures, uploadWeights } from './network';
import {
  SCENE_DETECTOR_CLASSES as CLASSES,
  DETECTOR_TENSORS,
  readSceneWeights,
  SCENE_GEOMETRY,
  SCENE_INPUT,
  sceneTitle,
} from './weights';

class SceneDetector implements Detector {
  readonly id = 'scene-detector';
  readonly title: string;
  readonly classes = CLASSES;
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
  }

  async detect(image: PixelImage, { confidence, classes, signal }: DetectOptions): Promise<Detection[]> {
    signal?.throwIfAborted();
    checkImage(image);
    const side = Math.max(image.width, image.height);
    const output = tf.tidy(() => {
      const ink = tf.tensor4d(inkOf(image, side), [1, SCENE_INPUT, SCENE_INPUT, 1]);
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
    const found = decodeScene(values, SCENE_GEOMETRY, confidence).filter(
      ({ classId }) => classes?.has(classId) ?? true,
    );
    return found.map(({ box, score, classId }) => ({
      box: [box[0] * zoom, box[1] * zoom, box[2] * zoom, box[3] * zoom] as const,
      score,
      classId,
      className: CLASSES[classId]!,
    }));
  }

  dispose(): void {
    tf.dispose(this.weights);
  }
}

/** Darkness of a picture in the top-left corner of a white square, by the mean over each of 64 × 64 fields. */
function inkOf({ width, height, data }: PixelImage, side: number): Float32Array {
  const ink = new Float32Array(SCENE_INPUT * SCENE_INPUT);
  const zoom = side / SCENE_INPUT;
  for (let y = 0; y < SCENE_INPUT; y++)
    for (let x = 0; x < SCENE_INPUT; x++) {
      const [top, left] = [Math.floor(y * zoom), Math.floor(x * zoom)];
      const bottom = Math.min(height, Math.max(top + 1, Math.floor((y + 1) * zoom)));
      const right = Math.min(width, Math.max(left + 1, Math.floor((x + 1) * zoom)));
      let sum = 0;
      for (let v = top; v < bottom; v++)
        for (let u = left; u < right; u++) {
          const i = 3 * (v * width + u);
          sum += 1 - (data[i]! + data[i + 1]! + data[i + 2]!) / 3;
        }
      const fields = (bottom - top) * (right - left);
      ink[y * SCENE_INPUT + x] = fields > 0 ? sum / fields : 0;
    }
  return ink;
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
