/**
 * The kernel gradients of a convolution by a kernel of our own on tfjs' WASM backend, example by example or summed. tfjs has none
 * there; what stands in for them elsewhere (`../layers/conv-contractions.ts`) moves the batch into the place of the channels
 * and back, or unfolds all windows. Source: `conv-gradients-source.ts`.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { putOnTfjs, scratchOn } from '@/lib/kernels/on-tfjs';
import { relativeError } from '@/lib/kernels/relative-error';
import * as binary from './conv-gradients-binary';
import { products } from './products';

/** Sizes of the windows of a convolution over padded pictures. */
export interface Windows {
  kernelHeight: number;
  kernelWidth: number;
  stride: number;
  bias: boolean;
}

/** How rows become gradients: attributes of the kernel as tfjs knows it. */
interface Wanted extends Windows {
  /** So many rows, one after the other, are added up to one gradient. */
  group: number;
  /** Gradients come back; else only their lengths. */
  keep: boolean;
  lengths: boolean;
}

interface Exports {
  /** Memory that it wants for itself, and the most places in a row and filters that it takes. */
  scratchBytes: WebAssembly.Global;
  mostColumns: WebAssembly.Global;
  convGradients(...sizesAndPointers: number[]): void;
  weightedSum(rows: number, factors: number, out: number, count: number, size: number): void;
}

const EACH = 'EpsilonConvGradients';
const SUM = 'EpsilonWeightedSum';

/** Worst error, relative to the largest number, that the self-test accepts. Float32 makes some 1e-7. */
const TOLERANCE = 1e-6;

const BYTES = 4;

class WasmConvGradients {
  private constructor(
    private readonly backend: BackendWasm,
    private readonly exports: Exports,
    private readonly scratch: number,
  ) {}

  static on(backend: BackendWasm): WasmConvGradients | null {
    const exports = putOnTfjs<Exports>(backend, binary);
    if (!exports) return null;
    const scratch = scratchOn(backend, exports.scratchBytes.value);
    return scratch === null ? null : new WasmConvGradients(backend, exports, scratch);
  }

  get mostColumns(): number {
    return this.exports.mostColumns.value;
  }

  /** @returns gradients, groups × (K + 1) M, then lengths, [groups]; of either, what is wanted */
  each(pictures: tf.TensorInfo, slopes: tf.TensorInfo, factors: tf.TensorInfo | undefined, wanted: Wanted) {
    const { kernelHeight, kernelWidth, stride, bias, group, keep, lengths } = wanted;
    const [rows, height, width, channels] = pictures.shape as [number, number, number, number];
    const [, down, across, filters] = slopes.shape as [number, number, number, number];
    const groups = Math.ceil(rows / group);
    const size = (kernelHeight * kernelWidth * channels + (bias ? 1 : 0)) * filters;
    const out = this.backend.makeOutput([keep ? groups : 1, size], 'float32');
    const squares = lengths ? this.backend.makeOutput([groups], 'float32') : null;
    const rowBytes = width * channels * BYTES;
    this.exports.convGradients(
      this.at(pictures),
      this.at(slopes),
      factors ? this.at(factors) : 0,
      this.at(out),
      keep ? size * BYTES : 0,
      squares ? this.at(squares) : 0,
      rows,
      group,
      height * rowBytes,
      rowBytes,
      stride * channels * BYTES,
      stride * rowBytes,
      kernelHeight,
      kernelWidth * channels,
      down,
      across,
      filters,
      bias ? 1 : 0,
      this.scratch,
    );
    if (!keep) this.backend.disposeData(out.dataId);
    return [...(keep ? [out] : []), ...(squares ? [squares] : [])];
  }

  weightedSum(rows: tf.TensorInfo, factors: tf.TensorInfo): tf.TensorInfo {
    const [count, size] = rows.shape as [number, number];
    const out = this.backend.makeOutput([size], 'float32');
    this.exports.weightedSum(this.at(rows), this.at(factors), this.at(out), count, size);
    return out;
  }

  private at({ dataId }: tf.TensorInfo): number {
    return this.backend.dataIdMap.get(dataId).memoryOffset;
  }
}

/** By backend: one that was removed and made again has memory of its own. */
const prepared = new WeakMap<tf.KernelBackend, WasmConvGradients | null>();

function kernelOn(backend: tf.KernelBackend): WasmConvGradients | null {
  let own = prepared.get(backend);
  if (own === undefined) {
    own = WasmConvGradients.on(backend as BackendWasm);
    prepared.set(backend, own);
  }
  return own;
}

/** To tfjs kernels like any others: its engine counts, tidies and profiles what comes of them. */
function register(): void {
  if (tf.getKernel(EACH, 'wasm')) return;
  tf.registerKernel({
    kernelName: EACH,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) =>
      kernelOn(backend as tf.KernelBackend)!.each(
        inputs.pictures!,
        inputs.slopes!,
        inputs.factors,
        attrs as unknown as Wanted,
      ),
  });
  tf.registerKernel({
    kernelName: SUM,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend }) =>
      kernelOn(backend as tf.KernelBackend)!.weightedSum(inputs.rows!, inputs.factors!),
  });
}

