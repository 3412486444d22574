/** Sums of clipped gradients by tensors, for any model and on any backend: micro-batch by micro-batch, added up in double. */
import * as tf from '@tensorflow/tfjs-core';
import type { AugmentationRule } from '../augment';
import { clippedSum } from '../clipped-sum';
import type { Dataset } from '../dataset';
import type { Loss } from '../layer';
import { microBatches } from '../lot';
import { type Model, uploadParameters } from '../model';
import type { Learner, LotKernel, LotSum } from './lot-kernel';

export interface TensorOptions {
  layers: Model;
  loss: Loss;
  inputShape: readonly number[];
  dataset: Dataset;
  physicalBatchSize?: number;
  augmentation?: AugmentationRule;
}

const DEFAULT_PHYSICAL_BATCH = 512;

export class TensorKernel implements LotKernel {
  constructor(private readonly options: TensorOptions) {}

  async sumLot(
    learners: readonly Learner[],
    lot: Int32Array,
    breathe: () => Promise<void>,
    draw: number,
  ): Promise<LotSum[]> {
    const sums: LotSum[] = [];
    for (const learner of learners) sums.push(await this.sumOf(learner, lot, breathe, draw));
    return sums;
  }

  private async sumOf(
    { weights, clipping }: Learner,
    lot: Int32Array,
    breathe: () => Promise<void>,
    draw: number,
  ): Promise<LotSum> {
    const { layers, loss, dataset, inputShape, augmentation } = this.options;
    const { physicalBatchSize = DEFAULT_PHYSICAL_BATCH } = this.options;
    const sums = weights.map((w) => new Float64Array(w.length));
    const norms = new Float32Array(clipping ? lot.length : 0);
    let totalLoss = 0;
    let filled = 0;
    const parameters = uploadParameters(layers, weights);
    try {
      for (const batch of microBatches(dataset, lot, physicalBatchSize, augmentation?.forStep(draw))) {
        const part = clippedSum(layers, loss, parameters, batch, inputShape, clipping);
        // A loss and a length an example, fetched together: each fetch from a GPU waits for it.
        const facts = part.norms ? tf.concat([part.losses, part.norms]) : part.losses;
        try {
          const [found, ...parts] = await Promise.all([facts, ...part.sums].map((tensor) => tensor.data()));
          for (const [p, values] of parts.entries()) {
            const sum = sums[p]!;
            for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + values![i]!;
          }
          const rows = part.losses.size;
          if (part.norms) norms.set(found!.subarray(rows, rows + batch.size), filled);
          for (let i = 0; i < batch.size; i++) totalLoss += found![i]!;
          filled += batch.size;
        } finally {
          tf.dispose([facts, part.losses, ...part.sums]);
          part.norms?.dispose();
        }
        await breathe();
      }
    } finally {
      tf.dispose(parameters as tf.Tensor[][]);
    }
    return { sums, norms, loss: totalLoss };
  }
}
