/** Puts a kernel module of ours on the memory of tfjs' WASM backend, so that it reads and writes tensors where they lie. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { moduleBytes } from './bytes';

/** The two builds of a module that works on memory of tfjs, as its `*-binary.ts` has them. */
export interface TfjsBuilds {
  readonly PLAIN: string;
  readonly SHARED: string;
}

/**
 * At once, without waiting: the modules are of a few kB, which every browser compiles where it is asked.
 * @returns what the module exports, or null where the backend's memory cannot be reached or SIMD is missing
 */
export function putOnTfjs<Exports>(backend: BackendWasm, { PLAIN, SHARED }: TfjsBuilds): Exports | null {
  const memory = memoryOf(backend);
  if (!memory) return null;
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  try {
    const module = new WebAssembly.Module(moduleBytes(shared ? SHARED : PLAIN));
    return new WebAssembly.Instance(module, { tfjs: { memory } }).exports as Exports;
  } catch {
    return null;
  }
}

/**
 * Zeros for a kernel's own use, by the allocator of tfjs, for as long as the backend lives. Not a tensor: it is not the user's to
 * count.
 * @returns where they begin, or null where there is not so much memory
 */
export function scratchOn({ wasm }: BackendWasm, bytes: number): number | null {
  const module = wasm as unknown as { _malloc(bytes: number): number; HEAPU8: Uint8Array };
  const at = module._malloc(bytes) >>> 0;
  if (at === 0) return null;
  // Read only now: by asking for more, memory may have grown, and the array become another.
  module.HEAPU8.fill(0, at, at + bytes);
  return at;
}

/** How many threads the backend computes with. */
export const threadsOf = ({ wasm }: BackendWasm): number => wasm.tfjs.getThreadsCount();

/** Emscripten's memory: among the exports in the plain builds, a property of the module in the threaded one. */
function memoryOf({ wasm }: BackendWasm): WebAssembly.Memory | null {
  const { asm, wasmMemory, HEAPU8 } = wasm as unknown as {
    asm?: Record<string, unknown>;
    wasmMemory?: unknown;
    HEAPU8: Uint8Array;
  };
  for (const candidate of [wasmMemory, asm?.memory])
    if (candidate instanceof WebAssembly.Memory && candidate.buffer === HEAPU8.buffer) return candidate;
  return null;
}
