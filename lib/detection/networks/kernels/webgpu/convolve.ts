/** Convolutions of our own on WebGPU, one dispatch each, registered with tfjs, so that its engine keeps count of what they make. */
import * as tf from '@tensorflow/tfjs-core';
import { registerAnew } from '@/lib/kernels/register';
import { compile, dispatchShared } from '@/lib/kernels/webgpu-dispatch';
import { type Activation, type Convolution, type Convolve, outputSide } from '../convolution';
import { bitsOf, convolutionProgram, inOrder, type Kind } from './convolution-wgsl';

const NAME = 'EpsilonConvolution';

/** High tiles read each number fewer times; low ones keep more threads at work. */
const HIGH = 8;
const LOW = 4;
/** A high tile is taken where it leaves at least so many threads. */
const ENOUGH_THREADS = 512;

/** Nearly every layer of a detector is of one of these: its first, and those whose channels come in fours. */
const USUAL: readonly Kind[] = [
  { reach: 'pointwise', inputs: 4, outputs: 4, high: HIGH },
  { reach: 'pointwise', inputs: 4, outputs: 4, high: LOW },
  { reach: 'dense', inputs: 4, outputs: 4, high: HIGH },
  { reach: 'dense', inputs: 4, outputs: 4, high: LOW },
  { reach: 'dense', inputs: 1, outputs: 4, high: LOW },
  { reach: 'depthwise', inputs: 4, outputs: 4, high: LOW },
];

/** @returns null on another backend */
export async function webgpuConvolve(backend: tf.KernelBackend): Promise<Convolve | null> {
  if (!('device' in backend && 'uploadToGPU' in backend)) return null;
  await Promise.all(USUAL.map((kind) => compile(backend, convolutionProgram(kind))));
  register(backend);
  return (x, convolution, shortcut) => {
    const { filters, bias, depthwise, stride, pad, activation } = convolution;
    const inputs = { x, filters, bias, ...(shortcut ? { shortcut } : {}) };
    const attributes = { depthwise, stride, pad, activation } as unknown as tf.NamedAttrMap;
    return tf.engine().runKernel(NAME, inputs, attributes) as unknown as tf.Tensor4D;
  };
}

function register(backend: tf.KernelBackend): void {
  registerAnew('webgpu', NAME, ({ inputs, attrs }) => {
    const { x, filters, bias, shortcut } = inputs as Record<string, tf.TensorInfo>;
    return run(backend, x!, { ...attrs, filters, bias } as unknown as Convolution, shortcut);
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
  const pixels = batch * outHeight * outWidth;
  const kind = kindOf(channels, outputs, pixels, convolution);
  const columns = outputs / kind.outputs;
  const threads = columns * Math.ceil(pixels / kind.high);
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
  return dispatchShared(backend, convolutionProgram(kind), threads, sizes, inputs, [shape])[0]!;
}

function kindOf(
  channels: number,
  outputs: number,
  pixels: number,
  { filters, depthwise, stride, pad }: Convolution,
): Kind {
  const fours = (count: number) => (count % 4 === 0 ? 4 : 1);
  if (depthwise) return { reach: 'depthwise', inputs: fours(channels), outputs: fours(channels), high: LOW };
  const pointwise = filters.shape[0] === 1 && stride === 1 && pad === 0;
  const kind = { inputs: fours(channels), outputs: fours(outputs) } as const;
  const threadsIfHigh = (outputs / kind.outputs) * Math.ceil(pixels / HIGH);
  // A layer that sums over few numbers gains nothing from a high tile.
  const high = kind.inputs === 4 && threadsIfHigh >= ENOUGH_THREADS ? HIGH : LOW;
  return { reach: pointwise ? 'pointwise' : 'dense', ...kind, high };
}

/** Of negative values, where there is no SiLU. */
function slopeOf(activation: Activation): number {
  if (typeof activation === 'object') return activation.leak;
  return activation === 'relu' ? 0 : 1;
}
