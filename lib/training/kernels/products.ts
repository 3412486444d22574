/**
 * The three matrix products that training consists of, by kernels of our own where the backend has them and they were found
 * right and faster, else by tfjs.
 *
 * No products are fused with a bias: with flags or batches one backend adds it once for every block of the inner sum.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { threadsOf } from '@/lib/kernels/on-tfjs';
import { productsOnWasm } from './products-wasm';

/** Small passes around the products, of which some backends have faster ones than tfjs: see `passes.ts`. */
export interface Passes {
  /** Σᵢ aᵢ over rows. @param a rows × n @returns [n] */
  columnSums(a: tf.Tensor2D): tf.Tensor1D;
  /** ‖aᵢ‖² of each row. @param a rows × n @returns [rows] */
  squaredLengths(a: tf.Tensor2D): tf.Tensor1D;
  /**
   * Cross-entropy after a softmax, and its slopes.
   * @param logits rows × classes
   * @param labels [rows], int32
   * @returns losses in nats, [rows], and softmax(z) − onehot(y), rows × classes
   */
  softmaxSlopes(logits: tf.Tensor2D, labels: tf.Tensor1D): { losses: tf.Tensor1D; gradient: tf.Tensor2D };
}

export interface Products extends Partial<Passes> {
  readonly kind: 'own' | 'stock';
  /** A B. @param a n × k @param b k × m @returns n × m */
  times(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D;
  /** A Bᵀ, the way back through a dense layer. @param a n × k @param b m × k @returns n × m */
  timesTransposed(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D;
  /** Aᵀ B = Σᵢ aᵢ bᵢᵀ, the sum of outer products over rows. @param a rows × n @param b rows × m @returns n × m */
  transposedTimes(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D;
}

/** By tfjs. Products with a flag run on a slow scalar path on WASM; elsewhere they save a pass. */
export const STOCK_PRODUCTS: Products = {
  kind: 'stock',
  times: (a, b) => tf.matMul(a, b),
  timesTransposed: (a, b) =>
    tf.getBackend() === 'wasm' ? tf.matMul(a, tf.transpose(b)) : tf.matMul(a, b, false, true),
  transposedTimes(a, b) {
    if (tf.getBackend() !== 'wasm') return tf.matMul(a, b, true, false);
    // As (Bᵀ A)ᵀ where B is the narrower side: what is transposed is then small.
    if (b.shape[1] <= a.shape[1])
      return tf.transpose(tf.matMul(tf.transpose(b) as tf.Tensor2D, a)) as tf.Tensor2D;
    return tf.matMul(tf.transpose(a) as tf.Tensor2D, b);
  },
};

/** By the name of the backend, where somebody chose: by a contest, or by hand. */
const chosen = new Map<string, Products>();

/** Those of the backend that is active now. */
export const products = (): Products => chosen.get(tf.getBackend()) ?? unasked();

/** From now on; null goes back to those of tfjs. */
export function useProducts(backend: string, own: Products | null): void {
  chosen.set(backend, own ?? STOCK_PRODUCTS);
}

/**
 * Before anybody chose. On WASM with one thread ours have been faster in every shape that was measured; with more, tfjs shares
 * a product among them and ours do not, so that it takes a contest to tell.
 */
function unasked(): Products {
  if (tf.getBackend() !== 'wasm') return STOCK_PRODUCTS;
  const backend = tf.backend() as BackendWasm;
  return (threadsOf(backend) === 1 && productsOnWasm(backend)) || STOCK_PRODUCTS;
}
