/**
 * What a network is computed with: convolutions with all that comes behind them, and the few operations for which tfjs has no
 * single pass: SiLU, SiLU with a shortcut, and joining layers (one of them possibly enlarged). Each backend gets kernels of its
 * own where it can; they are tested against plain arithmetic before use, and where the test fails, or they are slower on the
 * machine at hand, tfjs' own operations take their place.
 *
 * SiLU: x · σ(x) (Elfwing et al. 2018, section 2).
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { registerAnew } from '@/lib/kernels/register';
import { settle } from '@/lib/kernels/settle';
import { ownConvolve } from './choose-convolve';
import { type Convolve, convolveByTfjs, SILU_BY_TFJS, STOCK_CONVOLVE } from './convolution';
import { siluOnCpu } from './cpu';
import { WasmKernels } from './wasm';
import { siluOnWebgl } from './webgl';
import { siluOnWebgpu } from './webgpu/silu';

export interface Kernels {
  /** `own`: one pass each. `stock`: tfjs operations. */
  readonly kind: 'own' | 'stock';
  /** Why the backend's own kernels are not used, or null. */
  readonly reason: string | null;
  /** x · σ(x). May overwrite x, which must not be used afterwards. */
  silu(x: tf.Tensor4D): tf.Tensor4D;
  /** x · σ(x) + shortcut. May overwrite x. */
  siluAdd(x: tf.Tensor4D, shortcut: tf.Tensor4D): tf.Tensor4D;
  /** Along channels. Inputs of half the height and width are enlarged (nearest neighbour). */
  concat(inputs: readonly tf.Tensor4D[]): tf.Tensor4D;
  readonly convolve: Convolve;
}

export { type Activation, type Convolution, type Convolve, STOCK_CONVOLVE } from './convolution';

/** Worst relative error (absolute below 1) a kernel may show in its self-test; half-precision textures reach 1e-3. */
const TOLERANCE = 2e-3;

const prepared = new WeakMap<object, Promise<Kernels>>();
const tried = new WeakMap<object, Promise<Passes>>();

/** Kernels for the backend that is active now, made and tested once. */
export function kernels(): Promise<Kernels> {
  return once(prepared, tf.backend(), prepare);
}

/** The same without convolutions: what those of tfjs need beside them. */
export function passes(): Promise<Passes> {
  return once(tried, tf.backend(), choose);
}

function once<Backend extends object, Made>(
  known: WeakMap<object, Promise<Made>>,
  backend: Backend,
  make: (backend: Backend) => Promise<Made>,
): Promise<Made> {
  const made = known.get(backend) ?? make(backend);
  known.set(backend, made);
  return made;
}

async function prepare(backend: tf.KernelBackend): Promise<Kernels> {
  const own = await ownConvolve(backend);
  if (own) {
    const { convolve, withSilu } = own(SILU_BY_TFJS);
    // No network waits for a trial of passes that it never runs.
    if (withSilu) return { kind: 'own', reason: null, ...SILU_BY_TFJS, concat: stockConcat, convolve };
  }
  const chosen = await once(tried, backend, choose);
  return { ...chosen, convolve: own ? own(chosen).convolve : convolveByTfjs(chosen) };
}

/** Of the backend that is active now, for a network without SiLU: nothing but convolutions is tried. */
export async function chosenConvolve(): Promise<Convolve> {
  const own = await ownConvolve(tf.backend());
  return own ? own(SILU_BY_TFJS).convolve : STOCK_CONVOLVE;
}

async function choose(backend: tf.KernelBackend): Promise<Passes> {
  const tfjs = stockPasses('those of tfjs were faster on this machine, or asked for');
  try {
    const { kernel, outcome } = await settle<Passes>({
      name: 'activations',
      candidates: [
        { name: 'own', make: () => ownKernels(tf.getBackend(), backend) },
        { name: 'stock', make: () => tfjs },
      ],
      tolerance: TOLERANCE,
      error: selfTest,
      work: activate,
    });
    const refused = outcome.figures.find(({ name }) => name === 'own')?.refused;
    return kernel === tfjs && refused ? stockPasses(refused) : kernel;
  } catch (error) {
    return stockPasses(error instanceof Error ? error.message : String(error));
  }
}

/** What is timed: activations the size of an early layer's, and the smallest of tensors fetched, so that the device is done. */
async function activate(own: Passes): Promise<void> {
  const corner = tf.tidy(() => {
    const ones = (side: number) => tf.ones([1, side, side, 64]) as tf.Tensor4D;
    const joined = own.concat([own.siluAdd(own.silu(ones(80)), ones(80)), ones(40)]);
    return tf.slice(joined, [0, 0, 0, 0], [1, 1, 1, 1]);
  });
  await corner.data();
  corner.dispose();
}

