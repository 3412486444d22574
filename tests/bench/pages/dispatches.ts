/** How much a step asks of a device: compute dispatches on WebGPU, draws on WebGL, kernels elsewhere. */
import * as tf from '@tensorflow/tfjs-core';

export async function countDispatches(backend: string, step: () => Promise<void>): Promise<number> {
  if (backend === 'webgpu') return counted(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', step);
  if (backend === 'webgl') return await counted(WebGL2RenderingContext.prototype, 'drawElements', step);
  return (
    await tf.profile(async () => {
      await step();
      return tf.scalar(0);
    })
  ).kernels.length;
}

/** Calls of a method while `step` runs. */
async function counted<T extends object>(
  prototype: T,
  method: keyof T,
  step: () => Promise<void>,
): Promise<number> {
  const original = prototype[method] as (...args: unknown[]) => unknown;
  let calls = 0;
  prototype[method] = function (this: unknown, ...args: unknown[]) {
    calls++;
    return original.apply(this, args);
  } as T[keyof T];
  try {
    await step();
  } finally {
    prototype[method] = original as T[keyof T];
  }
  return calls;
}
