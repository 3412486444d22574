import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { kernels, stock } from '@/lib/detection/networks';
import { keepTrialsIn } from '@/lib/kernels/settle';
import { SeededRandom } from '@/lib/random';
import { NODE_BACKENDS, startBackend } from '@/tests/harness/backend';

// Ours wherever they are right, however busy the machine is: what is faster is not asked here.
keepTrialsIn({ preference: 'own', recall: () => null, remember: () => {} });

describe.each(NODE_BACKENDS)('kernels on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it.each([
    ['own', () => kernels()],
    ['stock', async () => stock('asked for')],
  ])('%s: SiLU is right over the whole range', async (kind, make) => {
    const own = await make();
    expect(own.kind).toBe(kind);
    const dense = Array.from({ length: 4001 }, (_, i) => (i - 2000) / 20);
    const tiny = [1e-30, -1e-30, 1e-6, -1e-6, 0, 1e30, -1e30, 3.4e38, -3.4e38];
    const values = Float32Array.from([...dense, ...tiny]);
    for (const count of [values.length, 1, 2, 3, 4, 5, 17]) {
      const x = values.slice(0, count);
      const result = own.silu(tf.tensor4d(x.slice(), [1, 1, 1, count]));
      const got = await result.data();
      for (const [i, value] of x.entries()) {
        const expected = value / (1 + Math.exp(-value));
        // Float32 cannot hold e^88: results below 1e-35 may be lost.
        const close = Math.abs(got[i]! - expected) <= 5e-7 * Math.abs(expected) + 1e-35;
        if (!close) expect(`silu(${value}) = ${got[i]}`).toBe(`silu(${value}) = ${expected}`);
      }
      result.dispose();
    }
  });

  it('passes NaN on', async () => {
    const result = (await kernels()).silu(tf.tensor4d([Number.NaN, 1, 2, 3, Number.NaN], [1, 1, 1, 5]));
    const values = await result.data();
    expect(values[0]).toBeNaN();
    expect(values[4]).toBeNaN();
    expect(values[1]).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
    result.dispose();
  });

  it('adds a shortcut without touching it', async () => {
    const own = await kernels();
    const shortcut = tf.tensor4d([10, 20, 30, 40, 50, 60], [1, 1, 2, 3]);
    const result = own.siluAdd(tf.tensor4d([0, 1, -1, 2, -2, 3], [1, 1, 2, 3]), shortcut);
    const values = await result.data();
    for (const [i, x] of [0, 1, -1, 2, -2, 3].entries())
      expect(values[i]).toBeCloseTo(x / (1 + Math.exp(-x)) + 10 * (i + 1), 5);
    expect(Array.from(await shortcut.data())).toEqual([10, 20, 30, 40, 50, 60]);
    tf.dispose([shortcut, result]);
  });

  it.each([[[1, 2]], [[4, 4, 4]], [[3, 16, 5, 8]], [[7]]])(
    'joins %s channels, some enlarged',
    async (channels) => {
      const random = new SeededRandom(3);
      const own = await kernels();
      for (const halves of channels.map((_, i) => i)) {
        const inputs = channels.map((count, i) => {
          const side = i === halves && channels.length > 1 ? [2, 3] : [4, 6];
          const shape = [1, side[0]!, side[1]!, count] as [number, number, number, number];
          return tf.tensor4d(
            Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.gaussian()),
            shape,
          );
        });
        const joined = own.concat(inputs);
        const expected = stock('').concat(inputs);
        expect(joined.shape).toEqual(expected.shape);
        expect(Array.from(await joined.data())).toEqual(Array.from(await expected.data()));
        tf.dispose([joined, expected, ...inputs]);
      }
    },
  );

  it('leaves no tensor behind', async () => {
    const own = await kernels();
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const x = tf.ones([1, 4, 4, 8]) as tf.Tensor4D;
      own.silu(own.concat([own.siluAdd(x, tf.ones([1, 4, 4, 8])), tf.ones([1, 2, 2, 4])]));
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
