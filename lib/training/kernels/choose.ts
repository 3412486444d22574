/** Which kernel sums the gradients of a model. */
import type { Dataset } from '../dataset';
import type { Loss } from '../layer';
import { layersOf, type Model } from '../model';
import { softmaxCrossEntropy } from '../softmax-cross-entropy';
import { chooseProducts } from './choose-products';
import type { LotKernel } from './lot-kernel';
import { FusedSoftmax } from './softmax';
import { CLASSES } from './softmax-layout';
import { softmaxIsRight } from './softmax-self-test';
import { TensorKernel, type TensorOptions } from './tensors';

export interface KernelOptions extends TensorOptions {
  /** Null asks for tensors. */
  kernel?: LotKernel | null;
}

/** The one that was asked for, else the fused step where the model is of its form and it proved right, else tensors. */
export async function lotKernelFor(options: KernelOptions): Promise<LotKernel> {
  if (options.kernel) return options.kernel;
  const fused = options.kernel === undefined && !options.augmentation ? await fusedFor(options) : null;
  if (fused) return fused;
  await chooseProducts();
  return new TensorKernel(options);
}

export interface FusedOptions {
  layers: Model;
  loss: Loss;
  dataset: Dataset;
}

/** Null where the model is no softmax regression, the rows do not fit, or WebAssembly is without SIMD. */
export async function fusedFor({ layers, loss, dataset }: FusedOptions): Promise<FusedSoftmax | null> {
  const [layer, ...more] = layersOf(layers);
  const linear = layer?.linear;
  if (!linear || more.length > 0 || layers.length > 1 || loss !== softmaxCrossEntropy) return null;
  const fits = linear.inputs === dataset.width && linear.outputs === dataset.classes;
  if (!fits || linear.outputs > CLASSES || dataset.targets) return null;
  try {
    return (await softmaxIsRight()) ? await FusedSoftmax.of(dataset) : null;
  } catch {
    return null;
  }
}
