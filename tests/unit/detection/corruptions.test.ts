/** The fifteen corruptions of ImageNet-C: what each does to pictures for which the answer is known in closed form. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  type CorruptionKind,
  corrupt,
  isCorruption,
  NOISE_KINDS,
  noiseStrength,
  type PixelImage,
  PixelNoise,
  type Severity,
  severityOf,
} from '@/lib/detection';
import { disk, MOTION, motionLine, ZOOM } from '@/lib/detection/noise/corruptions/blurs';
import { BRIGHTER, CONTRAST, QUALITY } from '@/lib/detection/noise/corruptions/digital';
import { ELASTIC } from '@/lib/detection/noise/corruptions/elastic';
import { GAUSSIAN, HIT, PHOTONS } from '@/lib/detection/noise/corruptions/noises';
import { plasma } from '@/lib/detection/noise/corruptions/plasma';
import { FOG, FROST, SNOW } from '@/lib/detection/noise/corruptions/weather';
import { SeededRandom } from '@/lib/random';

const SEVERITIES = [1, 2, 3, 4, 5] as const;
const KINDS = NOISE_KINDS.map(({ kind }) => kind).filter(isCorruption);

/** @param value of a channel at a place */
function drawn(
  width: number,
  height: number,
  value: (x: number, y: number, channel: number) => number,
): PixelImage {
  const data = new Float32Array(width * height * 3);
  for (let i = 0; i < data.length; i++) {
    const pixel = Math.floor(i / 3);
    data[i] = value(pixel % width, Math.floor(pixel / width), i % 3);
  }
  return { width, height, data };
}
const flat = (value: number, side = 256) => drawn(side, side, () => value);
/** Colourful, with large and small parts, of a size that fits no block. */
const scene = drawn(173, 121, (x, y, channel) => {
  const step = (Math.floor(x / 23) + Math.floor(y / 17)) % 2;
  return 0.35 + 0.2 * Math.sin(x / (9 + channel) + y / 13) + 0.2 * step;
});
const does = (kind: CorruptionKind, image: PixelImage, severity: Severity, seed = 1) =>
  corrupt(kind, image, severity, new SeededRandom(seed));

function moments(data: Float32Array) {
  let [mean, square] = [0, 0];
  for (const value of data) mean += value / data.length;
  for (const value of data) square += (value - mean) ** 2 / data.length;
  return { mean, deviation: Math.sqrt(square) };
}
const apart = (a: PixelImage, b: PixelImage) =>
  Math.sqrt(a.data.reduce((sum, value, i) => sum + (value - b.data[i]!) ** 2, 0) / a.data.length);

/** Mean and deviation of a normal that is clipped to [0, 1], by the sum over a fine grid. */
function clippedNormal(mean: number, deviation: number) {
  let [weight, first, second] = [0, 0, 0];
  for (let z = -8; z <= 8; z += 0.001) {
    const density = Math.exp((-z * z) / 2);
    const value = Math.min(1, Math.max(0, mean + deviation * z));
    weight += density;
    first += density * value;
    second += density * value ** 2;
  }
  return { mean: first / weight, deviation: Math.sqrt(second / weight - (first / weight) ** 2) };
}

it('are fifteen, each once in the list of kinds, with five severities on the common scale', () => {
  expect(KINDS).toHaveLength(15);
  expect(new Set(KINDS).size).toBe(15);
  expect([0.01, 0.2, 0.21, 0.4, 0.6, 0.8, 0.81, 1].map(severityOf)).toEqual([1, 1, 2, 2, 3, 4, 5, 5]);
  for (const kind of KINDS) {
    const { fromScale, toScale, min, max, integer } = noiseStrength(kind, scene);
    expect({ min, max, integer }).toEqual({ min: 0, max: 5, integer: true });
    for (const severity of [0, ...SEVERITIES]) expect(fromScale(toScale(severity))).toBe(severity);
  }
});

