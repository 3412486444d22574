import { beforeAll, describe, expect, it } from 'vitest';
import { extractAll, FEATURE_LENGTH, GaborFeatures, OrientedGradients, orientedGradients } from '@/lib/data';
import { PlainGaborFeatures } from '@/lib/data/plain-gabor';
import { PlainOrientedGradients } from '@/lib/data/plain-oriented-gradients';
import { preparedMnist } from '@/tests/harness/prepared';

const SIDE = 28;
const WIDTH = 392;

/**
 * The definition, written out: correlate with eight 5 × 5 derivatives of a Gaussian, keep what is positive, average over
 * 4 × 4 pixels, take off the mean, stretch to length 5.
 */
function slowly(image: Uint8Array): Float64Array {
  const features = new Float64Array(WIDTH);
  for (let k = 0; k < 8; k++) {
    const angle = (k * 45 * Math.PI) / 180;
    const filter: { x: number; y: number; weight: number }[] = [];
    for (let y = -2; y <= 2; y++)
      for (let x = -2; x <= 2; x++)
        filter.push({
          x,
          y,
          weight: (x * Math.cos(angle) + y * Math.sin(angle)) * Math.exp(-(x * x + y * y) / 2),
        });
    const total = filter.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
    for (let row = 0; row < SIDE; row++)
      for (let column = 0; column < SIDE; column++) {
        let response = 0;
        for (const { x, y, weight } of filter)
          if (row + y >= 0 && row + y < SIDE && column + x >= 0 && column + x < SIDE)
            response += ((2 * weight) / total) * (image[(row + y) * SIDE + column + x]! / 255);
        const cell = Math.floor(row / 4) * 7 + Math.floor(column / 4);
        features[cell * 8 + k]! += Math.max(0, response) / 16;
      }
  }
  const mean = features.reduce((sum, value) => sum + value, 0) / WIDTH;
  const centred = features.map((value) => value - mean);
  const length = Math.hypot(...centred);
  return centred.map((value) => (length > 0 ? (5 * value) / length : 0));
}

const picture = (ink: (x: number, y: number) => number) =>
  Uint8Array.from({ length: SIDE * SIDE }, (_, i) => ink(i % SIDE, Math.floor(i / SIDE)));
const features = (image: Uint8Array) => orientedGradients(image);
const length = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

let digits: Uint8Array;
beforeAll(async () => {
  digits = (await preparedMnist()).test.images;
});

describe('oriented gradients', () => {
  it('are what the definition gives, digit for digit', async () => {
    const fast = await features(digits.subarray(0, 100 * 784));
    for (let i = 0; i < 100; i++) {
      const slow = slowly(digits.subarray(i * 784, (i + 1) * 784));
      const difference = slow.map((value, j) => value - fast[i * WIDTH + j]!);
      expect(Math.max(...difference.map(Math.abs))).toBeLessThan(2e-6);
    }
  });

  it.each<[string, Uint8Array]>([
    ['ink up to every edge', picture(() => 255)],
    ['one pixel in a corner', picture((x, y) => (x === 0 && y === 0 ? 255 : 0))],
    ['one pixel of the faintest grey', picture((x, y) => (x === 14 && y === 13 ? 1 : 0))],
    ['a chequerboard', picture((x, y) => ((x + y) % 2) * 255)],
    ['a slope', picture((x, y) => 3 * x + 5 * y)],
  ])('are what the definition gives for %s', async (_, image) => {
    const fast = await features(image);
    const slow = slowly(image);
    for (let j = 0; j < WIDTH; j++) expect(Math.abs(fast[j]! - slow[j]!)).toBeLessThan(2e-5);
    expect(length(fast)).toBeCloseTo(5, 5);
  });

  it('tell a falling edge from a rising one, in the place where it is', async () => {
    // Paper on the left, ink on the right: grey rises along x, direction 0.
    const rising = await features(picture((x) => (x >= 14 ? 255 : 0)));
    const strongest = (values: Float32Array, cell: number) => {
      const directions = [...values.slice(cell * 8, cell * 8 + 8)];
      return directions.indexOf(Math.max(...directions));
    };
    const middle = 3 * 7 + 3;
    expect(strongest(rising, middle)).toBe(0);
    expect(strongest(await features(picture((x) => (x < 14 ? 255 : 0))), middle)).toBe(4);
    expect(strongest(await features(picture((_, y) => (y >= 14 ? 255 : 0))), middle)).toBe(2);
    expect(strongest(await features(picture((_, y) => (y < 14 ? 255 : 0))), middle)).toBe(6);
    expect(strongest(await features(picture((x, y) => (x + y >= 28 ? 255 : 0))), middle)).toBe(1);
  });

  it('do not depend on the strength of the ink', async () => {
    const faint = await features(digits.subarray(0, 784).map((value) => Math.floor(value / 4) * 2));
    const strong = await features(digits.subarray(0, 784).map((value) => Math.floor(value / 4) * 4));
    for (let j = 0; j < WIDTH; j++) expect(faint[j]).toBeCloseTo(strong[j]!, 5);
  });
});

