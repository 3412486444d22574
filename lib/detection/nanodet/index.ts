/** A detector of 80 everyday things that is small enough to be part of the site. */
import * as tf from '@tensorflow/tfjs-core';
import { type Checkpoint, readCheckpoint } from '../checkpoint';
import { compileSquare } from '../compile-square';
import {
  type Detection,
  DetectionError,
  type DetectOptions,
  type Detector,
  type PixelImage,
} from '../detector';
import type { SquareDetection } from '../networks/decode';
import { kernels } from '../networks/kernels';
import type { LoadOptions } from '../pinned-file';
import { detectThroughSquare } from '../through-square';
import { decodeNanoDet, oneNameEach } from './decode';
import { NANODET_FACTS } from './files';
import { NanoDetNetwork } from './network';
import { networkPixels } from './pixels';
import { loadNanoDetWeights, readNanoDetWeights } from './weights';

export type { LoadOptions } from '../pinned-file';
export { NANODET_CREDIT, NANODET_FACTS, NANODET_FOLDER, NANODET_WEIGHTS } from './files';
export { cellCount, NanoDetNetwork, type NanoDetTap } from './network';
export { networkPixels } from './pixels';
export { describeNanoDet, isNanoDet, loadNanoDetWeights, readNanoDetWeights } from './weights';

/** As trained. */
export const DEFAULT_NANODET_INPUT_SIZE = 416;

/** NanoDet-g. Create it after the tensor backend is chosen: its weights live there. */
export class NanoDet implements Detector {
  readonly id = NANODET_FACTS.id;
  readonly title = NANODET_FACTS.title;
  readonly classes = NANODET_FACTS.classes;
  readonly memory;

  /** @param inputSize side of the network's square in pixels, a multiple of 32 from 32 to 1280 */
  constructor(
    readonly network: NanoDetNetwork,
    readonly inputSize: number = DEFAULT_NANODET_INPUT_SIZE,
  ) {
    if (!(Number.isInteger(inputSize / 32) && inputSize >= 32 && inputSize <= 1280))
      throw new DetectionError(
        'input-size-invalid',
        `NanoDet cannot see ${inputSize} × ${inputSize} pixels.`,
        'Choose a multiple of 32 from 320 to 1280, for example 416.',
      );
    this.memory = { parameters: network.parameters, weightBytes: network.parameters * 4 };
  }

  /** The same network, seeing another size. Both share the weights: dispose of one of them. */
  withInputSize(inputSize: number): NanoDet {
    return new NanoDet(this.network, inputSize);
  }

  compile(): Promise<void> {
    return compileSquare(this.network, this.inputSize);
  }

  /** Boxes are clipped to the picture. */
  detect(image: PixelImage, options: DetectOptions): Promise<Detection[]> {
    return detectThroughSquare(this, image, options);
  }

  /**
   * For input that is fitted already.
   * @param square S × S × 3 values in [0, 1], RGB
   * @returns boxes in pixels of the square, clipped to it
   */
  async detectInSquare(
    square: Float32Array,
    { signal, ...selection }: DetectOptions,
  ): Promise<SquareDetection[]> {
    signal?.throwIfAborted();
    const output = await this.run(square, signal);
    let values: Float32Array;
    try {
      values = (await output.data()) as Float32Array;
    } finally {
      output.dispose();
    }
    signal?.throwIfAborted();
    return decodeNanoDet(values, this.inputSize, selection);
  }

  withOneName(detections: readonly Detection[]): Detection[] {
    return oneNameEach(detections);
  }

  /** Plain JavaScript takes seconds for one picture, so there the signal is heard between layers. */
  private async run(square: Float32Array, signal: AbortSignal | undefined): Promise<tf.Tensor2D> {
    const pixels = tf.tensor4d(networkPixels(square), [1, this.inputSize, this.inputSize, 3]);
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

/** Fetches, checks and uploads the site's own weights. Rejects with a DetectionError, or the signal's reason after Stop. */
export async function loadNanoDet(options: LoadOptions & { inputSize?: number }): Promise<NanoDet> {
  const weights = await loadNanoDetWeights(options);
  options.signal?.throwIfAborted();
  return new NanoDet(new NanoDetNetwork(weights, await kernels()), options.inputSize);
}

/** From a file that somebody brought. @throws DetectionError `weights-unsuitable` */
export async function openNanoDet(file: Uint8Array | Checkpoint): Promise<NanoDet> {
  const weights = readNanoDetWeights(file instanceof Uint8Array ? readCheckpoint(file) : file);
  return new NanoDet(new NanoDetNetwork(weights, await kernels()));
}
