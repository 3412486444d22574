/** WebAssembly: the backend that every browser has. */
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { BackendRefused, type Started, type StartOptions } from './candidate';

/** Small products gain nothing from more. */
const MAX_THREADS = 4;

/**
 * Half the cores, which is also where tfjs caps it. Its threads wait by spinning, so on two cores, or on a busy
 * machine, a second thread takes from the first, and from the page, what they need.
 */
export function threadsFor(cores: number, isolated: boolean): number {
  return isolated ? Math.max(1, Math.min(MAX_THREADS, Math.floor(cores / 2))) : 1;
}

/** As `lib/commands/prepare/wasm.ts` copies it from the package. */
export const THREAD_SCRIPT = 'tfjs-backend-wasm-threaded-simd.js';

/** Null where it is not served. */
async function threadScript(wasmFolder: string): Promise<string | null> {
  const response = await fetch(`${wasmFolder}${THREAD_SCRIPT}`).catch(() => null);
  return response?.ok ? response.text() : null;
}

/**
 * tfjs gives its threads the *source text* of one of its functions, in a Blob. A bundler that shortens names breaks that
 * text: it then speaks of a variable that exists only in the bundle. So the Blob gets the package's own file instead.
 */
async function withThreadScript<T>(source: string | null, start: () => Promise<T>): Promise<T> {
  if (source === null) return start();
  const text = source;
  const Original = globalThis.Blob;
  globalThis.Blob = class extends Original {
    constructor(parts: BlobPart[] = [], options?: BlobPropertyBag) {
      const isThreadScript = String(parts[0]).startsWith('var WasmBackendModuleThreadedSimd =');
      super(isThreadScript ? [text] : parts, options);
    }
  };
  try {
    return await start();
  } finally {
    globalThis.Blob = Original;
  }
}

/** @throws BackendRefused where the binaries cannot be fetched or compiled */
export async function startWasm({ wasmFolder }: StartOptions): Promise<Started> {
  const wanted = threadsFor(navigator.hardwareConcurrency || 1, globalThis.crossOriginIsolated === true);
  const script = wanted === 1 ? null : await threadScript(wasmFolder);
  const threads = script === null ? 1 : wanted;
  // Without it the build for threads would not start; the one without them does, and computes the same.
  if (script === null) tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(wasmFolder);
  setThreadsCount(threads);
  const start = () => tf.setBackend('wasm');
  if (!(await withThreadScript(script, start)))
    throw new BackendRefused('WebAssembly did not start; its files may not have been served');
  const running = threads === 1 ? 1 : getThreadsCount();
  return { adapter: running === 1 ? '1 thread' : `${running} threads`, softwareGpu: false };
}
