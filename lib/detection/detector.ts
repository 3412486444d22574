/** What every detector of the house looks like from outside, whatever network is behind it. */

/** A picture: `data` holds RGB triples row by row (H × W × 3, i.e. NHWC without N), float32 in [0, 1]. */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** A box `[x1, y1, x2, y2]` (left, top, right, bottom) in pixels of the picture named beside it. */
export type Box = readonly [x1: number, y1: number, x2: number, y2: number];

/** One object a detector believes it sees. */
export interface Detection {
  /** In pixels of the picture that was given. Not clipped to it unless the detector says so. */
  readonly box: Box;
  /** The detector's confidence, 0 … 1. */
  readonly score: number;
  readonly classId: number;
  readonly className: string;
}

export interface DetectOptions {
  /** Detections of this score or less are dropped; in [0, 1). */
  confidence: number;
  /** Overlap above which the weaker of two boxes of one class is dropped. Ignored by detectors that need no NMS. */
  iou?: number;
  /** Only these classes; all if absent. A detector of one class has nothing to choose from. */
  classes?: ReadonlySet<number>;
  /**
   * Every name of a box that carries several, as the field's own evaluations have it; for a person, one is enough. Ignored by
   * detectors that give a box one name.
   */
  everyName?: boolean;
  /** Stop: rejects with the signal's reason (an AbortError). */
  signal?: AbortSignal;
}

export interface DetectorMemory {
  /** Values in the weights, i.e. the network's parameters. */
  readonly parameters: number;
  /** Bytes the weights take on the device. */
  readonly weightBytes: number;
}

export interface Detector {
  /** Kebab-case name, for provenance: `tiny-yolo-face`, `yolo26n`. */
  readonly id: string;
  /** The same for a person. */
  readonly title: string;
  /** Names of the classes; a detection's `classId` indexes it. */
  readonly classes: readonly string[];
  /** The side of the square the network sees, in pixels. */
  readonly inputSize: number;
  readonly memory: DetectorMemory;
  /** Has the device compile all that a look runs, side by side, where it compiles at all. A look without it waits shader by shader. */
  compile?(): Promise<void>;
  /**
   * Finds objects, best first.
   * Tensors made on the way are disposed of; only the weights stay on the device.
   */
  detect(image: PixelImage, options: DetectOptions): Promise<Detection[]>;
  /** Of detections with every name, best first, those that `detect` gives without. All of them if absent. */
  withOneName?(detections: readonly Detection[]): Detection[];
  /** Frees the weights. The detector cannot be used afterwards. */
  dispose(): void;
}

/** A cause a person can act on, for everything in lib/detection. */
export class DetectionError extends Error {
  override readonly name: string = 'DetectionError';
  constructor(
    /** Kebab-case, one a cause. */
    readonly code: string,
    message: string,
    /** What to do next. */
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Throws unless the picture's size and data agree. */
export function checkImage(image: PixelImage): void {
  const { width, height, data } = image;
  const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (!whole || data.length !== width * height * 3)
    throw new DetectionError(
      'image-malformed',
      `A picture of ${width} × ${height} needs ${width * height * 3} values (RGB), but has ${data.length}.`,
      'Give RGB values in [0, 1], three a pixel, row by row.',
    );
}
