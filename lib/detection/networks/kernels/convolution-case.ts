/**
 * What convolutions must compute before they are used, and what they are timed by. The answers are worked out in double by plain
 * loops. The cases are small and awkward on purpose: sides that no tile divides, a stride that leaves a rest, channels that do not
 * come in fours, edges on all sides, two pictures at once.
 */
import * as tf from '@tensorflow/tfjs-core';
import { relativeError } from '@/lib/kernels/relative-error';
import { type Activation, type Convolution, type Convolve, outputSide } from './convolution';

/** Worst error relative to the largest number of an answer. Shaders may take exponentials less exactly than sums. */
export const CONVOLVE_TOLERANCE = 1e-4;

interface Case {
  /** B × H × W × inputs. */
  x: [number, number, number, number];
  outputs: number;
  kernel: number;
  stride?: number;
  depthwise?: boolean;
  activation: Activation;
  shortcut?: boolean;
}

const CASES: readonly Case[] = [
  { x: [1, 17, 16, 4], outputs: 64, kernel: 3, activation: 'silu', shortcut: true },
  { x: [1, 16, 17, 8], outputs: 64, kernel: 1, activation: 'linear' },
  { x: [2, 7, 5, 8], outputs: 12, kernel: 1, activation: 'silu' },
  { x: [1, 9, 6, 8], outputs: 4, kernel: 3, stride: 2, activation: 'relu' },
  { x: [2, 8, 7, 3], outputs: 8, kernel: 3, stride: 2, activation: { leak: 0.1 } },
  { x: [1, 5, 4, 8], outputs: 8, kernel: 3, depthwise: true, activation: 'silu' },
];

/** Values in [−1, 1), the same on every machine. */
const values = (length: number, salt: number) =>
  Float32Array.from({ length }, (_, i) => (((i + 1) * 0.61803398875 + salt * 0.7548776662) % 1) * 2 - 1);

/** @returns infinity where a result has another shape, or is not a number */
export async function errorOfConvolve(convolve: Convolve): Promise<number> {
  let worst = 0;
  for (const one of CASES) worst = Math.max(worst, await errorOf(convolve, one));
  return worst;
}

async function errorOf(convolve: Convolve, one: Case): Promise<number> {
  const { x: shape, kernel, outputs, stride = 1, depthwise = false, activation } = one;
  const [batch, height, width, inputs] = shape;
  const filterShape: Case['x'] = [kernel, kernel, inputs, depthwise ? 1 : outputs];
  const [x, filters, bias] = [
    values(tf.util.sizeFromShape(shape), 1),
    values(tf.util.sizeFromShape(filterShape), 2),
    values(outputs, 3),
  ];
  const layout = { depthwise, stride, pad: (kernel - 1) / 2, activation };
  const result: Case['x'] = [
    batch,
    outputSide(height, kernel, layout),
    outputSide(width, kernel, layout),
    outputs,
  ];
  const shortcut = one.shortcut ? values(tf.util.sizeFromShape(result), 4) : null;
  const made = tf.tidy(() =>
    convolve(
      tf.tensor4d(x, shape),
      { ...layout, filters: tf.tensor4d(filters, filterShape), bias: tf.tensor1d(bias) },
      shortcut ? tf.tensor4d(shortcut, result) : undefined,
    ),
  );
  try {
    if (made.shape.join() !== result.join()) return Number.POSITIVE_INFINITY;
    return relativeError(await made.data(), byHand(one, result, { x, filters, bias, shortcut }));
  } finally {
    made.dispose();
  }
}

interface Numbers {
  x: Float32Array;
  filters: Float32Array;
  bias: Float32Array;
  shortcut: Float32Array | null;
}

function byHand(one: Case, result: readonly number[], numbers: Numbers): Float64Array {
  const { x: shape, kernel, stride = 1, depthwise = false, activation } = one;
  const [, height, width, inputs] = shape;
  const [batch, outHeight, outWidth, outputs] = result as Case['x'];
  const pad = (kernel - 1) / 2;
  const answer = new Float64Array(batch * outHeight * outWidth * outputs);
  const seen = (b: number, row: number, column: number, channel: number) =>
    row < 0 || row >= height || column < 0 || column >= width
      ? 0
      : numbers.x[((b * height + row) * width + column) * inputs + channel]!;
  for (let at = 0; at < answer.length; at++) {
    const [o, column] = [at % outputs, Math.floor(at / outputs) % outWidth];
    const row = Math.floor(at / outputs / outWidth) % outHeight;
    const b = Math.floor(at / outputs / outWidth / outHeight);
    let sum = numbers.bias[o]!;
    for (let down = 0; down < kernel; down++)
      for (let right = 0; right < kernel; right++) {
        const [y, x] = [row * stride + down - pad, column * stride + right - pad];
        const place = down * kernel + right;
        if (depthwise) sum += seen(b, y, x, o) * numbers.filters[place * inputs + o]!;
        else
          for (let c = 0; c < inputs; c++)
            sum += seen(b, y, x, c) * numbers.filters[(place * inputs + c) * outputs + o]!;
      }
    answer[at] = activated(sum, activation) + (numbers.shortcut?.[at] ?? 0);
  }
  return answer;
}

function activated(value: number, activation: Activation): number {
  if (activation === 'silu') return value / (1 + Math.exp(-value));
  if (activation === 'linear' || value >= 0) return value;
  return activation === 'relu' ? 0 : activation.leak * value;
}

/** Two layers as a detector has them at 320 pixels: 17 million multiplications each. */
export async function timedConvolutions(convolve: Convolve): Promise<void> {
  const corner = tf.tidy(() => {
    const layer = (kernel: number, inputs: number, outputs: number): Convolution => ({
      filters: tf.fill([kernel, kernel, inputs, outputs], 0.01),
      bias: tf.zeros([outputs]),
      ...{ depthwise: false, stride: 1, pad: (kernel - 1) / 2, activation: 'silu' },
    });
    const x = convolve(tf.ones([1, 40, 40, 128]), layer(1, 128, 80));
    const y = convolve(x, layer(3, 80, 16));
    return tf.slice(y, [0, 0, 0, 0], [1, 1, 1, 1]);
  });
  await corner.data();
  corner.dispose();
}
