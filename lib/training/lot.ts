/**
 * The examples of one step. Each joins independently with probability q (Poisson sampling), so the lot's size is random; it is cut
 * into micro-batches of one fixed size with a mask over the padding, so that every shape on the device stays the same.
 * A lot is never truncated: cutting it would be another mechanism, with a far larger ε.
 */
import type { Augmentation } from './augment';
import { type Dataset, readRow } from './dataset';

export interface MicroBatch {
  /** (B · copies) × features, row by row; padding rows are zero. */
  inputs: Float32Array;
  /** B · copies class numbers. */
  labels: Int32Array;
  /** B · copies × `targetShape`, for losses on numbers. */
  targets?: Float32Array;
  targetShape?: readonly number[];
  /** 1 for an example, 0 for padding. [B] */
  mask: Float32Array;
  /** ‖xᵢ‖², 0 for padding, [B]; absent where rows are augmented and no longer those of the data. */
  squaredInputNorms?: Float32Array;
  /** Rows of each example, one after the other; 1 if absent. */
  copies?: number;
  /** Examples in it; the rest is padding. */
  size: number;
}

/**
 * @param lot indices of the sampled examples, maybe none
 * @param physicalSize examples of each micro-batch; fixed by memory, without influence on the result
 */
export function* microBatches(
  dataset: Dataset,
  lot: Int32Array,
  physicalSize: number,
  augmentation?: Augmentation,
): Generator<MicroBatch> {
  const { labels, width, squaredNorms, targets } = dataset;
  const copies = augmentation?.copies ?? 1;
  const targetWidth = targets ? targets.values.length / dataset.size : 0;
  for (let start = 0; start < lot.length; start += physicalSize) {
    const size = Math.min(physicalSize, lot.length - start);
    const batch: MicroBatch = {
      inputs: new Float32Array(physicalSize * copies * width),
      labels: new Int32Array(physicalSize * copies),
      mask: new Float32Array(physicalSize),
      size,
      copies,
      ...(augmentation ? {} : { squaredInputNorms: new Float32Array(physicalSize) }),
      ...(targets
        ? { targets: new Float32Array(physicalSize * copies * targetWidth), targetShape: targets.shape }
        : {}),
    };
    for (let example = 0; example < size; example++) {
      const index = lot[start + example]!;
      batch.mask[example] = 1;
      if (batch.squaredInputNorms) batch.squaredInputNorms[example] = squaredNorms[index]!;
      for (let copy = 0; copy < copies; copy++) {
        const row = example * copies + copy;
        const inputs = batch.inputs.subarray(row * width, (row + 1) * width);
        readRow(dataset, index, inputs);
        augmentation?.apply(inputs, index, copy);
        batch.labels[row] = labels[index]!;
        if (targets)
          batch.targets!.set(
            targets.values.subarray(index * targetWidth, (index + 1) * targetWidth),
            row * targetWidth,
          );
      }
    }
    yield batch;
  }
}
