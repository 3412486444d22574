import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { STOCK_CONVOLVE } from '@/lib/detection/networks';
import type { Convolve } from '@/lib/detection/networks/kernels';
import { CONVOLVE_TOLERANCE, errorOfConvolve } from '@/lib/detection/networks/kernels/convolution-case';
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
