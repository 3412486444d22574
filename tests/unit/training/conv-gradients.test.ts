/** Kernel gradients by a kernel of our own on WASM: against plain loops in double, and within their memory. */
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import loadWabt from 'wabt';
import { moduleBytes } from '@/lib/kernels/bytes';
import { SeededRandom } from '@/lib/random';
import { type ConvGradients, convGradients, type Windows } from '@/lib/training/kernels/conv-gradients';
import { PLAIN, SHARED } from '@/lib/training/kernels/conv-gradients-binary';
import { MODULE } from '@/lib/training/kernels/conv-gradients-source';
import { useProducts } from '@/lib/training/kernels/products';
import { productsOnWasm } from '@/lib/training/kernels/products-wasm';
import { startBackend } from '@/tests/harness/backend';

interface Case extends Windows {
  rows: number;
  /** Places of the window. */
  down: number;
  across: number;
  /** Pixels beyond the last window, which no gradient knows. */
  over: number;
  channels: number;
  filters: number;
}

const random = new SeededRandom(16);
const gaussians = (size: number) => Float32Array.from({ length: size }, () => random.gaussian());
const from = (...values: number[]) => values[random.integer(values.length)]!;

const CASES: Case[] = [
  ...Array.from(
    { length: 40 },
    (): Case => ({
      rows: from(1, 2, 3, 4, 6),
      down: from(1, 2, 3, 5),
      across: from(1, 2, 4, 5, 7),
      over: from(0, 0, 1),
      channels: from(1, 2, 3, 4, 8),
      filters: from(1, 3, 4, 7, 8, 9, 16, 17),
      kernelHeight: from(1, 2, 3, 4),
      kernelWidth: from(1, 2, 3, 4, 5, 8),
      stride: from(1, 2, 3),
      bias: from(0, 1, 1) === 1,
    }),
  ),
  // More places than are taken at a time: several rows of them in parts, and one row that fills a part.
  {
    rows: 2,
    down: 40,
    across: 13,
    over: 0,
    channels: 1,
    filters: 3,
    kernelHeight: 2,
    kernelWidth: 3,
    stride: 1,
    bias: true,
  },
  {
    rows: 2,
    down: 3,
    across: 256,
    over: 1,
    channels: 1,
    filters: 2,
    kernelHeight: 1,
    kernelWidth: 5,
    stride: 1,
    bias: true,
  },
  {
    rows: 1,
    down: 2,
    across: 2,
    over: 0,
    channels: 2,
    filters: 256,
    kernelHeight: 2,
    kernelWidth: 2,
    stride: 1,
    bias: true,
  },
];

function sizesOf({
  rows,
  down,
  across,
  over,
  channels,
  filters,
  kernelHeight,
  kernelWidth,
  stride,
  bias,
}: Case) {
  const height = (down - 1) * stride + kernelHeight + over;
  const width = (across - 1) * stride + kernelWidth + over;
  return {
    pictures: [rows, height, width, channels] as [number, number, number, number],
    slopes: [rows, down, across, filters] as [number, number, number, number],
    gradient: (kernelHeight * kernelWidth * channels + (bias ? 1 : 0)) * filters,
  };
}
const count = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);

/** gᵢ of each row in double, kernel and then bias; and what its terms amount to. */
function plain(one: Case, x: Float32Array, z: Float32Array) {
  const { rows, down, across, channels, filters, kernelHeight, kernelWidth, stride, bias } = one;
  const { pictures, gradient } = sizesOf(one);
  const [, height, width] = pictures;
  return Array.from({ length: rows }, (_, row) => {
    const sums = new Float64Array(gradient);
    const sizes = new Float64Array(gradient);
    for (let y = 0; y < down; y++)
      for (let p = 0; p < across; p++)
        for (let m = 0; m < filters; m++) {
          const slope = z[((row * down + y) * across + p) * filters + m]!;
          const note = (at: number, input: number) => {
            sums[at] = sums[at]! + input * slope;
            sizes[at] = sizes[at]! + Math.abs(input * slope);
          };
          let k = 0;
          for (let ky = 0; ky < kernelHeight; ky++)
            for (let kx = 0; kx < kernelWidth; kx++)
              for (let c = 0; c < channels; c++) {
                const pixel = (row * height + y * stride + ky) * width + p * stride + kx;
                note(k++ * filters + m, x[pixel * channels + c]!);
              }
          if (bias) note(k * filters + m, 1);
        }
    return { sums, sizes };
  });
}

function expectClose(
  what: string,
  found: ArrayLike<number>,
  sums: ArrayLike<number>,
  sizes: ArrayLike<number>,
) {
  expect(found.length, what).toBe(sums.length);
  for (let i = 0; i < sums.length; i++)
    if (!(Math.abs(found[i]! - sums[i]!) <= 1e-6 * sizes[i]!))
      expect(`${what}[${i}] = ${found[i]}`).toBe(`${what}[${i}] = ${sums[i]}`);
}

const squaresOf = (gradients: readonly Float64Array[]) =>
  gradients.map((gradient) => gradient.reduce((sum, value) => sum + value * value, 0));

