/**
 * Chooses the convolutions of the backend in use: our own against those of tfjs, by trial on this machine
 * (`lib/kernels/trial.ts`). Where a backend has none of our own there is nothing to choose.
 */
import * as tf from '@tensorflow/tfjs-core';
import { settle } from '@/lib/kernels/settle';
import type { Convolve } from './convolution';
import { CONVOLVE_TOLERANCE, convolveWork, errorOfConvolve } from './convolution-case';
import { webgpuConvolve } from './webgpu/convolve';

/** @param stock by operations of tfjs */
export async function chooseConvolve(backend: tf.KernelBackend, stock: Convolve): Promise<Convolve> {
  if (tf.getBackend() !== 'webgpu') return stock;
  try {
    const { kernel } = await settle<Convolve>({
      name: 'convolutions',
      candidates: [
        { name: 'own', make: () => webgpuConvolve(backend) },
        { name: 'stock', make: () => stock },
      ],
      tolerance: CONVOLVE_TOLERANCE,
      error: errorOfConvolve,
      work: convolveWork(),
    });
    return kernel;
  } catch {
    // Neither is right: what the network then says is no worse for being asked of tfjs.
    return stock;
  }
}
