/**
 * Chooses the convolutions of the backend in use: our own against those of tfjs, by trial on this machine
 * (`lib/kernels/trial.ts`). Where a backend has none of our own there is nothing to choose.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { settle } from '@/lib/kernels/settle';
import { type Convolve, SILU_BY_TFJS, type SiluPasses, STOCK_CONVOLVE } from './convolution';
import { CONVOLVE_TOLERANCE, errorOfConvolve, timedConvolutions } from './convolution-case';
import { mayConvolve, wasmConvolve } from './wasm-convolve';
import { webgpuConvolve } from './webgpu/convolve';

/** Convolutions of our own, given what is to come behind them where they have no SiLU in them. */
export interface OwnConvolve {
  readonly convolve: Convolve;
  /** Whether SiLU is in them, so that nobody needs passes for it. */
  readonly withSilu: boolean;
}

type Maker = (passes: SiluPasses) => OwnConvolve;

const chosen = new WeakMap<tf.KernelBackend, Promise<Maker | null>>();

/** Chosen once for each backend. @returns null where those of tfjs are to be used */
export function ownConvolve(backend: tf.KernelBackend): Promise<Maker | null> {
  let choice = chosen.get(backend);
  if (!choice) {
    choice = choose(tf.getBackend(), backend);
    chosen.set(backend, choice);
  }
  return choice;
}

async function makeOwn(name: string, backend: tf.KernelBackend): Promise<Maker | null> {
  if (name === 'webgpu') {
    const convolve = await webgpuConvolve(backend);
    return convolve && (() => ({ convolve, withSilu: true }));
  }
  const own = wasmConvolve(backend as BackendWasm);
  return own && ((passes) => ({ convolve: own(passes), withSilu: false }));
}

async function choose(name: string, backend: tf.KernelBackend): Promise<Maker | null> {
  if (name === 'wasm' ? !mayConvolve(backend as BackendWasm) : name !== 'webgpu') return null;
  try {
    const { kernel } = await settle<{ own: Maker | null; convolve: Convolve }>({
      name: 'convolutions',
      candidates: [
        {
          name: 'own',
          async make() {
            const own = await makeOwn(name, backend);
            return own && { own, convolve: own(SILU_BY_TFJS).convolve };
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
