/**
 * Chooses the matrix products of the backend in use, when a model first needs them: our own against those of tfjs, by trial on
 * this machine (`lib/kernels/trial.ts`).
 *
 * Where a backend has none of our own there is nothing to choose: its own were tested when it started.
 */
import * as tf from '@tensorflow/tfjs-core';
import { settle } from '@/lib/kernels/settle';
import type { Contest } from '@/lib/kernels/trial';
import { useProducts as install, type Products, products, STOCK_PRODUCTS } from './products';
import { errorOfProducts, timedWork } from './products-case';
import { wasmProducts } from './products-wasm';
import { webgpuProducts } from './products-webgpu';

type Maker = (backend: tf.KernelBackend) => Products | null | Promise<Products | null>;

/** Backends for which there are products of our own. */
const OWN: Partial<Record<string, Maker>> = { webgpu: webgpuProducts, wasm: wasmProducts };

/**
 * On WASM those of tfjs must be twice as fast to be taken: they round otherwise, and a seeded run should give the same last digits
 * on every machine.
 */
const DISPLACES: Partial<Record<string, number>> = { wasm: 0.5 };

/** Worst error of a product, relative to the largest number in it. A float32 sum of a few hundred terms is well below. */
const TOLERANCE = 1e-5;

const chosen = new WeakMap<tf.KernelBackend, Promise<Products>>();

/**
 * Once for each backend; from then on `products()` gives the chosen ones.
 * @throws NoRightKernel where neither own nor stock products compute rightly
 */
export function chooseProducts(): Promise<Products> {
  const backend = tf.backend();
  let choice = chosen.get(backend);
  if (!choice) {
    choice = choose(tf.getBackend(), backend);
    chosen.set(backend, choice);
    // A failure is told each time, and looked into anew.
    choice.catch(() => chosen.delete(backend));
  }
  return choice;
}

async function choose(name: string, backend: tf.KernelBackend): Promise<Products> {
  const own = OWN[name];
  if (!own) return products();
  const contest: Contest<Products> = {
    name: 'matrix products',
    candidates: [
      { name: 'own', make: () => own(backend) },
      { name: 'stock', make: () => STOCK_PRODUCTS },
    ],
    ...(name in DISPLACES ? { displaces: DISPLACES[name]! } : {}),
    tolerance: TOLERANCE,
    error: errorOfProducts,
    work: timedWork(),
  };
  const { kernel } = await settle(contest);
  install(name, kernel.kind === 'own' ? kernel : null);
  return kernel;
}
