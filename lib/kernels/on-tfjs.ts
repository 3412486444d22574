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
 * @param relaxed the same for engines with relaxed SIMD, tried first
 * @returns what the module exports, or null where the backend's memory cannot be reached or SIMD is missing
 */
export function putOnTfjs<Exports>(
  backend: BackendWasm,
  builds: TfjsBuilds,
  relaxed?: TfjsBuilds,
): Exports | null {
  const memory = memoryOf(backend);
  if (!memory) return null;
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  for (const { PLAIN, SHARED } of relaxed ? [relaxed, builds] : [builds]) {
    try {
      const module = new WebAssembly.Module(moduleBytes(shared ? SHARED : PLAIN));
      return new WebAssembly.Instance(module, { tfjs: { memory } }).exports as Exports;
    } catch {
      // The engine does not know these instructions.
    }
  }
  return null;
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

/** Memory for a kernel's own use, by the allocator of tfjs, that grows with what is asked of it. What it holds is lost then. */
export class GrowingScratch {
  private at = 0;
  private bytes = 0;
  constructor(private readonly backend: BackendWasm) {}

  /** @returns where so many bytes begin @throws Error where there is not so much memory */
  of(bytes: number): number {
    if (bytes <= this.bytes) return this.at;
    const module = this.backend.wasm as unknown as {
      _malloc(bytes: number): number;
      _free(at: number): void;
    };
    if (this.bytes > 0) module._free(this.at);
    this.bytes = 0;
    this.at = module._malloc(bytes) >>> 0;
    if (this.at === 0)
      throw new Error(`There is no memory for ${(bytes / 1e6).toFixed(1)} MB of a convolution.`);
    this.bytes = bytes;
    return this.at;
  }
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
