/**
 * Kernels of our own on the WASM backend of tfjs: a module of some 2 kB that works on the same memory.
 *
 * tfjs has no fused SiLU there (sigmoid and mul are two passes and an allocation), and it concatenates and enlarges pixel
 * by pixel from JavaScript. Source: `silu-source.ts`.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { putOnTfjs } from '@/lib/kernels/on-tfjs';
import * as binary from './silu-binary';

interface Exports {
  silu(at: number, length: number): void;
  siluAdd(at: number, other: number, length: number): void;
  spread(from: number, to: number, pixels: number, length: number, step: number): void;
  spreadDoubled(from: number, to: number, rows: number, columns: number, length: number, step: number): void;
}

export class WasmKernels {
  private constructor(
    private readonly backend: BackendWasm,
    private readonly exports: Exports,
  ) {}

  /** @returns null where the backend's memory cannot be reached or SIMD is missing: then tfjs' own operations serve */
  static create(backend: BackendWasm): WasmKernels | null {
    const exports = putOnTfjs<Exports>(backend, binary);
    return exports && new WasmKernels(backend, exports);
  }

  /** Overwrites x: the result is the same tensor. */
  silu(x: TensorInfo): TensorInfo {
    this.exports.silu(this.at(x), byteLength(x));
    return this.same(x);
  }

  /** Overwrites x. */
  siluAdd(x: TensorInfo, other: TensorInfo): TensorInfo {
    this.exports.siluAdd(this.at(x), this.at(other), byteLength(x));
    return this.same(x);
  }

  /**
   * Along channels; an input of half the height and width is enlarged on the way.
   * @param inputs 1 × H × W × C each, or 1 × H/2 × W/2 × C
   */
  concat(inputs: readonly TensorInfo[], height: number, width: number): TensorInfo {
    const channels = inputs.reduce((sum, { shape }) => sum + shape[3]!, 0);
    const out = this.backend.makeOutput([1, height, width, channels], 'float32');
    let to = this.at(out);
    const step = channels * 4;
    for (const input of inputs) {
      const [, rows, columns, own] = input.shape as [number, number, number, number];
      if (rows === height) this.exports.spread(this.at(input), to, rows * columns, own * 4, step);
      else this.exports.spreadDoubled(this.at(input), to, rows, columns, own * 4, step);
      to += own * 4;
    }
    return out;
  }

  private at({ dataId }: TensorInfo): number {
    return this.backend.dataIdMap.get(dataId).memoryOffset;
  }

  private same({ dataId, shape, dtype }: TensorInfo): TensorInfo {
    this.backend.incRef(dataId);
    return { dataId, shape, dtype };
  }
}

const byteLength = ({ shape }: TensorInfo) => shape.reduce((product, side) => product * side, 4);