describe.each([
  ['oriented gradients', new OrientedGradients()],
  ['oriented gradients in plain code', new PlainOrientedGradients()],
  ['Gabor features', new GaborFeatures()],
  ['Gabor features in plain code', new PlainGaborFeatures()],
])('%s', (_, extractor) => {
  const { width } = extractor;

  it('have mean 0 and length 5 for every digit', async () => {
    const values = await extractAll(extractor, digits.subarray(0, 500 * 784));
    for (let i = 0; i < 500; i++) {
      const one = values.subarray(i * width, (i + 1) * width);
      expect(Math.abs(one.reduce((sum, value) => sum + value, 0) / width)).toBeLessThan(1e-6);
      expect(length(one)).toBeCloseTo(FEATURE_LENGTH, 5);
    }
  });

  it('are zero for a blank picture, never NaN', async () => {
    expect(await extractAll(extractor, new Uint8Array(784))).toEqual(new Float32Array(width));
  });

  it('of one digit do not depend on the digits around it', async () => {
    const together = await extractAll(extractor, digits.subarray(0, 20 * 784));
    for (const i of [0, 7, 19])
      expect(await extractAll(extractor, digits.slice(i * 784, (i + 1) * 784))).toEqual(
        together.slice(i * width, (i + 1) * width),
      );
  });

  it('overwrite what was in their place, and nothing beside it', () => {
    const out = new Float32Array(width + 2).fill(9);
    extractor.extract(digits, 3, out, 1);
    const fresh = new Float32Array(width);
    extractor.extract(digits, 3, fresh, 0);
    expect(out.subarray(1, width + 1)).toEqual(fresh);
    expect([out[0], out[width + 1]]).toEqual([9, 9]);
  });

  it('come in chunks, with progress up to the last digit', async () => {
    const done: number[] = [];
    await extractAll(extractor, digits.subarray(0, 1100 * 784), {
      onProgress: (count, total) => {
        expect(total).toBe(1100);
        done.push(count);
      },
    });
    expect(done.at(-1)).toBe(1100);
    expect(done).toEqual([...new Set(done)].sort((a, b) => a - b));
    // Stop is heard between chunks only: they have to stay small.
    expect(done.length).toBeGreaterThan(3);
  });

  it('stop at the next chunk, with the reason of the signal', async () => {
    const stop = new AbortController();
    let chunks = 0;
    const extracting = extractAll(extractor, digits, {
      onProgress: () => {
        chunks++;
        if (chunks === 2) stop.abort();
      },
      breathe: async () => stop.signal.throwIfAborted(),
    });
    await expect(extracting).rejects.toMatchObject({ name: 'AbortError' });
    expect(chunks).toBe(2);
  });
});
