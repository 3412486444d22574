import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  blockSide,
  blur,
  isCorruption,
  jpeg,
  jpegQuality,
  NOISE_KINDS,
  type PixelImage,
  PixelNoise,
  pixelate,
  type ScaledKind,
} from '@/lib/detection';
import { SeededRandom } from '@/lib/random';

const noise = () => new PixelNoise((seed) => new SeededRandom(seed));
/** Those with a strength; the fifteen of ImageNet-C are tried in corruptions.test.ts. */
const KINDS = NOISE_KINDS.map(({ kind }) => kind).filter((kind): kind is ScaledKind => !isCorruption(kind));

/** Smooth, colourful, and of odd size so that blocks do not fit. */
const picture: PixelImage = {
  width: 161,
  height: 117,
  data: Float32Array.from({ length: 161 * 117 * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return 0.5 + 0.4 * Math.sin(0.05 * (pixel % 161) + 0.08 * Math.floor(pixel / 161) + (i % 3));
  }),
};

const distance = (a: PixelImage, b: PixelImage) =>
  Math.sqrt(a.data.reduce((sum, value, i) => sum + (value - b.data[i]!) ** 2, 0) / a.data.length);

describe.each(KINDS)('%s', (kind) => {
  const apply = (scale: number, seed = 1) => noise().apply(picture, { kind, scale, seed });

  it('is nothing at scale 0, and more the larger the scale', () => {
    expect(apply(0).data).toEqual(picture.data);
    const distances = [0.05, 0.2, 0.5, 1].map((scale) => distance(apply(scale), picture));
    expect(distances[0]).toBeGreaterThan(0);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
  });

  it('keeps the size and the range, and leaves the picture given alone', () => {
    const before = picture.data.slice();
    const { width, height, data } = apply(0.7);
    expect([width, height, data.length]).toEqual([161, 117, picture.data.length]);
    expect(data.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(picture.data).toEqual(before);
  });

  it('depends on the seed if, and only if, it says so', () => {
    const info = NOISE_KINDS.find((each) => each.kind === kind)!;
    expect(apply(0.3, 1).data).toEqual(apply(0.3, 1).data);
    if (info.random) expect(apply(0.3, 1).data).not.toEqual(apply(0.3, 2).data);
    else expect(apply(0.3, 1).data).toEqual(apply(0.3, 2).data);
  });

  it('says what the scale means on this picture', () => {
    const info = NOISE_KINDS.find((each) => each.kind === kind)!;
    const expected: Record<ScaledKind, string> = {
      gaussian: 'standard deviation 0.1',
      laplace: 'standard deviation 0.1',
      uniform: 'standard deviation 0.1',
      'salt-and-pepper': '10 % of the pixels',
      blur: 'standard deviation 3.2 px',
      pixelation: 'blocks of 9 px',
      jpeg: 'quality 90',
    };
    expect(info.describe(0.1, { width: 640, height: 480 })).toBe(expected[kind]);
  });

  it('refuses a scale that is none', () => {
    expect(() => apply(-1)).toThrow(expect.objectContaining({ code: 'noise-scale-invalid' }));
    expect(() => apply(Number.NaN)).toThrow(expect.objectContaining({ code: 'noise-scale-invalid' }));
  });
});

describe('salt and pepper', () => {
  const grey = { width: 200, height: 200, data: new Float32Array(120_000).fill(0.5) };
  const hit = (scale: number) => noise().apply(grey, { kind: 'salt-and-pepper', scale, seed: 3 }).data;

  it('hits the part of the pixels asked for, half of them black, whole pixels at a time', () => {
    const data = hit(0.2);
    const count = (level: number) => data.filter((value) => value === level).length / data.length;
    expect(count(0)).toBeCloseTo(0.1, 2);
    expect(count(1)).toBeCloseTo(0.1, 2);
    for (let i = 0; i < data.length; i += 3)
      expect(data[i] === data[i + 1] && data[i] === data[i + 2]).toBe(true);
  });

  it('hits every pixel at scale 1', () => expect(hit(1).every((value) => value !== 0.5)).toBe(true));

  it('hits the same pixels and others as the scale grows', () => {
    const [less, more] = [hit(0.2), hit(0.4)];
    expect(less.every((value, i) => value === 0.5 || value === more[i])).toBe(true);
  });
});

describe('blur', () => {
  /** One white pixel in the middle of black: its blur is the kernel itself. */
  const kernel = (standardDeviation: number) => {
    const side = 129;
    const data = new Float32Array(side * side * 3);
    data.fill(1, (64 * side + 64) * 3, (64 * side + 64) * 3 + 3);
    return { side, ...blur({ width: side, height: side, data }, standardDeviation) };
  };

  it.each([0.4, 0.64, 1, 2.5, 7])(
    'spreads with standard deviation %d both ways, and keeps the light',
    (sigma) => {
      const { side, data } = kernel(sigma);
      let [total, across, down] = [0, 0, 0];
      for (let y = 0; y < side; y++)
        for (let x = 0; x < side; x++) {
          const value = data[(y * side + x) * 3]!;
          total += value;
          across += value * (x - 64) ** 2;
          down += value * (y - 64) ** 2;
        }
      expect(total).toBeCloseTo(1, 4);
      expect(Math.sqrt(across / total)).toBeCloseTo(sigma, 2);
      expect(Math.sqrt(down / total)).toBeCloseTo(sigma, 2);
    },
  );

  it('looks like a Gaussian', () => {
    const sigma = 5;
    const { side, data } = kernel(sigma);
    for (const distance of [0, 3, 5, 8, 12]) {
      const expected = Math.exp(-(distance ** 2) / (2 * sigma ** 2)) / (2 * Math.PI * sigma ** 2);
      const peak = 1 / (2 * Math.PI * sigma ** 2);
      expect(Math.abs(data[(64 * side + 64 + distance) * 3]! - expected)).toBeLessThan(0.13 * peak);
    }
  });

  it('leaves an even picture even, up to its edges', () => {
    const even = { width: 20, height: 9, data: new Float32Array(540).fill(0.25) };
    for (const value of blur(even, 6).data) expect(value).toBeCloseTo(0.25, 5);
  });
});

describe('pixelation', () => {
  it('fills each block, also a cut one, with its own mean', () => {
    const row = {
      width: 5,
      height: 1,
      data: Float32Array.from([0, 0.2, 0.4, 0.6, 0.8].flatMap((v) => [v, v / 2, 1])),
    };
    const { data } = pixelate(row, 2);
    const channel = (c: number) => [0, 1, 2, 3, 4].map((x) => Number(data[3 * x + c]!.toFixed(4)));
    expect(channel(0)).toEqual([0.1, 0.1, 0.5, 0.5, 0.8]);
    expect(channel(1)).toEqual([0.05, 0.05, 0.25, 0.25, 0.4]);
    expect(channel(2)).toEqual([1, 1, 1, 1, 1]);
  });

  it('has blocks of one pixel at scale 0, and never smaller in a tiny picture', () => {
    expect(blockSide(0, { width: 640, height: 480 })).toBe(1);
    expect(blockSide(1, { width: 640, height: 480 })).toBe(80);
    expect(blockSide(1, { width: 4, height: 2 })).toBe(1);
  });
});

describe('JPEG', () => {
  it.each([90, 75, 50, 20, 5, 1])('does what libjpeg does at quality %i', async (quality) => {
    // A fresh picture, never compressed before: coefficients of an old JPEG lie on the very edges between steps.
    const image = noise().apply(picture, { kind: 'gaussian', scale: 0.05, seed: 1 });
    const bytes = Buffer.from(Uint8Array.from(image.data, (value) => Math.round(value * 255)));
    const file = await sharp(bytes, { raw: { width: image.width, height: image.height, channels: 3 } })
      .jpeg({ quality, chromaSubsampling: '4:4:4', quantisationTable: 0, optimiseCoding: false })
      .toBuffer();
    const { data } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
    const ours = jpeg(image, quality).data;
    const theirs = { ...image, data: Float32Array.from(data, (value) => value / 255) };
    // Its cosine transform is in whole numbers, so here and there a coefficient falls to the next step: the two results
    // differ, but by much less than either differs from the picture.
    expect(distance({ ...image, data: ours }, theirs)).toBeLessThan(0.35 * distance(theirs, image));
  });

  it('maps the scale to quality 100 … 1', () => {
    expect([0, 0.5, 1, 3].map(jpegQuality)).toEqual([100, 51, 1, 1]);
  });
});