/** With pictures rows × H × W × C, padded, and slopes rows × places down × places across × M, the gradient at the output. */
export interface ConvGradients {
  /**
   * ‖Σ gᵢ‖² over every `copies` rows, and these gradients, kernel and then bias, [rows / copies, (K + 1) M], if they are to be kept.
   */
  squaredNorms(
    pictures: tf.Tensor4D,
    slopes: tf.Tensor4D,
    windows: Windows,
    options: { copies: number; keep: boolean },
  ): { squares: tf.Tensor1D; kept: tf.Tensor2D | null };
  /** Σᵢ cᵢ gᵢ, kernel and then bias, [(K + 1) M]. @param factors cᵢ of each row */
  weightedSum(
    pictures: tf.Tensor4D,
    slopes: tf.Tensor4D,
    factors: tf.Tensor1D,
    windows: Windows,
  ): tf.Tensor1D;
  /** Σᵢ cᵢ gᵢ from gradients that were kept. */
  sumOfKept(kept: tf.Tensor2D, factors: tf.Tensor1D): tf.Tensor1D;
}

const each = (inputs: tf.NamedTensorMap, wanted: Wanted) =>
  tf.engine().runKernel(EACH, inputs, { ...wanted }) as unknown as tf.Tensor[];

const OWN: ConvGradients = {
  squaredNorms(pictures, slopes, windows, { copies, keep }) {
    const found = each({ pictures, slopes }, { ...windows, group: copies, keep, lengths: true });
    return { squares: found.at(-1) as tf.Tensor1D, kept: keep ? (found[0] as tf.Tensor2D) : null };
  },
  weightedSum(pictures, slopes, factors, windows) {
    const wanted = { ...windows, group: slopes.shape[0], keep: true, lengths: false };
    return tf.reshape(each({ pictures, slopes, factors }, wanted)[0]!, [-1]);
  },
  sumOfKept: (rows, factors) => tf.engine().runKernel(SUM, { rows, factors }) as unknown as tf.Tensor1D,
};

const tested = new WeakMap<tf.KernelBackend, boolean>();

/**
 * Where products are our own on WASM, whoever decided that: what makes the one faster makes the other.
 * @param across places in a row
 * @returns null where there are none, where they computed wrongly in their self-test, or where the sizes are beyond them
 */
export function convGradients(across: number, filters: number): ConvGradients | null {
  if (tf.getBackend() !== 'wasm' || products().kind !== 'own') return null;
  const backend = tf.backend();
  if (!tested.has(backend)) {
    register();
    tested.set(backend, kernelOn(backend) !== null && selfTest() <= TOLERANCE);
  }
  if (!tested.get(backend)) return null;
  const most = kernelOn(backend)!.mostColumns;
  return across <= most && filters <= most ? OWN : null;
}

/** Worst error over a small case against plain loops in double: rows, spans and filters that fill no strip and no panel. */
function selfTest(): number {
  const [rows, height, width, channels, filters, stride] = [3, 5, 8, 3, 9, 2];
  const [kernelHeight, kernelWidth, down, across] = [3, 2, 2, 4];
  const windows: Windows = { kernelHeight, kernelWidth, stride, bias: true };
  const numbers = (size: number, phase: number) =>
    Float32Array.from({ length: size }, (_, i) => Math.sin(7.1 * i + phase) * (1 + (i % 4)));
  const pictures = numbers(rows * height * width * channels, 1);
  const slopes = numbers(rows * down * across * filters, 2);
  const factors = Float32Array.of(0.5, 0, 2);
  const size = (kernelHeight * kernelWidth * channels + 1) * filters;

  const expected = Array.from({ length: rows }, (_, row) => {
    const gradient = new Float64Array(size);
    for (let y = 0; y < down; y++)
      for (let x = 0; x < across; x++)
        for (let k = 0; k < size; k++) {
          const [tap, filter] = [Math.floor(k / filters), k % filters];
          const [pixel, channel] = [Math.floor(tap / channels), tap % channels];
          const [top, left] = [
            y * stride + Math.floor(pixel / kernelWidth),
            x * stride + (pixel % kernelWidth),
          ];
          const input =
            pixel === kernelHeight * kernelWidth
              ? 1
              : pictures[((row * height + top) * width + left) * channels + channel]!;
          gradient[k] = gradient[k]! + input * slopes[((row * down + y) * across + x) * filters + filter]!;
        }
    return gradient;
  });
  const sum = Float64Array.from({ length: size }, (_, k) =>
    expected.reduce((total, gradient, row) => total + factors[row]! * gradient[k]!, 0),
  );
  const squares = expected.map((gradient) => gradient.reduce((total, value) => total + value * value, 0));

  const found = tf.tidy(() => {
    const x = tf.tensor4d(pictures, [rows, height, width, channels]);
    const z = tf.tensor4d(slopes, [rows, down, across, filters]);
    const c = tf.tensor1d(factors);
    const { squares: own, kept } = OWN.squaredNorms(x, z, windows, { copies: 1, keep: true });
    return [own, OWN.sumOfKept(kept!, c), OWN.weightedSum(x, z, c, windows)].map((t) => t.dataSync());
  });
  return Math.max(...[squares, sum, sum].map((wanted, i) => relativeError(found[i]!, wanted)));
}
