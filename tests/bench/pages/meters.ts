/**
 * Memory of one frame that the page's own tools do not show: of WebAssembly and of the GPU. Constructors
 * are replaced by ones that keep count, so a frame loads this before its engine: some allocate as soon as they are imported.
 */
export interface Memory {
  /** Bytes of all WebAssembly memories that are alive, at their present, and so their greatest, size. */
  wasm: number;
  /** Bytes of GPU buffers that were made and not destroyed; null where there is no WebGPU. */
  gpu: number | null;
}

const memories: WeakRef<WebAssembly.Memory>[] = [];
let gpuBytes = 0;

const remember = (memory: WebAssembly.Memory) => {
  if (!memories.some((known) => known.deref() === memory)) memories.push(new WeakRef(memory));
};

const OriginalMemory = WebAssembly.Memory;
WebAssembly.Memory = new Proxy(OriginalMemory, {
  construct(target, args) {
    const memory = Reflect.construct(target, args) as WebAssembly.Memory;
    remember(memory);
    return memory;
  },
});

/** Modules may bring a memory of their own and export it. */
function rememberExports(instance: WebAssembly.Instance): void {
  for (const value of Object.values(instance.exports)) if (value instanceof OriginalMemory) remember(value);
}

WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(target, args) {
    const instance = Reflect.construct(target, args) as WebAssembly.Instance;
    rememberExports(instance);
    return instance;
  },
});
for (const name of ['instantiate', 'instantiateStreaming'] as const) {
  const original = WebAssembly[name] as (
    ...args: unknown[]
  ) => Promise<WebAssembly.Instance | WebAssembly.WebAssemblyInstantiatedSource>;
  (WebAssembly as Record<string, unknown>)[name] = async (...args: unknown[]) => {
    const made = await original.apply(WebAssembly, args);
    rememberExports('instance' in made ? made.instance : made);
    return made;
  };
}

if (globalThis.GPUDevice) {
  const { createBuffer } = GPUDevice.prototype;
  const { destroy } = GPUBuffer.prototype;
  const alive = new WeakSet<GPUBuffer>();
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    alive.add(buffer);
    gpuBytes += buffer.size;
    return buffer;
  };
  GPUBuffer.prototype.destroy = function () {
    if (alive.delete(this)) gpuBytes -= this.size;
    destroy.call(this);
  };
}

export function readMeters(): Memory {
  const wasm = memories.reduce((sum, memory) => sum + (memory.deref()?.buffer.byteLength ?? 0), 0);
  return { wasm, gpu: globalThis.GPUDevice ? gpuBytes : null };
}
