/**
 * Fixed features of pictures: each is computed from one picture alone, by a rule chosen without looking at the data, so it
 * costs no privacy. Good fixed features are what makes private training accurate (Tramèr and Boneh 2021, arXiv:2011.11660).
 */

/** Length of every feature vector. One length for all, so that ‖xᵢ‖² is known before it is looked at. */
export const FEATURE_LENGTH = 5;

export interface FeatureExtractor {
  /** Numbers a picture. */
  readonly width: number;
  /**
   * @param images n × 784 grey values, 0 … 255
   * @param index which picture
   * @param out where its features go, from `at`
   */
  extract(images: Uint8Array, index: number, out: Float32Array, at: number): void;
  /** The same for pictures `from` … `to` − 1, one row after another, where that is faster than one by one. */
  extractMany?(images: Uint8Array, from: number, to: number, out: Float32Array, at: number): void;
}

export interface ExtractOptions {
  /** Called between chunks; lets messages in, throws on Stop. */
  breathe?(): Promise<void>;
  onProgress?(done: number, total: number): void;
  /** Where the rows go, n × width: `allocateRows` of lib/kernels, for instance. New memory without it. */
  out?: Float32Array;
}

const PIXELS = 28 * 28;
/** A chunk that takes some 50 ms in plain code, and 1 to 5 by a kernel: Stop is heard between two of them. */
const CHUNK = 250;

/**
 * Features of all pictures, n × width: in `out`, if that is given.
 * @throws RangeError if `out` has not just the room they need
 */
export async function extractAll(
  extractor: FeatureExtractor,
  images: Uint8Array,
  { breathe = async () => {}, onProgress, out: given }: ExtractOptions = {},
): Promise<Float32Array> {
  const size = images.length / PIXELS;
  const { width } = extractor;
  const out = given ?? new Float32Array(size * width);
  if (out.length !== size * width)
    throw new RangeError(`${size} rows of ${width} numbers do not go into room for ${out.length} numbers.`);
  for (let from = 0; from < size; from += CHUNK) {
    const to = Math.min(size, from + CHUNK);
    if (extractor.extractMany) extractor.extractMany(images, from, to, out, from * width);
    else for (let i = from; i < to; i++) extractor.extract(images, i, out, i * width);
    onProgress?.(to, size);
    await breathe();
  }
  return out;
}

/** Less its own mean, then stretched to `FEATURE_LENGTH`. The features of a blank picture stay zero. */
export function normalise(out: Float32Array, at: number, width: number): void {
  let sum = 0;
  for (let i = at; i < at + width; i++) sum += out[i]!;
  const mean = sum / width;
  let square = 0;
  for (let i = at; i < at + width; i++) square += (out[i]! - mean) ** 2;
  const scale = square > 0 ? FEATURE_LENGTH / Math.sqrt(square) : 0;
  for (let i = at; i < at + width; i++) out[i] = (out[i]! - mean) * scale;
}
