import * as tf from '@tensorflow/tfjs-core';

/**
 * A kernel of ours among those of tfjs' engine, which counts, tidies and profiles what comes of it. A backend that was removed and made again
 * gets one of its own: the old one holds on to the old memory.
 */
export function registerAnew(backendName: string, kernelName: string, kernelFunc: tf.KernelFunc): void {
  if (tf.getKernel(kernelName, backendName)) tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel({ kernelName, backendName, kernelFunc });
}
