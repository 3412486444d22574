/** Convolutions of our own on WebGPU, one dispatch each, registered with tfjs, so that its engine keeps count of what they make. */
import * as tf from '@tensorflow/tfjs-core';
import { compile, dispatchShared } from '@/lib/kernels/webgpu-dispatch';
import { type Activation, type Convolution, type Convolve, outputSide } from '../convolution';
import { bitsOf, convolutionProgram, inOrder, type Kind } from './convolution-wgsl';

const NAME = 'EpsilonConvolution';

/** High tiles read each number fewer times; low ones keep more threads at work. */
const HEIGHTS = [8, 4] as const;
/** A higher tile is taken where it leaves at least so many threads. */
const ENOUGH_THREADS = 512;

/** Nearly every layer of a detector is of one of these: its first picture, and channels in fours. */
const USUAL: readonly Omit<Kind, 'high'>[] = [
  { reach: 'pointwise', inputs: 4, outputs: 4 },
  { reach: 'dense', inputs: 4, outputs: 4 },
  { reach: 'dense', inputs: 1, outputs: 4 },
  { reach: 'depthwise', inputs: 4, outputs: 4 },
];

/** @returns null on another backend */
export async function webgpuConvolve(backend: tf.KernelBackend): Promise<Convolve | null> {
  if (!('device' in backend && 'uploadToGPU' in backend)) return null;
  await Promise.all(
    USUAL.flatMap((kind) => HEIGHTS.map((high) => compile(backend, convolutionProgram({ ...kind, high })))),
  );
  register(backend);
  return (x, convolution, shortcut) => {
    const { filters, bias, depthwise, stride, pad, activation } = convolution;
    const inputs = { x, filters, bias, ...(shortcut ? { shortcut } : {}) };
    const attributes = { depthwise, stride, pad, activation } as unknown as tf.NamedAttrMap;
    return tf.engine().runKernel(NAME, inputs, attributes) as unknown as tf.Tensor4D;
  };
}

/** A backend that was removed and made again gets a kernel of its own. */
function register(backend: tf.KernelBackend): void {
  const backendName = 'webgpu';
  if (tf.getKernel(NAME, backendName)) tf.unregisterKernel(NAME, backendName);
  tf.registerKernel({
    kernelName: NAME,
    backendName,
    kernelFunc({ inputs, attrs }) {
      const { x, filters, bias, shortcut } = inputs as Record<string, tf.TensorInfo>;
      const convolution = { ...attrs, filters, bias } as unknown as Convolution;
      return run(backend, x!, convolution, shortcut);
    },
  });
}

function run(
  backend: tf.KernelBackend,
  x: tf.TensorInfo,
  convolution: Convolution,
  shortcut: tf.TensorInfo | undefined,
): tf.TensorInfo {
  const { filters, bias, depthwise, stride, pad, activation } = convolution;
  const [batch, inHeight, inWidth, channels] = x.shape as [number, number, number, number];
  const kernel = filters.shape[0];
  const outputs = depthwise ? channels : filters.shape[3];
  const outHeight = outputSide(inHeight, kernel, convolution);
  const outWidth = outputSide(inWidth, kernel, convolution);
  const kind = kindOf(channels, outputs, convolution);
  const columns = outputs / kind.outputs;
  const pixels = batch * outHeight * outWidth;
  const tilings = HEIGHTS.map((high) => ({ high, threads: columns * Math.ceil(pixels / high) }));
  const { high, threads } = tilings.find((one) => one.threads >= ENOUGH_THREADS) ?? tilings.at(-1)!;
  const sizes = inOrder({
    ...{ threads, pixels, columns, depth: channels / kind.inputs },
    ...{ outWidth, outArea: outWidth * outHeight, inWidth, inHeight, kernel, stride, pad },
    silu: activation === 'silu' ? 1 : 0,
    shortcut: shortcut ? 1 : 0,
    slope: bitsOf(slopeOf(activation)),
  });
  // Where nothing is added the binding still wants a buffer; it is not read.
  const inputs = [x, filters, bias, shortcut ?? bias];
  const shape = [batch, outHeight, outWidth, outputs];
  return dispatchShared(backend, convolutionProgram({ ...kind, high }), threads, sizes, inputs, [shape])[0]!;
}

function kindOf(
  channels: number,
  outputs: number,
  { filters, depthwise, stride, pad }: Convolution,
): Omit<Kind, 'high'> {
  const fours = (count: number) => (count % 4 === 0 ? 4 : 1);
  if (depthwise) return { reach: 'depthwise', inputs: fours(channels), outputs: fours(channels) };
  const pointwise = filters.shape[0] === 1 && stride === 1 && pad === 0;
  return { reach: pointwise ? 'pointwise' : 'dense', inputs: fours(channels), outputs: fours(outputs) };
}

/** Of negative values, where there is no SiLU. */
function slopeOf(activation: Activation): number {
  if (typeof activation === 'object') return activation.leak;
  return activation === 'relu' ? 0 : 1;
}
