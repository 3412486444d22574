/** Sums of clipped gradients by tensors, for any model and on any backend: micro-batch by micro-batch, added up in double. */
import * as tf from '@tensorflow/tfjs-core';
import type { AugmentationRule } from '../augment';
import { clippedSum } from '../clipped-sum';
import type { Dataset } from '../dataset';
import type { Loss } from '../layer';
import { microBatches } from '../lot';
import { layersOf, type Model, uploadParameters } from '../model';
import { physicalBatch } from '../physical-batch';
import { fetchTogether } from './fetch-together';
import type { Learner, LotKernel, LotSum } from './lot-kernel';

export interface TensorOptions {
  layers: Model;
  loss: Loss;
  inputShape: readonly number[];
  dataset: Dataset;
  expectedBatchSize: number;
  physicalBatchSize?: number;
  augmentation?: AugmentationRule;
}

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
    const { physicalBatchSize = this.defaultBatch() } = this.options;
    const sums = weights.map((w) => new Float64Array(w.length));
    const norms = new Float32Array(clipping ? lot.length : 0);
    let totalLoss = 0;
    let filled = 0;
    const parameters = uploadParameters(layers, weights);
    try {
      for (const batch of microBatches(dataset, lot, physicalBatchSize, augmentation?.forStep(draw))) {
        const part = clippedSum(layers, loss, parameters, batch, inputShape, clipping);
        const facts = part.norms ? [part.losses, part.norms] : [part.losses];
        try {
          const [losses, ...found] = await fetchTogether([...facts, ...part.sums]);
          if (part.norms) norms.set(found.shift()!.subarray(0, batch.size), filled);
          for (const [p, values] of found.entries()) {
            const sum = sums[p]!;
            for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + values[i]!;
          }
          for (let i = 0; i < batch.size; i++) totalLoss += losses![i]!;
          filled += batch.size;
        } finally {
          tf.dispose([...facts, ...part.sums]);
        }
        await breathe();
      }
    } finally {
      tf.dispose(parameters as tf.Tensor[][]);
    }
    return { sums, norms, loss: totalLoss };
  }
  private defaultBatch(): number {
    const { layers, inputShape, expectedBatchSize, dataset, augmentation } = this.options;
    return physicalBatch({
      backend: tf.getBackend(),
      expectedBatchSize,
      datasetSize: dataset.size,
      inputWidth: tf.util.sizeFromShape([...inputShape]),
      parameterShapes: layersOf(layers).flatMap((layer) => layer.parameterShapes),
      ...(augmentation ? { copies: augmentation.copies } : {}),
    });
  }
}
