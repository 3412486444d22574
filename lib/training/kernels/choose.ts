/** Which kernel sums the gradients of a model. */
import * as tf from '@tensorflow/tfjs-core';
import type { Dataset } from '../dataset';
import type { Loss } from '../layer';
import { layersOf, type Model } from '../model';
import { softmaxCrossEntropy } from '../softmax-cross-entropy';
import { chooseProducts } from './choose-products';
import type { LotKernel } from './lot-kernel';
import { type DenseSize, Perceptron, type Products } from './perceptron';
import { perceptronIsRight } from './perceptron-self-test';
import { FusedSoftmax } from './softmax';
import { CLASSES } from './softmax-layout';
import { softmaxIsRight } from './softmax-self-test';
import { TensorKernel, type TensorOptions } from './tensors';

export interface KernelOptions extends TensorOptions {
  /** Null asks for tensors. */
  kernel?: LotKernel | null;
  /**
   * `fused` may be taken where nobody could repeat the run anyhow: seeded runs are the same on every machine. `separate` if absent; a
   * kernel that has only one of them takes that.
   */
  products?: Products;
}

/** The one that was asked for, else one of our own where the model is of its form and it proved right, else tensors. */
export async function lotKernelFor(options: KernelOptions): Promise<LotKernel> {
  if (options.kernel) return options.kernel;
  if (options.kernel === undefined && !options.augmentation) {
    const own = (await fusedFor(options)) ?? (await perceptronFor(options, options.products));
    if (own) return own;
  }
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

/**
 * Only in place of tfjs' WASM backend: on a graphics processor a perceptron's products are quicker there. Null also where the
 * model is none: dense layers, tanh between them, softmax at the end.
 */
export async function perceptronFor(
  { layers, loss, dataset }: FusedOptions,
  products: Products = 'separate',
): Promise<Perceptron | null> {
  if (tf.getBackend() !== 'wasm' || loss !== softmaxCrossEntropy || dataset.targets) return null;
  const sizes = denseSizes(layers);
  if (!sizes || sizes[0]!.inputs !== dataset.width || sizes.at(-1)!.outputs !== dataset.classes) return null;
  try {
    return (await perceptronIsRight(products)) ? await Perceptron.of(dataset, sizes, products) : null;
  } catch {
    return null;
  }
}

function denseSizes(model: Model): DenseSize[] | null {
  const layers = layersOf(model);
  const inOrder = model.every((entry) => !('join' in entry) && !('from' in entry));
  const alternate = layers.every((layer, i) => (i % 2 === 0 ? layer.linear : layer.name === 'tanh'));
  if (!inOrder || !alternate || layers.length < 3 || layers.length % 2 === 0) return null;
  return layers.flatMap(({ linear }) => (linear ? [linear] : []));
}
