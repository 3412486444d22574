/** Loads and checks the face detector's weights: 8-bit numbers with a scale and an offset for each tensor. */
import { DetectionError } from '../detector';
import { fetchPinned, type LoadOptions } from '../pinned-file';
import { FACE_MANIFEST, FACE_WEIGHTS } from './files';

/** A tensor's values, dequantised. Filters are H × W × in × out, depthwise filters H × W × channels × 1. */
export interface WeightTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export type WeightMap = ReadonlyMap<string, WeightTensor>;

interface ManifestWeight {
  name: string;
  shape: number[];
  dtype: 'float32';
  quantization: { dtype: 'uint8'; scale: number; min: number };
}

/** Fetches both files, checks length and SHA-256 of each, and dequantises: value = min + scale · q. */
export async function loadFaceWeights(options: LoadOptions): Promise<WeightMap> {
  const total = FACE_MANIFEST.bytes + FACE_WEIGHTS.bytes;
  const manifest = await fetchPinned(FACE_MANIFEST, options, (loaded) => options.progress?.(loaded, total));
  const bytes = await fetchPinned(FACE_WEIGHTS, options, (loaded) =>
    options.progress?.(FACE_MANIFEST.bytes + loaded, total),
  );
  return readFaceWeights(new TextDecoder().decode(manifest), bytes);
}

/**
 * Dequantises all tensors of a tfjs weights manifest with one shard of 8-bit values.
 * @throws DetectionError `face-weights-malformed` if the shapes do not add up to the bytes
 */
export function readFaceWeights(manifestJson: string, bytes: Uint8Array): WeightMap {
  const groups = JSON.parse(manifestJson) as { weights: ManifestWeight[] }[];
  const tensors = new Map<string, WeightTensor>();
  let offset = 0;
  for (const { name, shape, quantization } of groups.flatMap((group) => group.weights)) {
    const count = shape.reduce((product, side) => product * side, 1);
    // In double, rounded once to float32: the nearest float to the value meant.
    const values = Float32Array.from(
      bytes.subarray(offset, offset + count),
      (q) => quantization.min + quantization.scale * q,
    );
    offset += count;
    tensors.set(name, { shape, values });
  }
  if (offset !== bytes.length)
    throw new DetectionError(
      'face-weights-malformed',
      `The face detector's manifest describes ${offset} values, but the weights hold ${bytes.length}.`,
      'Prepare the site again: npm run prepare-assets.',
    );
  return tensors;
}
