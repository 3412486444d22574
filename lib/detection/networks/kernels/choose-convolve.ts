/**
 * Chooses the convolutions of the backend in use: our own against those of tfjs, by trial on this machine
 * (`lib/kernels/trial.ts`). Where a backend has none of our own there is nothing to choose.
 */
import * as tf from '@tensorflow/tfjs-core';
import { settle } from '@/lib/kernels/settle';
import { type Convolve, STOCK_CONVOLVE } from './convolution';
import { CONVOLVE_TOLERANCE, errorOfConvolve, timedConvolutions } from './convolution-case';
import { webgpuConvolve } from './webgpu/convolve';

const chosen = new WeakMap<tf.KernelBackend, Promise<Convolve | null>>();

/** Chosen once for each backend. @returns null where those of tfjs are to be used */
export function ownConvolve(backend: tf.KernelBackend): Promise<Convolve | null> {
  let choice = chosen.get(backend);
  if (!choice) {
    choice = choose(tf.getBackend(), backend);
    chosen.set(backend, choice);
  }
  return choice;
}

async function choose(name: string, backend: tf.KernelBackend): Promise<Convolve | null> {
  if (name !== 'webgpu') return null;
  try {
    const { kernel } = await settle<{ own: Convolve | null; convolve: Convolve }>({
      name: 'convolutions',
      candidates: [
        {
          name: 'own',
          async make() {
            const own = await webgpuConvolve(backend);
            return own && { own, convolve: own };
          },
        },
        { name: 'stock', make: () => ({ own: null, convolve: STOCK_CONVOLVE }) },
      ],
      tolerance: CONVOLVE_TOLERANCE,
      error: ({ convolve }) => errorOfConvolve(convolve),
      work: ({ convolve }) => timedConvolutions(convolve),
    });
    return kernel.own;
  } catch {
    // Neither was right. The networks run all the same, as they do without kernels of our own.
    return null;
  }
}
