/** Wide features are what their definition says, written once more in the plainest way: sums over all pixels under a wave. */
import { beforeAll, describe, expect, it } from 'vitest';
import { GABOR_WIDTH, GaborFeatures } from '@/lib/data';
import { PlainGaborFeatures } from '@/lib/data/plain-gabor';
import { preparedMnist } from '@/tests/harness/prepared';

const SIDE = 28;
const PIXELS = SIDE * SIDE;
/** Numbers of the first order: 7 × 7 places of eight directions at two sizes. */
const FIRST = 49 * 16;

let digits: Uint8Array;
beforeAll(async () => {
  digits = (await preparedMnist()).test.images;
});

const picture = (ink: (x: number, y: number) => number) =>
  Uint8Array.from({ length: PIXELS }, (_, i) => ink(i % SIDE, Math.floor(i / SIDE)));

type Grid = number[][];
const gridOf = (side: number, value: (y: number, x: number) => number): Grid =>
  Array.from({ length: side }, (_, y) => Array.from({ length: side }, (_, x) => value(y, x)));

/** |picture * ψ| with ψ(x, y) = g(x, y) (e^{iξ(x cos θ + y sin θ)} − β), whose sum is zero. */
function modulus(of: Grid, direction: number): Grid {
  const reach = [-3, -2, -1, 0, 1, 2, 3];
  const taps = reach.flatMap((v) =>
    reach.map((u) => {
      const phase = 1.6 * (u * Math.cos((direction * Math.PI) / 8) + v * Math.sin((direction * Math.PI) / 8));
      return {
        u,
        v,
        g: Math.exp(-(u * u + v * v) / (2 * 1.5 ** 2)),
        cos: Math.cos(phase),
        sin: Math.sin(phase),
      };
    }),
  );
  const weight = taps.reduce((sum, { g }) => sum + g, 0);
  const beta = taps.reduce((sum, { g, cos }) => sum + g * cos, 0) / weight;
  return gridOf(of.length, (y, x) => {
    let real = 0;
    let imaginary = 0;
    for (const { u, v, g, cos, sin } of taps) {
      const value = ((of[y + v]?.[x + u] ?? 0) * g) / weight;
      real += value * (cos - beta);
      imaginary += value * sin;
    }
    return Math.hypot(real, imaginary);
  });
}

const halve = (of: Grid): Grid =>
  gridOf(
    of.length / 2,
    (y, x) =>
      (of[2 * y]![2 * x]! + of[2 * y]![2 * x + 1]! + of[2 * y + 1]![2 * x]! + of[2 * y + 1]![2 * x + 1]!) / 4,
  );

/** The mean over four rows and columns from `top` and `left`; what is outside is left out. */
function windowMean(of: Grid, top: number, left: number): number {
  const inside = of.slice(Math.max(0, top), top + 4).flatMap((row) => row.slice(Math.max(0, left), left + 4));
  return inside.reduce((sum, value) => sum + value, 0) / inside.length;
}

function slowly(image: Uint8Array): Float64Array {
  const whole = gridOf(SIDE, (y, x) => image[y * SIDE + x]!);
  const directions = [0, 1, 2, 3, 4, 5, 6, 7];
  const fine = directions.map((direction) => halve(modulus(whole, direction)));
  const coarse = directions.map((direction) => modulus(halve(whole), direction));
  const softened = (mean: number) => Math.sqrt(mean + 1) - 1;
  const out = new Float64Array(GABOR_WIDTH);
  let next = 0;
  for (let v = 0; v < 7; v++)
    for (let u = 0; u < 7; u++)
      for (const grid of [...fine, ...coarse]) out[next++] = softened(windowMean(grid, 2 * v - 1, 2 * u - 1));
  for (const first of fine)
    for (const direction of directions) {
      const second = modulus(first, direction);
      for (const top of [0, 3, 7, 10])
        for (const left of [0, 3, 7, 10]) out[next++] = softened(4 * windowMean(second, top, left));
    }
  const mean = out.reduce((sum, value) => sum + value, 0) / out.length;
  const length = Math.hypot(...out.map((value) => value - mean));
  return out.map((value) => ((value - mean) * 5) / length);
}

describe.each([
  ['by their kernel', new GaborFeatures()],
  ['in plain code', new PlainGaborFeatures()],
])('Gabor features %s', (_, extractor) => {
  const features = (image: Uint8Array) => {
    const out = new Float32Array(GABOR_WIDTH);
    extractor.extract(image, 0, out, 0);
    return out;
  };

  it('are 1,808 numbers', () => expect(extractor.width).toBe(FIRST + 8 * 8 * 4 * 4));

  it.each<[string, () => Uint8Array]>([
    ['a seven', () => digits.subarray(0, PIXELS)],
    ['a two', () => digits.subarray(PIXELS, 2 * PIXELS)],
    ['a nine', () => digits.subarray(7 * PIXELS, 8 * PIXELS)],
    ['ink up to every edge', () => picture(() => 255)],
    ['a frame', () => picture((x, y) => (x % 27 === 0 || y % 27 === 0 ? 255 : 0))],
    ['one pixel in a corner', () => picture((x, y) => (x === 27 && y === 0 ? 255 : 0))],
    ['pixels of every grey', () => picture((x, y) => (x * 7 + y * 11) % 256)],
  ])('are what the definition gives for %s', (_name, image) => {
    const fast = features(image());
    const slow = slowly(image());
    for (let j = 0; j < GABOR_WIDTH; j++) expect(Math.abs(fast[j]! - slow[j]!)).toBeLessThan(2e-5);
  });

  it('tell in which direction a grey wave runs', () => {
    const strongest = (values: Float32Array, channel: number) => {
      const middle = (3 * 7 + 3) * 16 + channel;
      const directions = [...values.slice(middle, middle + 8)];
      return directions.indexOf(Math.max(...directions));
    };
    for (let k = 0; k < 8; k++) {
      const wave = (frequency: number) =>
        picture((x, y) =>
          Math.round(
            127.5 +
              127.5 *
                Math.cos(frequency * (x * Math.cos((k * Math.PI) / 8) + y * Math.sin((k * Math.PI) / 8))),
          ),
        );
      expect(strongest(features(wave(1.6)), 0)).toBe(k);
      expect(strongest(features(wave(0.8)), 8)).toBe(k);
    }
  });

  it('tell in the second order how the strength of a fine wave goes up and down', () => {
    // A wave along x whose strength goes up and down along y, some eight pixels from one height to the next.
    const image = picture((x, y) => Math.round(127.5 + 60 * (1 + Math.cos(0.8 * y)) * Math.cos(1.6 * x)));
    const values = features(image);
    const place = 1 * 4 + 1;
    const along = Array.from({ length: 8 }, (_, second) => values[FIRST + second * 16 + place]!);
    expect(along.indexOf(Math.max(...along))).toBe(4);
  });
});
