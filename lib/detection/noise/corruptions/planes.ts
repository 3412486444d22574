/** Filters on whole pictures: kernels of any shape, Gaussians, and looking between pixels. */
import type { PixelImage } from '../../detector';

/** Places beside a pixel, and how much of each is taken. */
export interface Tap {
  x: number;
  y: number;
  weight: number;
}

/** Beyond its edge a line goes back the way it came, its last pixel once: … 2 1 | 0 1 2 … */
export function mirrored(index: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const place = Math.abs(index) % period;
  return place < length ? place : period - place;
}

/** Each pixel the weighted sum of its neighbours. @param edge mirrored, or the last pixel repeated */
export function filter(
  image: PixelImage,
  taps: readonly Tap[],
  edge: 'mirror' | 'repeat' = 'mirror',
): PixelImage {
  const { width, height, data } = image;
  const out = new Float32Array(data.length);
  const place = (index: number, length: number) =>
    edge === 'mirror' ? mirrored(index, length) : Math.min(Math.max(index, 0), length - 1);
  for (const { x, y, weight } of taps) {
    const columns = Int32Array.from({ length: width }, (_, column) => 3 * place(column + x, width));
    for (let row = 0; row < height; row++) {
      const from = 3 * width * place(row + y, height);
      let to = 3 * width * row;
      for (let column = 0; column < width; column++, to += 3) {
        const pixel = from + columns[column]!;
        out[to]! += weight * data[pixel]!;
        out[to + 1]! += weight * data[pixel + 1]!;
        out[to + 2]! += weight * data[pixel + 2]!;
      }
    }
  }
  return { width, height, data: out };
}

/** Weights of a Gaussian over whole pixels, cut off at `reach` to each side; together 1. */
export function gaussianLine(standardDeviation: number, reach: number): number[] {
  const line = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * standardDeviation ** 2)),
  );
  const total = line.reduce((sum, weight) => sum + weight, 0);
  return line.map((weight) => weight / total);
}

/** A Gaussian blur, cut off at four standard deviations. */
export function gaussianBlur(image: PixelImage, standardDeviation: number): PixelImage {
  const reach = Math.max(1, Math.round(4 * standardDeviation));
  const line = gaussianLine(standardDeviation, reach);
  const across = filter(
    image,
    line.map((weight, i) => ({ x: i - reach, y: 0, weight })),
    'repeat',
  );
  return filter(
    across,
    line.map((weight, i) => ({ x: 0, y: i - reach, weight })),
    'repeat',
  );
}

/** The colour at a place between pixels, bilinearly, into `out`. Beyond the edge the picture is mirrored. */
export function sample(image: PixelImage, x: number, y: number, out: Float32Array, to: number): void {
  const { width, height, data } = image;
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [across, down] = [x - left, y - top];
  const columns = [mirrored(left, width), mirrored(left + 1, width)] as const;
  const rows = [mirrored(top, height), mirrored(top + 1, height)] as const;
  for (let channel = 0; channel < 3; channel++) {
    const value = (row: 0 | 1, column: 0 | 1) => data[3 * (rows[row] * width + columns[column]) + channel]!;
    const above = value(0, 0) + (value(0, 1) - value(0, 0)) * across;
    const below = value(1, 0) + (value(1, 1) - value(1, 0)) * across;
    out[to + channel] = above + (below - above) * down;
  }
}

/** The middle of a picture made larger by `factor`, cut to the size that it had. */
export function zoomed(image: PixelImage, factor: number): PixelImage {
  const { width, height } = image;
  const out = new Float32Array(image.data.length);
  const [cx, cy] = [(width - 1) / 2, (height - 1) / 2];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      sample(image, cx + (x - cx) / factor, cy + (y - cy) / factor, out, 3 * (y * width + x));
  return { width, height, data: out };
}