describe('on tensors', () => {
  let own: ConvGradients;
  beforeAll(async () => {
    await startBackend('wasm');
    own = convGradients(1, 1)!;
  });
  afterEach(() => expect(tf.memory().numTensors).toBe(0));

  test.each(CASES)('%j', (one) => {
    const { pictures, slopes } = sizesOf(one);
    const [x, z] = [gaussians(count(pictures)), gaussians(count(slopes))];
    const factors = Float32Array.from({ length: one.rows }, (_, i) => [0.5, 0, 1, 1.75][i % 4]!);
    const each = plain(one, x, z);
    const total = (part: 'sums' | 'sizes', of: ArrayLike<number>) =>
      each[0]!.sums.map((_, k) =>
        each.reduce((sum, gradient, row) => sum + of[row]! * gradient[part][k]!, 0),
      );
    tf.tidy(() => {
      const [input, gradient, c] = [tf.tensor4d(x, pictures), tf.tensor4d(z, slopes), tf.tensor1d(factors)];
      const alone = own.squaredNorms(input, gradient, one, { copies: 1, keep: true });
      const unkept = own.squaredNorms(input, gradient, one, { copies: 1, keep: false });
      expect(alone.kept!.shape).toEqual([one.rows, each[0]!.sums.length]);
      const kept = alone.kept!.dataSync<'float32'>();
      for (const [row, { sums, sizes }] of each.entries())
        expectClose(`g${row}`, kept.subarray(row * sums.length, (row + 1) * sums.length), sums, sizes);
      const squares = squaresOf(each.map(({ sums }) => sums));
      expectClose('squares', alone.squares.dataSync(), squares, squares);
      expect(unkept.kept).toBeNull();
      expect(unkept.squares.dataSync()).toEqual(alone.squares.dataSync());
      const [sum, size] = [total('sums', factors), total('sizes', factors)];
      expectClose('sum', own.weightedSum(input, gradient, c, one).dataSync(), sum, size);
      expectClose('sum of kept', own.sumOfKept(alone.kept!, c).dataSync(), sum, size);
      if (one.rows % 2 === 0) {
        const pairs = own.squaredNorms(input, gradient, one, { copies: 2, keep: true });
        const merged = each.flatMap(({ sums }, row) =>
          row % 2 ? [] : [sums.map((value, k) => value + each[row + 1]!.sums[k]!)],
        );
        expectClose('pairs', pairs.squares.dataSync(), squaresOf(merged), squaresOf(merged));
        expect(pairs.kept!.shape).toEqual([one.rows / 2, merged[0]!.length]);
      }
    });
  });

  const SMALL: Case = {
    rows: 3,
    down: 2,
    across: 3,
    over: 0,
    channels: 2,
    filters: 5,
    kernelHeight: 2,
    kernelWidth: 2,
    stride: 1,
    bias: true,
  };

  test.each([Number.NaN, Number.POSITIVE_INFINITY])(
    '%d stays with its example, until it is summed',
    (value) => {
      const { pictures, slopes, gradient } = sizesOf(SMALL);
      const [x, z] = [gaussians(count(pictures)), gaussians(count(slopes))];
      x[count(pictures) / 3 + 1] = value;
      tf.tidy(() => {
        const [input, arrived] = [tf.tensor4d(x, pictures), tf.tensor4d(z, slopes)];
        const { squares, kept } = own.squaredNorms(input, arrived, SMALL, { copies: 1, keep: true });
        const lengths = squares.dataSync();
        expect([0, 1, 2].map((row) => Number.isFinite(lengths[row]))).toEqual([true, false, true]);
        const values = kept!.dataSync();
        expect(values.slice(0, gradient).every(Number.isFinite)).toBe(true);
        expect(values.slice(2 * gradient).every(Number.isFinite)).toBe(true);
        const sum = own.weightedSum(input, arrived, tf.ones([3]) as tf.Tensor1D, SMALL).dataSync();
        expect(sum.every(Number.isFinite)).toBe(false);
      });
    },
  );

  test('a blank gradient has no length', () => {
    const { pictures, slopes } = sizesOf(SMALL);
    tf.tidy(() => {
      const { squares } = own.squaredNorms(
        tf.tensor4d(gaussians(count(pictures)), pictures),
        tf.zeros(slopes),
        SMALL,
        { copies: 1, keep: false },
      );
      expect(Array.from(squares.dataSync())).toEqual([0, 0, 0]);
    });
  });

  test('take no more memory the longer they are used', () => {
    const heap = () => (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.length;
    const { pictures, slopes } = sizesOf(SMALL);
    const once = () =>
      tf.tidy(() => {
        const [input, arrived] = [tf.ones(pictures) as tf.Tensor4D, tf.ones(slopes) as tf.Tensor4D];
        own.squaredNorms(input, arrived, SMALL, { copies: 1, keep: false });
        own.weightedSum(input, arrived, tf.ones([3]) as tf.Tensor1D, SMALL);
      });
    once();
    const before = heap();
    for (let i = 0; i < 2000; i++) once();
    expect(heap()).toBe(before);
  });
});

describe('where they are not', () => {
  beforeAll(() => startBackend('wasm'));
  afterEach(() => useProducts('wasm', productsOnWasm(tf.backend())));

  test('beyond their sizes', () => {
    expect(convGradients(256, 256)).not.toBeNull();
    expect(convGradients(257, 1)).toBeNull();
    expect(convGradients(1, 257)).toBeNull();
  });

  test('where tfjs’ products were chosen', () => {
    useProducts('wasm', null);
    expect(convGradients(1, 1)).toBeNull();
  });

  test('on another backend', async () => {
    await startBackend('cpu');
    expect(convGradients(1, 1)).toBeNull();
    await startBackend('wasm');
  });

  test.each([
    ['lengths without the last of four', 'f64.add', 'f64.sub'],
    ['a bias of two', '(v128.const f32x4 1 1 1 1)', '(v128.const f32x4 2 2 2 2)'],
    ['no factors', '(f32x4.splat (local.get $factor))', '(v128.const f32x4 1 1 1 1)'],
    [
      'the next row’s factor',
      '(v128.load32_splat (local.get $factors))',
      '(v128.load32_splat offset=4 (local.get $factors))',
    ],
  ])('where they compute wrongly: %s', async (_, right, wrong) => {
    const wabt = await loadWabt();
    expect(MODULE.text).toContain(right);
    const module = wabt.parseWat('wrong.wat', MODULE.text.replaceAll(right, wrong), { simd: true });
    const mutant = Buffer.from(module.toBinary({}).buffer).toString('base64');
    tf.unregisterKernel('EpsilonConvGradients', 'wasm');
    tf.unregisterKernel('EpsilonWeightedSum', 'wasm');
    vi.resetModules();
    vi.doMock('@/lib/training/kernels/conv-gradients-binary', () => ({ PLAIN: mutant, SHARED: mutant }));
    try {
      const fresh = await import('@/lib/training/kernels/conv-gradients');
      expect(fresh.convGradients(1, 1)).toBeNull();
      expect(tf.memory().numTensors).toBe(0);
    } finally {
      vi.doUnmock('@/lib/training/kernels/conv-gradients-binary');
    }
  });
});

/** Memory that ends where the last operand ends, and is full of numbers that spoil every sum. */
describe.each([
  ['plain', PLAIN],
  ['shared', SHARED],
])('the %s build, on memory of its own', (build, base64) => {
  const PAGE = 65_536;
  const pages = 8;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: build === 'shared' });
  const { convGradients: kernel, scratchBytes } = new WebAssembly.Instance(
    new WebAssembly.Module(moduleBytes(base64)),
    { tfjs: { memory } },
  ).exports as unknown as { convGradients(...numbers: number[]): void; scratchBytes: WebAssembly.Global };
  const bytes = new Uint8Array(memory.buffer as ArrayBuffer);

  test.each(
    (['x', 'z', 'out', 'norms'] as const).flatMap((last) =>
      CASES.filter(({ down }) => down < 40)
        .slice(0, 12)
        .map((one) => [last, one] as const),
    ),
  )('%s at the end of memory, %j', (last, one) => {
    const { rows, down, across, channels, filters, kernelHeight, kernelWidth, stride, bias } = one;
    const { pictures, slopes, gradient } = sizesOf(one);
    const [, height, width] = pictures;
    bytes.fill(0xff);
    const lengths = { x: count(pictures), z: count(slopes), out: rows * gradient, norms: rows };
    const at = { x: 0, z: 0, out: 0, norms: 0 };
    let free = scratchBytes.value + 64;
    for (const name of ['x', 'z', 'out', 'norms'] as const) {
      at[name] = name === last ? pages * PAGE - 4 * lengths[name] : free;
      free += 4 * lengths[name] + 64;
    }
    expect(free).toBeLessThan(pages * PAGE);
    const view = (name: keyof typeof at) =>
      new Float32Array(memory.buffer as ArrayBuffer, at[name], lengths[name]);
    const [x, z] = [gaussians(lengths.x), gaussians(lengths.z)];
    view('x').set(x);
    view('z').set(z);
    const before = bytes.slice();
    const row = 4 * width * channels;
    kernel(
      ...[at.x, at.z, 0, at.out, 4 * gradient, at.norms, rows, 1],
      ...[height * row, row, 4 * stride * channels, stride * row],
      ...[kernelHeight, kernelWidth * channels, down, across, filters, bias ? 1 : 0, 0],
    );
    const each = plain(one, x, z);
    for (const [i, { sums, sizes }] of each.entries())
      expectClose(`g${i}`, view('out').subarray(i * gradient, (i + 1) * gradient), sums, sizes);
    const squares = squaresOf(each.map(({ sums }) => sums));
    expectClose('squares', view('norms'), squares, squares);
    // Nothing else was written.
    for (const name of ['out', 'norms'] as const) before.fill(0, at[name], at[name] + 4 * lengths[name]);
    const after = bytes.slice();
    for (const name of ['out', 'norms'] as const) after.fill(0, at[name], at[name] + 4 * lengths[name]);
    expect(Buffer.compare(after.subarray(scratchBytes.value), before.subarray(scratchBytes.value))).toBe(0);
  });
});
