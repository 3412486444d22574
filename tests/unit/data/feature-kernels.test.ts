/** The kernels of features give what plain code gives, and plain code takes their place where they do not. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { extractAll, GaborFeatures, OrientedGradients, orientedGradients } from '@/lib/data';
import { PlainGaborFeatures } from '@/lib/data/plain-gabor';
import { PlainOrientedGradients } from '@/lib/data/plain-oriented-gradients';
import { moduleBytes } from '@/lib/kernels/bytes';
import { allocateRows, residenceOf } from '@/lib/kernels/resident-rows';
import { preparedMnist } from '@/tests/harness/prepared';

const SIDE = 28;
const PIXELS = SIDE * SIDE;
const picture = (ink: (x: number, y: number) => number) =>
  Uint8Array.from({ length: PIXELS }, (_, i) => ink(i % SIDE, Math.floor(i / SIDE)));

let digits: Uint8Array;
beforeAll(async () => {
  digits = (await preparedMnist()).test.images;
});

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  // A NaN anywhere is a NaN here.
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

describe.each([
  ['oriented gradients', () => new OrientedGradients(), new PlainOrientedGradients()],
  ['Gabor features', () => new GaborFeatures(), new PlainGaborFeatures()],
])('the kernel of %s', (_, make, plain) => {
  const { width } = plain;
  const pixel = (x: number, y: number) => picture((u, v) => (u === x && v === y ? 255 : 0));

  it('runs', () => expect(make().byKernel).toBe(true));

  it('gives what plain code gives, digit for digit', async () => {
    const some = digits.subarray(0, 1203 * PIXELS);
    const difference = largestDifference(await extractAll(make(), some), await extractAll(plain, some));
    expect(difference).toBeLessThanOrEqual(1e-5);
  });

  it.each<[string, Uint8Array]>([
    ['ink everywhere', picture(() => 255)],
    ['ink at the upper edge', picture((_x, y) => (y === 0 ? 200 : 0))],
    ['ink at the lower edge', picture((_x, y) => (y === SIDE - 1 ? 200 : 0))],
    ['ink at the left edge', picture((x) => (x === 0 ? 200 : 0))],
    ['ink at the right edge', picture((x) => (x === SIDE - 1 ? 200 : 0))],
    ['a frame', picture((x, y) => (x % 27 === 0 || y % 27 === 0 ? 255 : 0))],
    ['the faintest grey', picture((x, y) => (x === 13 && y === 14 ? 1 : 0))],
    ['single pixels, all over', picture((x, y) => (x * 7 + y * 11) % 256)],
  ])('gives what plain code gives for %s', async (_name, image) => {
    expect(largestDifference(await extractAll(make(), image), await extractAll(plain, image))).toBeLessThan(
      1e-5,
    );
  });

  it('gives what plain code gives for one pixel of ink, wherever it is', async () => {
    const places = Array.from({ length: PIXELS }, (_x, i) => pixel(i % SIDE, Math.floor(i / SIDE)));
    const all = new Uint8Array(PIXELS * PIXELS);
    for (const [i, image] of places.entries()) all.set(image, i * PIXELS);
    expect(largestDifference(await extractAll(make(), all), await extractAll(plain, all))).toBeLessThan(1e-5);
  });

  it('leaves a blank digit at zero, between others too', async () => {
    const three = new Uint8Array(3 * PIXELS);
    three.set(digits.subarray(0, PIXELS));
    three.set(digits.subarray(PIXELS, 2 * PIXELS), 2 * PIXELS);
    const rows = await extractAll(make(), three);
    expect(rows.subarray(width, 2 * width)).toEqual(new Float32Array(width));
    expect(rows.subarray(2 * width).some((value) => value !== 0)).toBe(true);
  });

  it.each([0, 1, 2, 3, 5, 249, 250, 251, 777])('takes %i digits at once', async (count) => {
    const rows = await extractAll(make(), digits.subarray(0, count * PIXELS));
    const one = new Float32Array(width);
    for (let i = 0; i < count; i += 31) {
      make().extract(digits, i, one, 0);
      expect(rows.subarray(i * width, (i + 1) * width)).toEqual(one);
    }
    expect(rows.length).toBe(count * width);
  });

  it('writes rows where it is told to', async () => {
    const out = allocateRows(20, width);
    expect(await extractAll(make(), digits.subarray(0, 20 * PIXELS), { out })).toBe(out);
    expect(residenceOf(out)).not.toBeNull();
    expect(out.slice()).toEqual(await extractAll(make(), digits.subarray(0, 20 * PIXELS)));
    const tooLittle = extractAll(make(), digits.subarray(0, 20 * PIXELS), { out: out.subarray(1) });
    await expect(tooLittle).rejects.toThrow(RangeError);
  });
});

describe('without a kernel', () => {
  const some = () => digits.subarray(0, 30 * PIXELS);
  const byPlainCode = () => extractAll(new PlainOrientedGradients(), some());

  it.each<[string, () => void]>([
    ['there is no WebAssembly', () => vi.stubGlobal('WebAssembly', undefined)],
    [
      'its instructions are unknown',
      () =>
        vi.stubGlobal('WebAssembly', {
          Module: class {
            constructor() {
              throw new WebAssembly.CompileError('invalid numeric opcode');
            }
          },
        }),
    ],
    [
      'it computes something else',
      () => {
        const { Module, Instance } = WebAssembly;
        vi.stubGlobal('WebAssembly', {
          Module,
          Instance: class {
            exports: object;
            constructor(module: WebAssembly.Module) {
              const { exports } = new Instance(module);
              this.exports = { ...exports, extract: () => undefined };
            }
          },
        });
      },
    ],
  ])('plain code takes its place: %s', async (_, breakIt) => {
    vi.resetModules();
    const fresh = await import('@/lib/data/oriented-gradients');
    breakIt();
    try {
      const extractor = new fresh.OrientedGradients();
      expect(extractor.byKernel).toBe(false);
      expect(await fresh.orientedGradients(some())).toEqual(await byPlainCode());
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('else the rows are those of the kernel, to the bit', async () => {
    vi.resetModules();
    const fresh = await import('@/lib/data/oriented-gradients');
    expect(await fresh.orientedGradients(some())).toEqual(await orientedGradients(some()));
    expect(await orientedGradients(some())).not.toEqual(await byPlainCode());
  });
});

it.each(['oriented-gradients', 'gabor'])(
  'the kernel of %s needs nothing but memory of its own',
  async (name) => {
    const { BYTES } = (await import(`../../../lib/data/kernels/${name}-binary.ts`)) as { BYTES: string };
    expect(WebAssembly.Module.imports(new WebAssembly.Module(moduleBytes(BYTES)))).toEqual([]);
  },
);
