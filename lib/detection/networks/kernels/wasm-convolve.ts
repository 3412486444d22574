/**
 * Convolutions of our own on tfjs' WASM backend, for layers that sum over all inputs. Where the engine has relaxed SIMD a product and its
 * sum are one instruction, which tfjs' own build does not use. Source: `convolution-source.ts`.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { GrowingScratch, putOnTfjs, threadsOf } from '@/lib/kernels/on-tfjs';
import { registerAnew } from '@/lib/kernels/register';
import {
  type Activation,
  type Convolution,
  type Convolve,
  convolveByTfjs,
  outputSide,
  type SiluPasses,
} from './convolution';
import { PLAIN, RELAXED, RELAXED_SHARED, SHARED } from './convolution-binary';

const NAME = 'EpsilonConvolution';
const BYTES = 4;

interface Exports {
  tilePixels: WebAssembly.Global;
  tileChannels: WebAssembly.Global;
  frame(from: number, to: number, rows: number, length: number, edge: number, empty: number): void;
  places(to: number, x: number, rows: number, width: number, rowStep: number, pixelStep: number): number;
  convolve(
    places: number,
    pixels: number,
    filters: number,
    bias: number,
    out: number,
    columns: number,
    rows: number,
    inner: number,
    gap: number,
    slope: number,
    scratch: number,
  ): void;
}

/** A kernel of ours uses one thread: where tfjs has several there is nothing to try. */
export const mayConvolve = (backend: BackendWasm): boolean => threadsOf(backend) === 1;

/** @returns null where there are none, without SIMD; else what makes them of the passes for SiLU, which come behind */
export function wasmConvolve(backend: BackendWasm): ((passes: SiluPasses) => Convolve) | null {
  const exports = putOnTfjs<Exports>(backend, { PLAIN, SHARED }, { PLAIN: RELAXED, SHARED: RELAXED_SHARED });
  if (!exports) return null;
  register(new WasmConvolution(backend, exports));
  return convolveWith;
}

const convolveWith = (passes: SiluPasses): Convolve => {
  const stock = convolveByTfjs(passes);
  return (x, convolution, shortcut) => {
    const { filters, bias, depthwise, stride, pad, activation } = convolution;
    if (depthwise || filters.shape[3] % 4 !== 0) return stock(x, convolution, shortcut);
    return tf.tidy(() => {
      const attributes = { stride, pad, activation } as unknown as tf.NamedAttrMap;
      const y = tf.engine().runKernel(NAME, { x, filters, bias }, attributes) as unknown as tf.Tensor4D;
      if (activation === 'silu') return shortcut ? passes.siluAdd(y, shortcut) : passes.silu(y);
      return shortcut ? tf.add(y, shortcut) : y;
    });
  };
};

function register(own: WasmConvolution): void {
  registerAnew('wasm', NAME, ({ inputs, attrs }) => {
    const { x, filters, bias } = inputs as Record<string, tf.TensorInfo>;
    return own.convolve(x!, { ...attrs, filters, bias } as unknown as Convolution);
  });
}

class WasmConvolution {
  private readonly scratch: GrowingScratch;
  constructor(
    private readonly backend: BackendWasm,
    private readonly exports: Exports,
  ) {
    this.scratch = new GrowingScratch(backend);
  }

  /** All but SiLU. */
  convolve(x: tf.TensorInfo, convolution: Convolution): tf.TensorInfo {
    const { filters, bias, stride, pad, activation } = convolution;
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    const [kernel, , , outputs] = filters.shape;
    const outHeight = outputSide(height, kernel, convolution);
    const outWidth = outputSide(width, kernel, convolution);
    const out = this.backend.makeOutput([batch, outHeight, outWidth, outputs], 'float32');

    const pixels = batch * outHeight * outWidth;
    const tile: number = this.exports.tilePixels.value;
    const rowBytes = (width + 2 * pad) * channels * BYTES;
    const pictureBytes = (height + 2 * pad) * rowBytes;
    const inner = kernel * channels;
    const listBytes = Math.ceil(pixels / tile) * tile * BYTES;
    const packedBytes = (kernel * inner + 1) * this.exports.tileChannels.value * BYTES;
    const list = this.scratch.of(listBytes + packedBytes + (pad > 0 ? batch * pictureBytes : 0));
    const packed = list + listBytes;

    let picture = this.at(x);
    if (pad > 0) {
      const framed = packed + packedBytes;
      for (let b = 0; b < batch; b++)
        this.exports.frame(
          ...[picture + b * height * width * channels * BYTES, framed + b * pictureBytes, height],
          ...([width * channels * BYTES, pad * channels * BYTES, pad * rowBytes] as const),
        );
      picture = framed;
    }
    let end = list;
    for (let b = 0; b < batch; b++)
      end = this.exports.places(
        ...[end, picture + b * pictureBytes, outHeight, outWidth],
        ...([stride * rowBytes, stride * channels * BYTES] as const),
      );
    const { HEAPU32 } = this.backend.wasm as unknown as { HEAPU32: Uint32Array };
    HEAPU32.fill(picture, end / BYTES, (list + listBytes) / BYTES);
    this.exports.convolve(
      ...[list, pixels, this.at(filters), this.at(bias), this.at(out), outputs, kernel, inner],
      ...([rowBytes - inner * BYTES, slopeOf(activation), packed] as const),
    );
    return out;
  }

  private at({ dataId }: tf.TensorInfo): number {
    return this.backend.dataIdMap.get(dataId).memoryOffset;
  }
}

/** Of negative values; SiLU comes later. */
function slopeOf(activation: Activation): number {
  if (typeof activation === 'object') return activation.leak;
  return activation === 'relu' ? 0 : 1;
}
