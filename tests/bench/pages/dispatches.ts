/** How much a step asks of a GPU: compute dispatches on WebGPU, draws on WebGL. */

/** Does the work. @returns null on backends without a GPU */
export async function countDispatches(backend: string, work: () => Promise<unknown>): Promise<number | null> {
  if (backend === 'webgpu') return counted(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', work);
  if (backend === 'webgl') return counted(WebGL2RenderingContext.prototype, 'drawElements', work);
  await work();
  return null;
}

/** Calls of a method while `work` runs. */
async function counted<T extends object>(
  prototype: T,
  method: keyof T,
  work: () => Promise<unknown>,
): Promise<number> {
  const original = prototype[method] as (...args: unknown[]) => unknown;
  let calls = 0;
  prototype[method] = function (this: unknown, ...args: unknown[]) {
    calls++;
    return original.apply(this, args);
  } as T[keyof T];
  try {
    await work();
  } finally {
    prototype[method] = original as T[keyof T];
  }
  return calls;
}