describe.each(KINDS)('%s', (kind) => {
  const noise = new PixelNoise((seed) => new SeededRandom(seed));
  it('keeps size and range, leaves the picture given alone, and is nothing at 0', () => {
    const before = scene.data.slice();
    for (const severity of SEVERITIES) {
      const { width, height, data } = noise.apply(scene, { kind, scale: severity / 5, seed: 1 });
      expect([width, height, data.length]).toEqual([173, 121, scene.data.length]);
      expect(data.every((value) => value >= 0 && value <= 1)).toBe(true);
      expect(apart({ width, height, data }, scene)).toBeGreaterThan(0.002);
    }
    expect(scene.data).toEqual(before);
    expect(noise.apply(scene, { kind, scale: 0, seed: 1 }).data).toEqual(scene.data);
  });

  it('depends on the seed if, and only if, it says so', () => {
    const { random } = NOISE_KINDS.find((info) => info.kind === kind)!;
    expect(does(kind, scene, 3, 1).data).toEqual(does(kind, scene, 3, 1).data);
    if (random) expect(does(kind, scene, 3, 1).data).not.toEqual(does(kind, scene, 3, 2).data);
    else expect(does(kind, scene, 3, 1).data).toEqual(does(kind, scene, 3, 2).data);
  });

  it('takes a picture of one pixel', () => {
    expect(does(kind, flat(0.5, 1), 5).data.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});

it.each([
  'gaussian-noise',
  'shot-noise',
  'impulse-noise',
  'defocus-blur',
  'zoom-blur',
  'brightness',
  'contrast',
  'pixelate',
  'jpeg-compression',
] as const)('%s is worse from severity to severity', (kind) => {
  const far = SEVERITIES.map((severity) => apart(does(kind, scene, severity), scene));
  expect(far).toEqual([...far].sort((a, b) => a - b));
});

describe('noise', () => {
  it.each(SEVERITIES)(
    'Gaussian, severity %i: mean and deviation of a normal clipped to the range',
    (severity) => {
      const { mean, deviation } = moments(does('gaussian-noise', flat(0.3), severity).data);
      const expected = clippedNormal(0.3, GAUSSIAN[severity - 1]!);
      expect(mean).toBeCloseTo(expected.mean, 2);
      expect(deviation / expected.deviation).toBeCloseTo(1, 2);
    },
  );

  it.each(SEVERITIES)(
    'shot, severity %i: the mean stays, the variance is the value over the photons',
    (severity) => {
      const value = 0.2;
      const { mean, deviation } = moments(does('shot-noise', flat(value), severity).data);
      // With 3 photons for white, 0.6 on average, more than 3 are clipped: one draw in 300.
      expect(mean).toBeCloseTo(value, 2);
      expect(deviation ** 2 / (value / PHOTONS[severity - 1]!)).toBeCloseTo(1, severity === 5 ? 0 : 1);
      const levels = new Set(
        Array.from(
          does('shot-noise', flat(value), severity).data,
          (level) => Math.round(level * PHOTONS[severity - 1]! * 1e4) / 1e4,
        ),
      );
      expect([...levels].every(Number.isInteger)).toBe(true);
    },
  );

  it.each(SEVERITIES)(
    'impulse, severity %i: as many values hit as published, half of them black',
    (severity) => {
      const { data } = does('impulse-noise', flat(0.5), severity);
      const part = (level: number) => data.filter((value) => value === level).length / data.length;
      expect(part(0)).toBeCloseTo(HIT[severity - 1]! / 2, 2);
      expect(part(1)).toBeCloseTo(HIT[severity - 1]! / 2, 2);
      expect(part(0) + part(0.5) + part(1)).toBeCloseTo(1, 9);
      // Colours are hit each by itself.
      expect(data.some((_, i) => i % 3 === 0 && data[i] !== data[i + 1])).toBe(true);
    },
  );
});

describe('blurs', () => {
  it.each(['defocus-blur', 'glass-blur', 'motion-blur', 'zoom-blur', 'elastic', 'pixelate'] as const)(
    '%s leaves an even picture even, up to its edges',
    (kind) => {
      for (const severity of SEVERITIES)
        for (const value of does(kind, flat(0.4, 60), severity).data) expect(value).toBeCloseTo(0.4, 4);
    },
  );

  it.each([
    [3, 0.1],
    [6, 0.5],
    [10, 0.5],
  ])('a disk of radius %i is one: its light, its middle, its spread', (radius, soft) => {
    const taps = disk(radius, soft);
    const sum = (value: (tap: (typeof taps)[number]) => number) =>
      taps.reduce((total, tap) => total + tap.weight * value(tap), 0);
    expect(sum(() => 1)).toBeCloseTo(1, 6);
    expect(sum(({ x }) => x)).toBeCloseTo(0, 6);
    // The second moment of a disk along an axis is r² / 4; the steps of its edge make 10 % of it.
    expect(sum(({ x }) => x * x) / (radius ** 2 / 4)).toBeCloseTo(1, 0);
    expect(taps.every(({ x, y }) => Math.hypot(x, y) <= radius + 3)).toBe(true);
  });

  it.each(SEVERITIES)('motion, severity %i: half a Gaussian to one side, along its angle', (severity) => {
    const [radius, deviation] = MOTION[severity - 1]!;
    const level = motionLine(radius, deviation, 0);
    expect(level).toHaveLength(2 * radius + 1);
    expect(level.every(({ y }) => Math.abs(y) === 0)).toBe(true);
    expect(level.map(({ x }) => x)).toEqual(Array.from({ length: 2 * radius + 1 }, (_, i) => i));
    expect(level[2]!.weight / level[0]!.weight).toBeCloseTo(Math.exp(-2 / deviation ** 2), 9);
    expect(level.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
    const slanted = motionLine(radius, deviation, 45).at(-1)!;
    expect(slanted.x).toBe(slanted.y);
  });

  it.each(SEVERITIES)(
    'zoom, severity %i: a slope becomes the mean of itself and of all its zooms',
    (severity) => {
      const ramp = drawn(101, 31, (x) => 0.5 + 0.004 * (x - 50));
      const { data } = does('zoom-blur', ramp, severity);
      const [count, step] = ZOOM[severity - 1]!;
      let slope = 1;
      for (let i = 0; i < count; i++) slope += 1 / (1 + i * step);
      slope /= count + 1;
      const at = (x: number) => data[3 * (15 * 101 + x)]!;
      expect((at(80) - at(20)) / (60 * 0.004)).toBeCloseTo(slope, 3);
      expect(at(50)).toBeCloseTo(0.5, 5);
    },
  );

  it('glass moves pixels no further than it may, and loses none of the light', () => {
    const edge = drawn(120, 120, (x) => (x < 60 ? 0.2 : 0.8));
    for (const severity of SEVERITIES) {
      const { data } = does('glass-blur', edge, severity);
      expect(moments(data).mean).toBeCloseTo(0.5, 2);
      // Two blurs, and as often as pixels are moved: four at most, two rounds.
      for (let y = 0; y < 120; y++) expect(data[3 * (120 * y + 20)]).toBeCloseTo(0.2, 3);
    }
    const torn = does('glass-blur', edge, 4).data;
    expect(
      new Set(Array.from({ length: 120 }, (_, y) => torn[3 * (120 * y + 60)]!.toFixed(2))).size,
    ).toBeGreaterThan(5);
  });

  it.each([3, 4, 5] as const)(
    'elastic, severity %i: beside a tilt, displacements of the spread that is published',
    (severity) => {
      const side = 256;
      const slope = 1 / 512;
      const { data } = does(
        'elastic',
        drawn(side, side, (x) => 0.25 + slope * x),
        severity,
      );
      const [reach, smooth] = ELASTIC[severity - 1]!;
      // Uniform on [−1, 1) has deviation 1/√3; a Gaussian blur divides it by 2 √π σ.
      const expected = (reach / Math.sqrt(3) / (2 * Math.sqrt(Math.PI) * smooth)) * slope;
      // Less the plane that fits best, away from the mirrored edges.
      const rows: [number, number, number][] = [];
      for (let y = 40; y < 216; y++)
        for (let x = 40; x < 216; x++) rows.push([x - 127.5, y - 127.5, data[3 * (side * y + x)]!]);
      const n = rows.length;
      const mean = rows.reduce((sum, [, , v]) => sum + v, 0) / n;
      const spread = rows.reduce((sum, [x]) => sum + x * x, 0);
      const a = rows.reduce((sum, [x, , v]) => sum + x * (v - mean), 0) / spread;
      const b = rows.reduce((sum, [, y, v]) => sum + y * (v - mean), 0) / spread;
      const rest = Math.sqrt(rows.reduce((sum, [x, y, v]) => sum + (v - mean - a * x - b * y) ** 2, 0) / n);
      expect(rest / expected).toBeGreaterThan(0.85);
      expect(rest / expected).toBeLessThan(1.15);
    },
  );
});

describe('weather', () => {
  it('a plasma fractal runs from 0 to 1, closes upon itself, and is smoother the faster it decays', () => {
    const rough = (decay: number) => {
      const field = plasma({ width: 200, height: 90 }, decay, new SeededRandom(4));
      expect(field.side).toBe(256);
      const values = Array.from({ length: 65_536 }, (_, i) => field.at(i % 256, i >> 8));
      expect(Math.min(...values.slice(0, 65_536))).toBe(0);
      expect(values.reduce((most, value) => Math.max(most, value), 0)).toBe(1);
      expect(field.at(256, 7)).toBe(field.at(0, 7));
      const steps = values.map((value, i) => Math.abs(value - field.at((i % 256) + 1, i >> 8)));
      return steps.reduce((sum, step) => sum + step, 0) / steps.length;
    };
    expect(rough(2)).toBeLessThan(rough(1.4));
  });

  it.each(SEVERITIES)(
    'fog, severity %i: an even picture keeps its light where fog is thickest, and loses what is published elsewhere',
    (severity) => {
      const { data } = does('fog', flat(0.6), severity);
      const [amount] = FOG[severity - 1]!;
      const dim = 0.6 / (0.6 + amount);
      expect(data.reduce((least, value) => Math.min(least, value), 1)).toBeCloseTo(0.6 * dim, 4);
      expect(data.reduce((most, value) => Math.max(most, value), 0)).toBeCloseTo((0.6 + amount) * dim, 4);
    },
  );

  it.each(SEVERITIES)(
    'snow, severity %i: without a flake a black picture is bleached as published; flakes are added',
    (severity) => {
      const { data } = does('snow', flat(0), severity);
      const bleached = (1 - SNOW[severity - 1]!.colour) * 0.5;
      expect(data.reduce((least, value) => Math.min(least, value), 1)).toBeGreaterThanOrEqual(
        bleached - 1e-6,
      );
      expect(moments(data).mean).toBeGreaterThan(bleached + 0.01);
      // Twice over, turned by half a turn: what is added is the same from both ends.
      const last = data.length - 3;
      for (let i = 0; i < 3000; i += 3) expect(data[i]).toBeCloseTo(data[last - i]!, 5);
    },
  );

  it.each(SEVERITIES)('frost, severity %i: as much of the picture stays as published', (severity) => {
    const [picture, ice] = FROST[severity - 1]!;
    const [dark, bright] = [0.1, 0.3].map((value) => does('frost', flat(value), severity).data) as [
      Float32Array,
      Float32Array,
    ];
    // The same frost on both: where neither is clipped they differ by the picture alone.
    for (let i = 0; i < 9000; i++)
      if (bright[i]! < 1) expect(bright[i]! - dark[i]!).toBeCloseTo(picture * 0.2, 4);
    const layer = Array.from(dark, (value) => (value - picture * 0.1) / ice);
    const mean = layer.reduce((sum, value) => sum + value, 0) / layer.length;
    expect(mean).toBeGreaterThan(0.25);
    expect(mean).toBeLessThan(0.7);
  });
});

describe('cameras and files', () => {
  it.each(SEVERITIES)(
    'brightness, severity %i: the largest colour grows by what is published, hue and saturation stay',
    (severity) => {
      const { data } = does(
        'brightness',
        drawn(4, 4, (_, __, channel) => [0.2, 0.4, 0.1][channel]!),
        severity,
      );
      const raised = Math.min(1, 0.4 + BRIGHTER[severity - 1]!);
      expect(data[1]).toBeCloseTo(raised, 6);
      expect(data[0]! / data[1]!).toBeCloseTo(0.5, 5);
      expect(data[2]! / data[1]!).toBeCloseTo(0.25, 5);
      expect(does('brightness', flat(0, 2), severity).data[0]).toBeCloseTo(BRIGHTER[severity - 1]!, 6);
    },
  );

  it.each(SEVERITIES)('contrast, severity %i: means stay, deviations shrink as published', (severity) => {
    const [before, after] = [moments(scene.data), moments(does('contrast', scene, severity).data)];
    expect(after.mean).toBeCloseTo(before.mean, 5);
    const channel = (data: Float32Array) => moments(data.filter((_, i) => i % 3 === 1)).deviation;
    expect(channel(does('contrast', scene, severity).data) / channel(scene.data)).toBeCloseTo(
      CONTRAST[severity - 1]!,
      4,
    );
  });

  it('pixelate keeps as many pixels as published, each the mean of those under it', () => {
    const { data } = does(
      'pixelate',
      drawn(200, 100, (x, y) => (x + 200 * y) / 20_000),
      5,
    );
    const row = Array.from({ length: 200 }, (_, x) => data[3 * x]!);
    expect(new Set(row).size).toBe(50);
    expect(new Set(Array.from({ length: 100 }, (_, y) => data[3 * 200 * y]!)).size).toBe(25);
    // Four columns and four rows: 1.5 to the right, 1.5 down.
    expect(data[0]).toBeCloseTo((1.5 + 200 * 1.5) / 20_000, 6);
  });

  it.each(SEVERITIES)(
    'JPEG compression, severity %i, does what libjpeg does with colours at half the side',
    async (severity) => {
      const image = corrupt('gaussian-noise', scene, 1, new SeededRandom(2));
      const bytes = Buffer.from(Uint8Array.from(image.data, (value) => Math.round(value * 255)));
      const file = await sharp(bytes, { raw: { width: 173, height: 121, channels: 3 } })
        .jpeg({
          quality: QUALITY[severity - 1]!,
          chromaSubsampling: '4:2:0',
          quantisationTable: 0,
          optimiseCoding: false,
        })
        .toBuffer();
      const { data } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
      const theirs = { ...image, data: Float32Array.from(data, (value) => value / 255) };
      const ours = does('jpeg-compression', image, severity);
      expect(apart(ours, theirs)).toBeLessThan(0.25 * apart(theirs, image));
    },
  );
});
