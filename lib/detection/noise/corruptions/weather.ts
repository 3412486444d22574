/** Weather: snow that falls, frost on the lens, fog that thickens unevenly. */
import type { RandomSource } from '@/lib/random';
import type { PixelImage } from '../../detector';
import { motionLine } from './blurs';
import { filter, zoomed } from './planes';
import { plasma } from './plasma';
import { at, clamp, type Five, mapValues, type Severity } from './severity';

interface Snow {
  /** Of the field that flakes are cut from: mean, standard deviation, and how far it is enlarged. */
  mean: number;
  deviation: number;
  zoom: number;
  /** Flakes are what lies above it. */
  threshold: number;
  /** How they fall. */
  radius: number;
  length: number;
  /** How much of the picture's own colour stays; the rest is bleached. */
  colour: number;
}

const flakes = (all: readonly number[]): Snow => {
  const [mean, deviation, zoom, threshold, radius, length, colour] = all as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { mean, deviation, zoom, threshold, radius, length, colour };
};

export const SNOW: Five<Snow> = [
  flakes([0.1, 0.3, 3, 0.5, 10, 4, 0.8]),
  flakes([0.2, 0.3, 2, 0.5, 12, 4, 0.7]),
  flakes([0.55, 0.3, 4, 0.9, 12, 8, 0.7]),
  flakes([0.55, 0.3, 4.5, 0.85, 12, 8, 0.65]),
  flakes([0.55, 0.3, 2.5, 0.85, 12, 12, 0.55]),
];

/** How much stays of the picture, and how much frost is laid on it. */
export const FROST: Five<readonly [picture: number, frost: number]> = [
  [1, 0.4],
  [0.8, 0.6],
  [0.7, 0.7],
  [0.65, 0.7],
  [0.6, 0.75],
];

/** How much fog, and how fast its small parts fade. */
export const FOG: Five<readonly [amount: number, decay: number]> = [
  [1.5, 2],
  [2, 2],
  [2.5, 1.7],
  [2.5, 1.5],
  [3, 1.4],
];

const luma = (data: Float32Array, pixel: number) =>
  0.299 * data[pixel]! + 0.587 * data[pixel + 1]! + 0.114 * data[pixel + 2]!;

/** A field of one value a pixel as a picture in grey. */
function grey(width: number, height: number, value: (index: number) => number): PixelImage {
  const data = new Float32Array(3 * width * height);
  for (let i = 0; i < width * height; i++) data.fill(value(i), 3 * i, 3 * i + 3);
  return { width, height, data };
}

/** Flakes, and the same turned by half a turn, over a picture that is bleached. */
export function snow(image: PixelImage, severity: Severity, random: RandomSource): PixelImage {
  const { mean, deviation, zoom, threshold, radius, length, colour } = at(SNOW, severity);
  const { width, height, data } = image;
  const field = zoomed(
    grey(width, height, () => mean + deviation * random.gaussian()),
    zoom,
  );
  const cut = { ...field, data: mapValues(field.data, (value) => (value < threshold ? 0 : value)) };
  const falling = filter(cut, motionLine(radius, length, -135 + 90 * random.uniform()), 'repeat').data;
  const last = falling.length - 3;
  return {
    ...{ width, height },
    data: mapValues(data, (value, i) => {
      const channel = i % 3;
      const bleached = Math.max(value, 1.5 * luma(data, i - channel) + 0.5);
      return colour * value + (1 - colour) * bleached + falling[i]! + falling[last - i + 2 * channel]!;
    }),
  };
}

/**
 * Frost. The authors lay one of six photographs of frost over the picture; those are not ours to ship, so ferns of ice are drawn:
 * the ridges of a rough surface, white on a bluish ground, as bright on the whole as frost on glass. How much of it is laid on is
 * as published. It is another frost, at the same strength.
 */
export function frost(image: PixelImage, severity: Severity, random: RandomSource): PixelImage {
  const [picture, ice] = at(FROST, severity);
  const { width, height, data } = image;
  const rough = plasma(image, 1.6, random);
  const fine = plasma(image, 1.25, random);
  const tint = [0.85, 0.95, 1] as const;
  const frosted = (x: number, y: number) => {
    const ridge = 1 - Math.abs(2 * rough.at(x, y) - 1);
    const needles = 1 - Math.abs(2 * fine.at(x, y) - 1);
    return clamp(0.2 + 0.5 * ridge ** 3 + 0.5 * ridge * needles ** 2);
  };
  return {
    ...{ width, height },
    data: mapValues(data, (value, i) => {
      const pixel = (i - (i % 3)) / 3;
      const layer = frosted(pixel % width, Math.floor(pixel / width)) * tint[(i % 3) as 0 | 1 | 2];
      return picture * value + ice * layer;
    }),
  };
}

/** Fog of uneven thickness, by a plasma fractal; made darker again to the light that was there. */
export function fog(image: PixelImage, severity: Severity, random: RandomSource): PixelImage {
  const [amount, decay] = at(FOG, severity);
  const { width, height, data } = image;
  let brightest = 0;
  for (const value of data) brightest = Math.max(brightest, value);
  const thickness = plasma(image, decay, random);
  const dim = brightest === 0 ? 1 : brightest / (brightest + amount);
  return {
    ...{ width, height },
    data: mapValues(data, (value, i) => {
      const pixel = (i - (i % 3)) / 3;
      return (value + amount * thickness.at(pixel % width, Math.floor(pixel / width))) * dim;
    }),
  };
}
