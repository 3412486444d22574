/** A picture into the middle of a network's square, and what is found there back onto the picture. */
import type { Detection, DetectOptions, PixelImage } from './detector';
import { centredSquare, fromSquare, placeCentred } from './letterbox';
import type { SquareDetection } from './networks/decode';

/** A detector that sees squares of one size. */
interface SquareDetector {
  readonly inputSize: number;
  /** Names by class number. */
  readonly classes: readonly string[];
  detectInSquare(square: Float32Array, options: DetectOptions): Promise<readonly SquareDetection[]>;
}

/** @returns boxes in pixels of the picture, clipped to it */
export async function detectThroughSquare(
  detector: SquareDetector,
  image: PixelImage,
  options: DetectOptions,
): Promise<Detection[]> {
  options.signal?.throwIfAborted();
  const { inputSize, classes } = detector;
  const place = placeCentred(image, inputSize);
  const found = await detector.detectInSquare(centredSquare(image, inputSize), options);
  return found.map(({ box, score, classId }) => ({
    box: fromSquare(box, place, image),
    score,
    classId,
    className: classes[classId]!,
  }));
}
