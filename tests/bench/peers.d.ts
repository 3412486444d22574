/** What the benchmarks ask of their peers, so that types can be checked where these are not installed. */
declare module '@tensorflow/tfjs-converter' {
  import type { Tensor } from '@tensorflow/tfjs-core';

  export function loadGraphModel(
    url: string,
  ): Promise<{ execute(inputs: Record<string, Tensor>, output: string): Tensor | Tensor[] }>;
}

declare module '@tensorflow/tfjs' {
  import type { Tensor, Variable } from '@tensorflow/tfjs-core';

  export * from '@tensorflow/tfjs-core';

  interface Layer {
    readonly name: string;
  }
  interface LayerOptions {
    inputShape?: readonly number[];
    activation?: 'tanh';
    units?: number;
    filters?: number;
    kernelSize?: number;
    strides?: number;
    padding?: 'same' | 'valid';
    poolSize?: number;
  }
  type MakeLayer = (options?: LayerOptions) => Layer;

  export const layers: Record<'dense' | 'conv2d' | 'averagePooling2d' | 'flatten', MakeLayer>;
  export function sequential(options: { layers: Layer[] }): {
    setWeights(weights: Tensor[]): void;
    readonly trainableWeights: { read(): Tensor }[];
    apply(input: Tensor): unknown;
    dispose(): void;
  };
  export type { Layer, Tensor, Variable };
}

declare module '@jax-js/jax' {
  export type Device = 'cpu' | 'wasm' | 'webgpu' | 'webgl';

  interface NdArray {
    readonly ref: NdArray;
    readonly shape: number[];
    add(other: NdArray): NdArray;
    sub(other: NdArray): NdArray;
    mul(other: NdArray | number): NdArray;
    div(other: NdArray | number): NdArray;
    neg(): NdArray;
    sum(axes?: number | number[]): NdArray;
    mean(axes: number[]): NdArray;
    reshape(shape: readonly number[]): NdArray;
    data(): Promise<Float32Array>;
    dispose(): void;
  }
  type Unary = (x: NdArray) => NdArray;

  export const numpy: Record<'tanh' | 'sqrt' | 'square' | 'reciprocal', Unary> & {
    array(values: Float32Array | Int32Array): NdArray;
    zeros(shape: readonly number[]): NdArray;
    matmul(a: NdArray, b: NdArray): NdArray;
    minimum(a: NdArray, b: number): NdArray;
    expandDims(x: NdArray, axis: number): NdArray;
  };
  export const nn: {
    logSoftmax: Unary;
    oneHot(x: NdArray, classes: number): NdArray;
  };
  export const lax: {
    conv(x: NdArray, kernel: NdArray, strides: number[], padding: 'SAME' | 'VALID'): NdArray;
  };
  export function init(...devices: Device[]): Promise<Device[]>;
  export function defaultDevice(device: Device): Device;
  export function blockUntilReady(arrays: NdArray[]): Promise<unknown>;
  export function jit<F extends (...args: never[]) => unknown>(f: F): F & { dispose(): void };
  export function valueAndGrad<Rest extends NdArray[]>(
    f: (w: NdArray[], ...rest: Rest) => NdArray,
  ): (w: NdArray[], ...rest: Rest) => [NdArray, NdArray[]];
  export function vmap<F>(f: F, inAxes: (number | null)[]): F;
  export type { NdArray };
}

declare module '@jax-js/onnx' {
  import type { NdArray } from '@jax-js/jax';

  export class ONNXModel {
    constructor(bytes: Uint8Array);
    readonly run: (inputs: Record<string, NdArray>) => Record<string, NdArray>;
  }
}
