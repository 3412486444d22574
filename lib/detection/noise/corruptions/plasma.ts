/**
 * A plasma fractal: clouds by the diamond-square method (Fournier, Fussell and Carpenter 1982, "Computer rendering of stochastic
 * models"), which closes upon itself at its edges.
 */
import type { RandomSource } from '@/lib/random';

export interface Plasma {
  /** A power of 2. */
  side: number;
  /** From 0 to 1, both of which occur. */
  at(x: number, y: number): number;
}

/** As the authors of ImageNet-C set it. */
const FIRST_WIBBLE = 100;

/** Of the square of clouds that covers a picture: a power of 2, the smallest 256. */
export function plasmaSide({ width, height }: { width: number; height: number }): number {
  let side = 256;
  while (side < Math.max(width, height)) side *= 2;
  return side;
}

/**
 * @param of the picture that it is to cover, in pixels
 * @param decay by which the wibble falls from one halving to the next: 2 is smooth, 1 is noise
 */
export function plasma(of: { width: number; height: number }, decay: number, random: RandomSource): Plasma {
  const side = plasmaSide(of);
  const map = new Float64Array(side * side);
  const mask = side - 1;
  const get = (x: number, y: number) => map[(y & mask) * side + (x & mask)]!;
  let wibble = FIRST_WIBBLE;
  /** The mean of four neighbours, and a random step as large as the square of the wibble. */
  const wobbled = (sum: number) => sum / 4 + wibble * wibble * (2 * random.uniform() - 1);
  for (let step = side; step >= 2; step /= 2) {
    const half = step / 2;
    for (let y = half; y < side; y += step)
      for (let x = half; x < side; x += step)
        map[y * side + x] = wobbled(
          get(x - half, y - half) +
            get(x + half, y - half) +
            get(x - half, y + half) +
            get(x + half, y + half),
        );
    for (let y = 0; y < side; y += half)
      for (let x = y % step === 0 ? half : 0; x < side; x += step)
        map[y * side + x] = wobbled(
          get(x - half, y) + get(x + half, y) + get(x, y - half) + get(x, y + half),
        );
    wibble /= decay;
  }
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of map) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { side, at: (x, y) => (get(x, y) - low) / (high - low) };
}
