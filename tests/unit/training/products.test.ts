/** The three products of training by kernels of our own on WASM: against plain loops in double, and within their memory. */
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import loadWabt from 'wabt';
import { moduleBytes } from '@/lib/kernels/bytes';
import { SeededRandom } from '@/lib/random';
import { type Products, products, STOCK_PRODUCTS, useProducts } from '@/lib/training/kernels/products';
import { PLAIN, SHARED } from '@/lib/training/kernels/products-binary';
import { MODULE } from '@/lib/training/kernels/products-source';
import { productsOnWasm, wasmProducts } from '@/lib/training/kernels/products-wasm';
import { startBackend } from '@/tests/harness/backend';

type Sizes = readonly [rows: number, inner: number, columns: number];

/** Each way in which a side can fill tiles, strips, panels and blocks, or not. */
const SIDES = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33];
const LONG: Sizes[] = [
  [5, 255, 9],
  [3, 256, 8],
  [9, 257, 11],
  [4, 513, 3],
  [6, 3, 256],
  [7, 2, 257],
  [2, 300, 530],
  [130, 40, 10],
];

const random = new SeededRandom(15);
const gaussians = (size: number) => Float32Array.from({ length: size }, () => random.gaussian());
const shapes: Sizes[] = [
  ...Array.from({ length: 120 }, (): Sizes => {
    const side = () => SIDES[random.integer(SIDES.length)]!;
    return [side(), side(), side()];
  }),
  [0, 3, 5],
  [3, 0, 5],
  [3, 5, 0],
  [1, 1, 1],
  ...LONG,
];

/** A B in double, and what its terms amount to: the size that an error is measured by. */
function plain(a: Float32Array, b: Float32Array, [rows, inner, columns]: Sizes) {
  const sums = new Float64Array(rows * columns);
  const sizes = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++)
    for (let k = 0; k < inner; k++)
      for (let c = 0; c < columns; c++) {
        const term = a[r * inner + k]! * b[k * columns + c]!;
        const at = r * columns + c;
        sums[at] = sums[at]! + term;
        sizes[at] = sizes[at]! + Math.abs(term);
      }
  return { sums, sizes };
}

const turn = (values: Float32Array, rows: number, columns: number) =>
  Float32Array.from(values, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!);

/** The same product in all three ways, as it lies in memory. */
function threeWays(own: Products, a: Float32Array, b: Float32Array, [rows, inner, columns]: Sizes) {
  return tf.tidy(() => {
    const left = tf.tensor2d(a, [rows, inner]);
    const right = tf.tensor2d(b, [inner, columns]);
    const results = {
      times: own.times(left, right),
      timesTransposed: own.timesTransposed(left, tf.tensor2d(turn(b, inner, columns), [columns, inner])),
      transposedTimes: own.transposedTimes(tf.tensor2d(turn(a, rows, inner), [inner, rows]), right),
    };
    return Object.entries(results).map(([way, product]) => {
      expect(product.shape, way).toEqual([rows, columns]);
      expect(product.dtype).toBe('float32');
      return [way, product.dataSync<'float32'>()] as const;
    });
  });
}

