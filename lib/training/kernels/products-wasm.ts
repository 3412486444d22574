/**
 * The three products by a kernel of our own on tfjs' WASM backend. tfjs packs the right operand anew whenever that tensor is
 * new, as all of a training step's are, and turns operands in passes of their own; ours packs and turns in one, block by block, while
 * it multiplies. Source: `products-source.ts`.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { putOnTfjs, scratchOn } from '@/lib/kernels/on-tfjs';
import * as binary from './products-binary';

/** Whether an operand is taken turned: attributes of the kernel as tfjs knows it. */
interface Turns {
  a: boolean;
  b: boolean;
}

interface Exports {
  /** Memory that it wants for itself. */
  scratchBytes: WebAssembly.Global;
  multiply(
    a: number,
    aAcross: number,
    aAlong: number,
    b: number,
    bAcross: number,
    bAlong: number,
    out: number,
    rows: number,
    inner: number,
    columns: number,
    scratch: number,
  ): void;
}

const KERNEL = 'EpsilonProduct';

/** Worst error, relative to the sum of the products' sizes, that the self-test accepts. Float32 makes some 1e-7. */
const TOLERANCE = 1e-6;

const BYTES = 4;

class WasmProduct {
  private constructor(
    private readonly backend: BackendWasm,
    private readonly exports: Exports,
    private readonly scratch: number,
  ) {}

  static on(backend: BackendWasm): WasmProduct | null {
    const exports = putOnTfjs<Exports>(backend, binary);
    if (!exports) return null;
    const scratch = scratchOn(backend, exports.scratchBytes.value);
    return scratch === null ? null : new WasmProduct(backend, exports, scratch);
  }

  multiply(a: tf.TensorInfo, b: tf.TensorInfo, turned: Turns): tf.TensorInfo {
    const [aRows, aColumns] = a.shape as [number, number];
    const [bRows, bColumns] = b.shape as [number, number];
    const [rows, inner] = turned.a ? [aColumns, aRows] : [aRows, aColumns];
    const [bInner, columns] = turned.b ? [bColumns, bRows] : [bRows, bColumns];
    if (inner !== bInner)
      throw new RangeError(`A product of ${rows} × ${inner} and ${bInner} × ${columns} has no meaning.`);
    if (a.dtype !== 'float32' || b.dtype !== 'float32')
      throw new RangeError(`A product of ${a.dtype} and ${b.dtype} is not made here, only of float32.`);
    const out = this.backend.makeOutput([rows, columns], 'float32');
    if (inner === 0) this.backend.typedArrayFromHeap(out).fill(0);
    const [one, aRow, bRow] = [BYTES, aColumns * BYTES, bColumns * BYTES];
    this.exports.multiply(
      this.at(a),
      turned.a ? one : aRow,
      turned.a ? aRow : one,
      this.at(b),
      turned.b ? bRow : one,
      turned.b ? one : bRow,
      this.at(out),
      rows,
      inner,
      columns,
      this.scratch,
    );
    return out;
  }

  private at({ dataId }: tf.TensorInfo): number {
    return this.backend.dataIdMap.get(dataId).memoryOffset;
  }
}

/** By backend: one that was removed and made again has memory of its own. */
const prepared = new WeakMap<tf.KernelBackend, WasmProduct | null>();

function productOn(backend: tf.KernelBackend): WasmProduct | null {
  let own = prepared.get(backend);
  if (own === undefined) {
    own = WasmProduct.on(backend as BackendWasm);
    prepared.set(backend, own);
  }
  return own;
}

/** To tfjs a kernel like any other: its engine counts, tidies and profiles what comes of it. */
function register(): void {
  if (tf.getKernel(KERNEL, 'wasm')) return;
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) =>
      productOn(backend as tf.KernelBackend)!.multiply(inputs.a!, inputs.b!, attrs as unknown as Turns),
  });
}

const run = (a: tf.Tensor2D, b: tf.Tensor2D, turned: Turns) =>
  tf.engine().runKernel(KERNEL, { a, b }, { ...turned }) as unknown as tf.Tensor2D;

/** `Products`, by their shape. */
const OWN = {
  kind: 'own' as const,
  times: (a: tf.Tensor2D, b: tf.Tensor2D) => run(a, b, { a: false, b: false }),
  timesTransposed: (a: tf.Tensor2D, b: tf.Tensor2D) => run(a, b, { a: false, b: true }),
  transposedTimes: (a: tf.Tensor2D, b: tf.Tensor2D) => run(a, b, { a: true, b: false }),
};

/**
 * The first time on a backend, after a self-test. At once: on this backend nothing is waited for.
 * @param backend that is active now
 * @returns null where there are none, or where they computed wrongly
 */
export function productsOnWasm(backend: tf.KernelBackend): typeof OWN | null {
  if (!tested.has(backend)) {
    register();
    tested.set(backend, productOn(backend) !== null && selfTest() <= TOLERANCE);
  }
  return tested.get(backend) ? OWN : null;
}

/** The same, for a contest of kernels that waits for some. */
export async function wasmProducts(backend: tf.KernelBackend): Promise<typeof OWN | null> {
  return productsOnWasm(backend);
}

const tested = new WeakMap<tf.KernelBackend, boolean>();

/** Rows, terms and columns that fill no tile, strip or panel, and more terms and columns than are taken at a time. */
const CASES = [
  [1, 1, 1],
  [5, 3, 9],
  [4, 8, 8],
  [7, 261, 3],
  [2, 5, 267],
] as const;

/** Worst error over small cases against plain loops in double, relative to the sum of the products' sizes. */
function selfTest(): number {
  let worst = 0;
  for (const [rows, inner, columns] of CASES) {
    const numbers = (size: number, phase: number) =>
      Float32Array.from({ length: size }, (_, i) => Math.sin(7.1 * i + phase) * 3 ** (i % 4));
    const a = numbers(rows * inner, 1);
    const b = numbers(inner * columns, 2);
    const results = tf.tidy(() => {
      const lying = [tf.tensor2d(a, [rows, inner]), tf.tensor2d(b, [inner, columns])] as const;
      const turned = [
        tf.tensor2d(turn(a, rows, inner), [inner, rows]),
        tf.tensor2d(turn(b, inner, columns), [columns, inner]),
      ] as const;
      return [
        OWN.times(...lying),
        OWN.timesTransposed(lying[0], turned[1]),
        OWN.transposedTimes(turned[0], lying[1]),
      ].map((product) => product.dataSync());
    });
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++) {
        let [sum, size] = [0, 0];
        for (let k = 0; k < inner; k++) {
          const term = a[r * inner + k]! * b[k * columns + c]!;
          sum += term;
          size += Math.abs(term);
        }
        for (const result of results) {
          const error = Math.abs(result[r * columns + c]! - sum) / size;
          if (!(error <= worst)) worst = Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
        }
      }
  }
  return worst;
}

/** Columns as rows. */
const turn = (values: Float32Array, rows: number, columns: number): Float32Array =>
  Float32Array.from(values, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!);
