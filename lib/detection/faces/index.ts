/** A face detector that runs anywhere: small enough to be part of the site. */
import * as tf from '@tensorflow/tfjs-core';
import { nonMaxSuppression } from '../boxes';
import { compileSquare } from '../compile-square';
import {
  type Detection,
  DetectionError,
  type DetectOptions,
  type Detector,
  type PixelImage,
} from '../detector';
import { topLeftSquare } from '../letterbox';
import { chosenConvolve } from '../networks/kernels';
import type { LoadOptions } from '../pinned-file';
import { decodeFaces } from './decode';
import { TinyFaceNetwork } from './network';
import { loadFaceWeights } from './weights';

export type { LoadOptions } from '../pinned-file';
export { FACE_MANIFEST, FACE_MODEL_CREDIT, FACE_MODEL_FOLDER, FACE_WEIGHTS } from './files';
export { TinyFaceNetwork } from './network';
export { loadFaceWeights, readFaceWeights } from './weights';

export const DEFAULT_FACE_INPUT_SIZE = 416;
/** Overlap above which the weaker of two faces is dropped, as published. */
const DEFAULT_IOU = 0.4;

/** Tiny-YOLO for faces. Create it after the tensor backend is chosen: its weights live there. */
export class TinyYoloFaces implements Detector {
  readonly id = 'tiny-yolo-face';
  readonly title = 'Tiny YOLO (faces)';
  readonly classes = ['face'] as const;
  readonly memory;

  /** @param inputSize side of the network's square in pixels, a multiple of 32 from 32 to 1280 */
  constructor(
    private readonly network: TinyFaceNetwork,
    readonly inputSize: number = DEFAULT_FACE_INPUT_SIZE,
  ) {
    if (!(Number.isInteger(inputSize / 32) && inputSize >= 32 && inputSize <= 1280))
      throw new DetectionError(
        'input-size-invalid',
        `The face detector cannot see ${inputSize} × ${inputSize} pixels.`,
        'Choose a multiple of 32 from 32 to 1280, for example 416.',
      );
    this.memory = { parameters: network.parameters, weightBytes: network.parameters * 4 };
  }

  compile(): Promise<void> {
    return compileSquare(this.network, this.inputSize);
  }

  async detect(
    image: PixelImage,
    { confidence, iou = DEFAULT_IOU, signal }: DetectOptions,
  ): Promise<Detection[]> {
    signal?.throwIfAborted();
    const size = this.inputSize;
    const square = topLeftSquare(image, size);
    const output = await this.run(square, signal);
    let logits: Float32Array;
    try {
      logits = (await output.data()) as Float32Array;
    } finally {
      output.dispose();
    }
    signal?.throwIfAborted();
    return nonMaxSuppression(decodeFaces(logits, size / 32, image, confidence), iou);
  }

  /** Plain JavaScript takes half a second for one picture, so there the signal is heard between layers. */
  private async run(square: Float32Array, signal: AbortSignal | undefined): Promise<tf.Tensor4D> {
    const pixels = tf.tensor4d(square, [1, this.inputSize, this.inputSize, 3]);
    try {
      if (tf.getBackend() !== 'cpu') return this.network.forward(pixels);
      return await this.network.forwardWithPauses(pixels, async () => {
        await new Promise((resume) => setTimeout(resume));
        signal?.throwIfAborted();
      });
    } finally {
      pixels.dispose();
    }
  }

  dispose(): void {
    this.network.dispose();
  }
}

/** Fetches, checks and uploads the weights. Rejects with a DetectionError, or with the signal's reason after Stop. */
export async function loadFaceDetector(
  options: LoadOptions & { inputSize?: number },
): Promise<TinyYoloFaces> {
  const weights = await loadFaceWeights(options);
  options.signal?.throwIfAborted();
  return new TinyYoloFaces(new TinyFaceNetwork(weights, await chosenConvolve()), options.inputSize);
}
