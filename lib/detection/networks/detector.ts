/** A YOLO network behind the house's common face: a picture in, named boxes out. */
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
import { detectThroughSquare } from '../through-square';
import { decodeDetections, type SquareDetection } from './decode';
import { type CheckpointDescription, describe, planNetwork } from './describe';
import { type Kernels, kernels } from './kernels';
import { YoloNetwork } from './network';

export const DEFAULT_INPUT_SIZE = 640;
export const SMALLEST_INPUT_SIZE = 32;
export const LARGEST_INPUT_SIZE = 1280;

export class YoloDetector implements Detector {
  readonly id: string;
  readonly title: string;
  readonly classes: readonly string[];
  readonly memory;

  /** @param inputSize side of the network's square in pixels, a multiple of 32 from 32 to 1280 */
  constructor(
    readonly network: YoloNetwork,
    readonly description: CheckpointDescription,
    readonly inputSize: number = DEFAULT_INPUT_SIZE,
  ) {
    checkInputSize(inputSize);
    this.id = description.id;
    this.title = description.title;
    this.classes = description.classes;
    this.memory = { parameters: network.parameters, weightBytes: network.parameters * 4 };
  }

  /** The same network, seeing another size. Both share the weights: dispose of one of them. */
  withInputSize(inputSize: number): YoloDetector {
    return new YoloDetector(this.network, this.description, inputSize);
  }

  compile(): Promise<void> {
    return compileSquare(this.network, this.inputSize);
  }

  /** Boxes are clipped to the picture. YOLO26 needs no suppression and ignores `iou`. */
  detect(image: PixelImage, options: DetectOptions): Promise<Detection[]> {
    return detectThroughSquare(this, image, options);
  }

  /**
   * For input that is fitted already.
   * @param square S × S × 3 values in [0, 1]
   * @returns boxes in pixels of the square, not clipped
   */
  async detectInSquare(
    square: Float32Array,
    { confidence, iou, classes, signal }: DetectOptions,
  ): Promise<SquareDetection[]> {
    signal?.throwIfAborted();
    const size = this.inputSize;
    const raw = tf.tidy(() => this.network.forward(tf.tensor4d(square, [1, size, size, 3])));
    let boxes: Float32Array;
    let logits: Float32Array;
    try {
      [boxes, logits] = (await Promise.all([raw.boxes.data(), raw.logits.data()])) as [
        Float32Array,
        Float32Array,
      ];
    } finally {
      tf.dispose([raw.boxes, raw.logits]);
    }
    signal?.throwIfAborted();
    return decodeDetections(this.network.plan.head, boxes, logits, size, {
      confidence,
      ...(iou === undefined ? {} : { iou }),
      ...(classes === undefined ? {} : { classes }),
    });
  }

  dispose(): void {
    this.network.dispose();
  }
}

export interface LoadYoloOptions {
  inputSize?: number;
  signal?: AbortSignal;
  /** For comparisons: other kernels than those of the active backend. */
  kernels?: Kernels;
}

/**
 * Reads a checkpoint and uploads its network to the active backend.
 * @param file bytes of a `.pt` or `.safetensors` file, or a checkpoint read before
 * @throws CheckpointError naming what was found, if it is not a network that can be run here
 */
export async function loadYolo(
  file: Uint8Array | Checkpoint,
  options: LoadYoloOptions = {},
): Promise<YoloDetector> {
  const { inputSize = DEFAULT_INPUT_SIZE, signal } = options;
  checkInputSize(inputSize);
  const checkpoint = file instanceof Uint8Array ? readCheckpoint(file) : file;
  const plan = planNetwork(checkpoint);
  signal?.throwIfAborted();
  const chosen = options.kernels ?? (await kernels());
  signal?.throwIfAborted();
  const network = new YoloNetwork(plan, checkpoint, chosen);
  return new YoloDetector(network, describe(checkpoint, plan), inputSize);
}

function checkInputSize(size: number): void {
  const fits = Number.isInteger(size / 32) && size >= SMALLEST_INPUT_SIZE && size <= LARGEST_INPUT_SIZE;
  if (fits) return;
  throw new DetectionError(
    'input-size-invalid',
    `A YOLO network cannot see ${size} × ${size} pixels.`,
    'Choose a multiple of 32 from 320 to 1280, for example 640. Smaller is faster, larger finds smaller objects.',
  );
}