/** Operations of tfjs for everything. */
export function stock(reason: string): Kernels {
  return { ...stockPasses(reason), convolve: STOCK_CONVOLVE };
}

/** All but the convolutions. */
export type Passes = Omit<Kernels, 'convolve'>;

function stockPasses(reason: string): Passes {
  return { kind: 'stock', reason, ...SILU_BY_TFJS, concat: stockConcat };
}

function stockConcat(inputs: readonly tf.Tensor4D[]): tf.Tensor4D {
  const [height, width] = largest(inputs);
  return tf.tidy(() =>
    tf.concat(
      inputs.map((x) => (x.shape[1] === height ? x : tf.image.resizeNearestNeighbor(x, [height, width]))),
      3,
    ),
  );
}

function largest(inputs: readonly tf.Tensor4D[]): [height: number, width: number] {
  return [Math.max(...inputs.map((x) => x.shape[1])), Math.max(...inputs.map((x) => x.shape[2]))];
}

const SILU = 'EpsilonSilu';
const SILU_ADD = 'EpsilonSiluAdd';
const CONCAT = 'EpsilonConcat';

async function ownKernels(name: string, backend: tf.KernelBackend): Promise<Passes | null> {
  let concat = stockConcat;
  switch (name) {
    case 'wasm': {
      const own = await WasmKernels.create(backend as BackendWasm);
      if (!own) return null;
      register(name, SILU, ({ x }) => own.silu(x!));
      register(name, SILU_ADD, ({ x, shortcut }) => own.siluAdd(x!, shortcut!));
      register(name, CONCAT, (inputs) => {
        const list = Object.values(inputs);
        return own.concat(list, ...largest(list as tf.Tensor4D[]));
      });
      concat = (inputs) => run(CONCAT, Object.fromEntries(inputs.map((x, i) => [`x${i}`, x])));
      break;
    }
    case 'webgpu':
      register(name, SILU, ({ x }) => siluOnWebgpu(backend, x!));
      register(name, SILU_ADD, ({ x, shortcut }) => siluOnWebgpu(backend, x!, shortcut));
      break;
    case 'webgl':
      register(name, SILU, ({ x }) => siluOnWebgl(backend, x!));
      register(name, SILU_ADD, ({ x, shortcut }) => siluOnWebgl(backend, x!, shortcut));
      break;
    case 'cpu':
      register(name, SILU, ({ x }) => siluOnCpu(backend, x!));
      register(name, SILU_ADD, ({ x, shortcut }) => siluOnCpu(backend, x!, shortcut));
      break;
    default:
      return null;
  }
  return {
    kind: 'own',
    reason: null,
    silu: (x) => run(SILU, { x }),
    siluAdd: (x, shortcut) => run(SILU_ADD, { x, shortcut }),
    concat,
  };
}

type Implementation = (inputs: Record<string, tf.TensorInfo>) => tf.TensorInfo;

const register = (backendName: string, kernelName: string, implementation: Implementation) =>
  registerAnew(backendName, kernelName, ({ inputs }) =>
    implementation(inputs as Record<string, tf.TensorInfo>),
  );

const run = (kernel: string, inputs: Record<string, tf.Tensor4D>) =>
  tf.engine().runKernel(kernel, inputs) as unknown as tf.Tensor4D;

/** Worst error over values small, large and of both signs, in a shape that leaves a rest after groups of four. */
async function selfTest(own: Passes): Promise<number> {
  const shape: [number, number, number, number] = [1, 2, 2, 7];
  const x = Float32Array.from({ length: 28 }, (_, i) => (i % 2 ? -1 : 1) * 0.004 * 1.5 ** i);
  const other = Float32Array.from({ length: 28 }, (_, i) => i - 14);
  const small = Float32Array.from({ length: 5 }, (_, i) => i + 0.5);
  const silu = Array.from(x, (value) => value / (1 + Math.exp(-value)));
  const joined = [0, 1, 2, 3].flatMap((pixel) => [...x.slice(7 * pixel, 7 * pixel + 7), ...small]);

  const results = tf.tidy(() => {
    const input = () => tf.tensor4d(x.slice(), shape);
    return [
      own.silu(input()),
      own.siluAdd(input(), tf.tensor4d(other, shape)),
      own.concat([input(), tf.tensor4d(small, [1, 1, 1, 5])]),
    ];
  });
  const expected = [silu, silu.map((value, i) => value + other[i]!), joined];
  try {
    let worst = 0;
    for (const [i, result] of results.entries()) {
      const values = await result.data();
      if (values.length !== expected[i]!.length) return Number.POSITIVE_INFINITY;
      for (const [j, wanted] of expected[i]!.entries()) {
        const error = Math.abs(values[j]! - wanted) / Math.max(1, Math.abs(wanted));
        if (!(error <= worst)) worst = Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
      }
    }
    return worst;
  } finally {
    tf.dispose(results);
  }
}
