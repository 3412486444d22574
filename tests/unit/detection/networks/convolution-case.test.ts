import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { STOCK_CONVOLVE } from '@/lib/detection/networks';
import type { Convolve } from '@/lib/detection/networks/kernels';
import { SILU_BY_TFJS } from '@/lib/detection/networks/kernels/convolution';
import { CONVOLVE_TOLERANCE, errorOfConvolve } from '@/lib/detection/networks/kernels/convolution-case';
import { wasmConvolve } from '@/lib/detection/networks/kernels/wasm-convolve';
import { NODE_BACKENDS, startBackend } from '@/tests/harness/backend';

/** As kernels might be wrong. */
const FAULTS: Record<string, Convolve> = {
  'without its bias': (x, one, shortcut) =>
    STOCK_CONVOLVE(x, { ...one, bias: tf.zerosLike(one.bias) }, shortcut),
  'without its activation': (x, one, shortcut) =>
    STOCK_CONVOLVE(x, { ...one, activation: 'linear' }, shortcut),
  'without its shortcut': (x, one) => STOCK_CONVOLVE(x, one),
  'with the first three channels the other way round': (x, one, shortcut) => {
    const [first, rest] = tf.split<tf.Tensor4D>(x, [3, x.shape[3] - 3], 3) as [tf.Tensor4D, tf.Tensor4D];
    return STOCK_CONVOLVE(tf.concat([tf.reverse(first, 3), rest], 3), one, shortcut);
  },
  'a pixel too far to the left': (x, one, shortcut) =>
    STOCK_CONVOLVE(
      tf.pad(tf.slice(x, [0, 0, 1, 0]), [
        [0, 0],
        [0, 0],
        [0, 1],
        [0, 0],
      ]) as tf.Tensor4D,
      one,
      shortcut,
    ),
  'of the first picture twice': (x, one, shortcut) =>
    STOCK_CONVOLVE(tf.concat(Array(x.shape[0]).fill(tf.slice(x, 0, 1))) as tf.Tensor4D, one, shortcut),
};

describe.each(NODE_BACKENDS)('what convolutions must compute, on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it('is what those of tfjs compute', async () => {
    expect(await errorOfConvolve(STOCK_CONVOLVE)).toBeLessThan(1e-6);
  });

  it.each(Object.entries(FAULTS))('is not a convolution %s', async (_, faulty) => {
    expect(await errorOfConvolve(faulty)).toBeGreaterThan(100 * CONVOLVE_TOLERANCE);
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    await errorOfConvolve(STOCK_CONVOLVE);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('convolutions of our own on wasm, in this engine', () => {
  beforeAll(() => startBackend('wasm'));
  const own = () => wasmConvolve(tf.backend() as BackendWasm)!(SILU_BY_TFJS);

  it('are right, and leave no tensor behind', async () => {
    const convolve = own();
    const before = tf.memory().numTensors;
    expect(await errorOfConvolve(convolve)).toBeLessThan(1e-6);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('use memory of their own again, for large layers and small ones by turns', () => {
    const convolve = own();
    const answer = (side: number) =>
      tf.tidy(() => {
        const filters = tf.ones([3, 3, 4, 8]) as tf.Tensor4D;
        const layer = { filters, bias: tf.zeros([8]) as tf.Tensor1D, depthwise: false, stride: 1, pad: 1 };
        const y = convolve(tf.ones([1, side, side, 4]), { ...layer, activation: 'linear' });
        return [tf.min(y).dataSync()[0], tf.max(y).dataSync()[0]];
      });
    // Of ones: four at a corner and all nine inside, over four channels.
    for (const side of [3, 200, 3, 64, 200]) expect(answer(side)).toEqual([16, 36]);
  });

  it('leave what they cannot do to those of tfjs', () => {
    const convolve = own();
    const depthwise = { filters: tf.ones([3, 3, 8, 1]) as tf.Tensor4D, bias: tf.zeros([8]) as tf.Tensor1D };
    const y = convolve(tf.ones([1, 3, 3, 8]), {
      ...depthwise,
      ...{ depthwise: true, stride: 1, pad: 1, activation: 'linear' },
    });
    expect(tf.max(y).dataSync()[0]).toBe(9);
  });
});