describe('on tensors', () => {
  let own: Products;
  beforeAll(async () => {
    await startBackend('wasm');
    own = (await wasmProducts(tf.backend()))!;
  });
  afterEach(() => expect(tf.memory().numTensors).toBe(0));

  test.each(shapes)('%i × %i × %i', (...sizes) => {
    const [rows, inner, columns] = sizes;
    const [a, b] = [gaussians(rows * inner), gaussians(inner * columns)];
    const expected = plain(a, b, sizes);
    for (const [way, found] of threeWays(own, a, b, sizes)) {
      expect(found.length).toBe(expected.sums.length);
      for (const [i, sum] of expected.sums.entries())
        if (!(Math.abs(found[i]! - sum) <= 1e-6 * expected.sizes[i]!))
          expect(`${way}[${i}] = ${found[i]}`).toBe(`${way}[${i}] = ${sum}`);
    }
  });

  test('the same to the last bit, however many rows and columns are beside', () => {
    const sizes: Sizes = [9, 300, 19];
    const [a, b] = [gaussians(9 * 300), gaussians(300 * 19)];
    const ways = threeWays(own, a, b, sizes);
    for (const [, found] of ways) expect(found).toEqual(ways[0]![1]);
    const lastRow = threeWays(own, a.slice(8 * 300), b, [1, 300, 19])[0]![1];
    expect(lastRow).toEqual(ways[0]![1].slice(8 * 19));
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'pass %d on to its own row and column, and no further',
    (value) => {
      const sizes: Sizes = [6, 10, 11];
      const [a, b] = [gaussians(60), gaussians(110)];
      a[3 * 10 + 7] = value;
      const inB = b.slice();
      inB[4 * 11 + 9] = value;
      for (const right of [b, inB]) {
        const expected = plain(a, right, sizes).sums;
        for (const [way, found] of threeWays(own, a, right, sizes))
          for (const [i, sum] of expected.entries()) {
            if (Number.isFinite(sum)) expect(Math.abs(found[i]! - sum), way).toBeLessThan(1e-4);
            else expect(found[i], way).toBe(sum);
          }
      }
    },
  );

  test('a row of zeros gives zeros', () => {
    const sizes: Sizes = [5, 12, 9];
    const [a, b] = [gaussians(60).fill(0, 24, 36), gaussians(108)];
    for (const [, found] of threeWays(own, a, b, sizes))
      expect(Array.from(found.slice(18, 27))).toEqual(new Array(9).fill(0));
  });

  test('refuse sides that do not fit, and numbers that are none of theirs', () => {
    tf.tidy(() => {
      expect(() => own.times(tf.ones([2, 3]), tf.ones([4, 2]))).toThrow(RangeError);
      expect(() => own.times(tf.ones([2, 3], 'int32'), tf.ones([3, 2]))).toThrow(RangeError);
    });
  });

  test('take no more memory the longer they are used', () => {
    const { HEAPU8 } = (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm;
    const once = () => threeWays(own, gaussians(60), gaussians(110), [6, 10, 11]);
    once();
    const before = HEAPU8.length;
    for (let i = 0; i < 2000; i++) once();
    expect((tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.length).toBe(before);
  });
});

describe('which are taken', () => {
  afterEach(() => useProducts('wasm', productsOnWasm(tf.backend())));

  test('ours on WASM with one thread, those of tfjs elsewhere', async () => {
    await startBackend('cpu');
    expect(products()).toBe(STOCK_PRODUCTS);
    await startBackend('wasm');
    expect(products().kind).toBe('own');
  });

  test('those of somebody’s choice, whatever it is', () => {
    useProducts('wasm', null);
    expect(products()).toBe(STOCK_PRODUCTS);
    useProducts('wasm', productsOnWasm(tf.backend()));
    expect(products().kind).toBe('own');
  });
});

describe('which are not taken', () => {
  beforeAll(() => startBackend('wasm'));
  /** The module anew, with the binary given, on a backend that has none of ours yet. */
  const withBinary = async (PLAIN: string) => {
    tf.unregisterKernel('EpsilonProduct', 'wasm');
    vi.resetModules();
    vi.doMock('@/lib/training/kernels/products-binary', () => ({ PLAIN, SHARED: PLAIN }));
    return import('@/lib/training/kernels/products');
  };
  afterEach(() => {
    vi.doUnmock('@/lib/training/kernels/products-binary');
    vi.restoreAllMocks();
  });

  test.each([
    ['the difference for the sum', 'f32x4.add', 'f32x4.sub'],
    ['one term less where an inner sum goes on', 'i32.ne', 'i32.eq'],
    [
      'a neighbour’s number at the edge',
      '(f32.load (local.get $inRow))',
      '(f32.load offset=4 (local.get $inRow))',
    ],
    ['rows in each other’s place where they are turned', '0 1 2 3 16 17 18 19', '16 17 18 19 0 1 2 3'],
  ])('such as compute wrongly: %s', async (_, right, wrong) => {
    const wabt = await loadWabt();
    expect(MODULE.text).toContain(right);
    const module = wabt.parseWat('wrong.wat', MODULE.text.replaceAll(right, wrong), { simd: true });
    const base64 = Buffer.from(module.toBinary({}).buffer).toString('base64');
    const mutant = await withBinary(base64);
    expect(mutant.products().kind).toBe('stock');
    expect(tf.memory().numTensors).toBe(0);
  });

  test('any where the browser cannot compile them', async () => {
    const missing = await withBinary(btoa('no WebAssembly'));
    expect(missing.products().kind).toBe('stock');
  });

  test('ours where several threads share a product of tfjs, unless a contest says so', async () => {
    const { wasm } = tf.backend() as unknown as { wasm: { tfjs: { getThreadsCount(): number } } };
    vi.spyOn(wasm.tfjs, 'getThreadsCount').mockReturnValue(2);
    const fresh = await withBinary(PLAIN);
    expect(fresh.products().kind).toBe('stock');
    const { wasmProducts: offered } = await import('@/lib/training/kernels/products-wasm');
    fresh.useProducts('wasm', await offered(tf.backend()));
    expect(fresh.products().kind).toBe('own');
  });
});

/** Memory that ends where the last operand ends, and is full of numbers that spoil every sum. */
describe.each([
  ['plain', PLAIN],
  ['shared', SHARED],
])('the %s build, on memory of its own', (build, base64) => {
  const PAGE = 65_536;
  const pages = 12;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: build === 'shared' });
  const { multiply, scratchBytes } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes(base64)), {
    tfjs: { memory },
  }).exports as unknown as { multiply(...numbers: number[]): void; scratchBytes: WebAssembly.Global };
  const bytes = new Uint8Array(memory.buffer as ArrayBuffer);

  test.each(
    (['a', 'b', 'out'] as const).flatMap((last) =>
      (
        [
          [5, 3, 9],
          [4, 8, 8],
          [1, 1, 1],
          [7, 261, 3],
          [2, 5, 263],
        ] as Sizes[]
      ).flatMap((sizes) =>
        [false, true].flatMap((turnA) => [false, true].map((turnB) => [last, sizes, turnA, turnB] as const)),
      ),
    ),
  )('%s at the end of memory, %j, turned: %s, %s', (last, sizes, turnA, turnB) => {
    const [rows, inner, columns] = sizes;
    bytes.fill(0xff);
    const lengths = { a: rows * inner, b: inner * columns, out: rows * columns };
    let free = scratchBytes.value + 64;
    const at = { a: 0, b: 0, out: 0 };
    for (const name of ['a', 'b', 'out'] as const) {
      at[name] = name === last ? pages * PAGE - 4 * lengths[name] : free;
      free += 4 * lengths[name] + 64;
    }
    const view = (name: keyof typeof at) =>
      new Float32Array(memory.buffer as ArrayBuffer, at[name], lengths[name]);
    const [a, b] = [gaussians(lengths.a), gaussians(lengths.b)];
    view('a').set(turnA ? turn(a, rows, inner) : a);
    view('b').set(turnB ? turn(b, inner, columns) : b);
    const before = bytes.slice();
    multiply(
      at.a,
      4 * (turnA ? 1 : inner),
      4 * (turnA ? rows : 1),
      at.b,
      4 * (turnB ? inner : 1),
      4 * (turnB ? 1 : columns),
      at.out,
      rows,
      inner,
      columns,
      0,
    );
    const expected = plain(a, b, sizes);
    for (const [i, value] of view('out').entries())
      expect(Math.abs(value - expected.sums[i]!)).toBeLessThanOrEqual(1e-6 * expected.sizes[i]!);
    // Nothing else was written.
    const [from, to] = [at.out, at.out + 4 * lengths.out];
    expect(
      Buffer.compare(bytes.subarray(scratchBytes.value, from), before.subarray(scratchBytes.value, from)),
    ).toBe(0);
    expect(Buffer.compare(bytes.subarray(to), before.subarray(to))).toBe(0);
  });
});
