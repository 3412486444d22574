/** Blurs of lenses and of movement: out of focus, through frosted glass, a camera that moves, a camera that comes nearer. */
import type { RandomSource } from '@/lib/random';
import type { PixelImage } from '../../detector';
import { filter, gaussianBlur, gaussianLine, type Tap, zoomed } from './planes';
import { at, type Five, mapValues, type Severity } from './severity';

/** Radius of the disk in pixels, and the standard deviation that takes the steps off its edge. */
export const DEFOCUS: Five<readonly [radius: number, soft: number]> = [
  [3, 0.1],
  [4, 0.5],
  [6, 0.5],
  [8, 0.5],
  [10, 0.5],
];

/** Standard deviation of the blur before and after, how far a pixel moves at most, and how often all are moved. */
export const GLASS: Five<readonly [blur: number, most: number, rounds: number]> = [
  [0.7, 1, 2],
  [0.9, 2, 1],
  [1, 2, 3],
  [1.1, 3, 2],
  [1.5, 4, 2],
];

/** Length in pixels, and the standard deviation along it. */
export const MOTION: Five<readonly [radius: number, deviation: number]> = [
  [10, 3],
  [15, 5],
  [15, 8],
  [15, 12],
  [20, 15],
];

/** How many pictures are laid over one another, and by how much each is nearer than the one before. */
export const ZOOM: Five<readonly [count: number, step: number]> = [
  // The authors' `np.arange(1, 1.11, 0.01)` has twelve values, for 1.11 is rounded.
  [12, 0.01],
  [16, 0.01],
  [11, 0.02],
  [13, 0.02],
  [11, 0.03],
];

const kept = ({ width, height, data }: PixelImage): PixelImage => ({
  ...{ width, height },
  data: mapValues(data, (value) => value),
});

/** A disk, its edge made soft by a small Gaussian: what a point becomes out of focus. */
export function disk(radius: number, soft: number): Tap[] {
  const reach = Math.max(8, radius);
  const side = 2 * reach + 1;
  const flat = new Float64Array(side * side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      if ((x - reach) ** 2 + (y - reach) ** 2 <= radius ** 2) flat[y * side + x] = 1;
  // The authors cut this Gaussian off after one pixel, or two for the largest disk.
  const edge = radius <= 8 ? 1 : 2;
  const line = gaussianLine(soft, edge);
  const taps: Tap[] = [];
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      let weight = 0;
      for (const [j, down] of line.entries())
        for (const [i, across] of line.entries()) {
          const [u, v] = [x + i - edge, y + j - edge];
          if (u >= 0 && u < side && v >= 0 && v < side) weight += down * across * flat[v * side + u]!;
        }
      if (weight > 1e-12) taps.push({ x: x - reach, y: y - reach, weight });
    }
  const total = taps.reduce((sum, { weight }) => sum + weight, 0);
  return taps.map((tap) => ({ ...tap, weight: tap.weight / total }));
}

export function defocusBlur(image: PixelImage, severity: Severity): PixelImage {
  return kept(filter(image, disk(...at(DEFOCUS, severity))));
}

/** Pixels change places with neighbours, between two blurs: small parts are torn, large ones stay. */
export function glassBlur(image: PixelImage, severity: Severity, random: RandomSource): PixelImage {
  const [deviation, most, rounds] = at(GLASS, severity);
  const { width, height, data } = gaussianBlur(image, deviation);
  // From −most to most − 1, as the authors draw it.
  const step = () => random.integer(2 * most) - most;
  for (let round = 0; round < rounds; round++)
    // From the last row on which no step leaves the picture, as the authors go.
    for (let y = height - most; y > most; y--)
      for (let x = width - most; x > most; x--) {
        const [here, there] = [3 * (y * width + x), 3 * ((y + step()) * width + x + step())];
        for (let channel = 0; channel < 3; channel++) {
          const value = data[here + channel]!;
          data[here + channel] = data[there + channel]!;
          data[there + channel] = value;
        }
      }
  return kept(gaussianBlur({ width, height, data }, deviation));
}

/** One half of a Gaussian along a line, as ImageMagick's motion blur has it: what moves leaves a tail to one side. */
export function motionLine(radius: number, deviation: number, degrees: number): Tap[] {
  const length = 2 * radius + 1;
  const weights = Array.from({ length }, (_, i) => Math.exp(-(i ** 2) / (2 * deviation ** 2)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const angle = (degrees * Math.PI) / 180;
  return weights.map((weight, i) => ({
    x: Math.floor(i * Math.cos(angle) + 0.5),
    y: Math.floor(i * Math.sin(angle) + 0.5),
    weight: weight / total,
  }));
}

export function motionBlur(image: PixelImage, severity: Severity, random: RandomSource): PixelImage {
  const [radius, deviation] = at(MOTION, severity);
  return kept(filter(image, motionLine(radius, deviation, 90 * random.uniform() - 45), 'repeat'));
}

/** The mean of the picture and of itself ever nearer. */
export function zoomBlur(image: PixelImage, severity: Severity): PixelImage {
  const [count, step] = at(ZOOM, severity);
  const sum = Float64Array.from(image.data);
  for (let i = 0; i < count; i++) {
    const nearer = zoomed(image, 1 + i * step).data;
    for (let k = 0; k < sum.length; k++) sum[k]! += nearer[k]!;
  }
  return { ...image, data: mapValues(image.data, (_, i) => sum[i]! / (count + 1)) };
}
