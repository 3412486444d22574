/** Our convolutions on WebGPU and WASM beside those of the plain JavaScript backend, layer by layer, inside Chromium. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type Convolve, SILU_BY_TFJS } from '@/lib/detection/networks/kernels/convolution';
import { wasmConvolve } from '@/lib/detection/networks/kernels/wasm-convolve';
import { webgpuConvolve } from '@/lib/detection/networks/kernels/webgpu/convolve';
import { relativeError } from '@/lib/kernels/relative-error';
import { SeededRandom } from '@/lib/random';
import { countDispatches } from '@/tests/bench/pages/dispatches';
import { useBackend as startBackend, tf } from '@/tests/harness/tf';

export interface Layer {
  kernel: number;
  stride: number;
  inputs: number;
  outputs: number;
  depthwise: boolean;
  activation: 'linear' | 'silu' | 'relu' | 'leaky';
  shortcut: boolean;
  pad: number;
  /** B, height, width of the input. */
  size: [number, number, number];
}

export interface Compared {
  /** Worst error of each layer, relative to the largest number of its answer. */
  errors: number[];
  /** On WebGPU. */
  dispatches: number | null;
  leaked: number;
  /** What the device refused. */
  refused: string[];
}

const LEAK = 0.1;

export interface Question {
  backend: 'webgpu' | 'wasm';
  layers: readonly Layer[];
}

async function ownOn(backend: Question['backend']): Promise<Convolve> {
  if (backend === 'webgpu') return (await webgpuConvolve(tf.backend()))!;
  return wasmConvolve(tf.backend() as BackendWasm)!(SILU_BY_TFJS);
}

export async function run({ backend, layers }: Question): Promise<Compared> {
  await startBackend('cpu');
  const expected = [];
  for (const [i, layer] of layers.entries()) {
    const y = tf.tidy(() => stock(layer, made(layer, i)));
    expected.push({ shape: y.shape, values: await y.data() });
    y.dispose();
  }

  await startBackend(backend);
  const { device } = tf.backend() as unknown as { device?: GPUDevice };
  const refused: string[] = [];
  if (device) device.onuncapturederror = ({ error }) => refused.push(error.message);
  const convolve = await ownOn(backend);
  const before = tf.memory().numTensors;
  const results: tf.Tensor4D[] = [];
  const dispatches = await countDispatches(backend, async () => {
    for (const [i, layer] of layers.entries())
      results.push(
        tf.tidy(() => {
          const { x, filters, bias, shortcut } = made(layer, i);
          const { depthwise, stride, pad } = layer;
          const activation = layer.activation === 'leaky' ? { leak: LEAK } : layer.activation;
          return convolve(x, { filters, bias, depthwise, stride, pad, activation }, shortcut);
        }),
      );
  });
  const errors: number[] = [];
  for (const [i, y] of results.entries()) {
    const { shape, values } = expected[i]!;
    errors.push(
      y.shape.join() === shape.join() ? relativeError(await y.data(), values) : Number.POSITIVE_INFINITY,
    );
    y.dispose();
  }
  return { errors, dispatches, leaked: tf.memory().numTensors - before, refused };
}

/** The same numbers on every backend. */
function made({ kernel, inputs, outputs, depthwise, size, stride, pad, shortcut }: Layer, seed: number) {
  const random = new SeededRandom(seed);
  const tensor = <T extends tf.Tensor>(shape: number[], spread: number) =>
    tf.tensor(
      Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => spread * random.gaussian()),
      shape,
    ) as T;
  const terms = kernel * kernel * (depthwise ? 1 : inputs);
  const [batch, ...sides] = size;
  const result = sides.map((side) => Math.floor((side + 2 * pad - kernel) / stride) + 1);
  return {
    x: tensor<tf.Tensor4D>([...size, inputs], 1),
    filters: tensor<tf.Tensor4D>([kernel, kernel, inputs, depthwise ? 1 : outputs], terms ** -0.5),
    bias: tensor<tf.Tensor1D>([outputs], 1),
    ...(shortcut ? { shortcut: tensor<tf.Tensor4D>([batch, ...result, outputs], 1) } : {}),
  };
}

/** By the separate operations of tfjs. */
function stock(layer: Layer, { x, filters, bias, shortcut }: ReturnType<typeof made>): tf.Tensor4D {
  const convolve = layer.depthwise ? tf.depthwiseConv2d : tf.conv2d;
  const sums = tf.add<tf.Tensor4D>(convolve(x, filters, layer.stride, layer.pad, 'NHWC', 1, 'floor'), bias);
  const active = {
    linear: () => sums,
    relu: () => tf.relu(sums),
    leaky: () => tf.leakyRelu(sums, LEAK),
    silu: () => SILU_BY_TFJS.silu(sums),
  }[layer.activation]();
  return shortcut ? tf.add(active, shortcut) : active;
}
