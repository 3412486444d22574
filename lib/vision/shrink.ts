/**
 * Makes a picture smaller, the same in every browser and in Python.
 *
 * A canvas would do it too, but each browser by a method of its own, and none says which. This is the antialiased bilinear filter
 * of Pillow's `Image.resize(size, Image.Resampling.BILINEAR)` in the same integer arithmetic (`ImagingResample`, 8 bits a
 * channel, across first, then down): the pixels are equal to the last bit. So the program "The same in Python" sees what the page
 * sees.
 */
import type { RgbaPicture } from './pictures';

/** A picture that is too large to hold at once, given in bands of whole rows. */
export interface RowSource {
  width: number;
  height: number;
  /** RGBA, 8 bits each: `count` rows from `top` on. */
  rows(top: number, count: number): Uint8ClampedArray;
}

/** Rows that are asked for at once. */
const BAND = 128;

/** Weights are integers: 1 is 2^22. */
const PRECISION = 22;
const HALF = 1 << (PRECISION - 1);

/** For each pixel of a line made shorter: where its weights begin in the longer one, and what they are. */
interface Weights {
  starts: Int32Array;
  counts: Int32Array;
  /** `most` places for each pixel. */
  values: Int32Array;
  most: number;
}

/**
 * The picture at `width` × `height`, opaque. Alpha is taken to have been blended already. A photograph of 12 million pixels takes a second
 * on a phone, so it is made band by band.
 * @param width at most the source's, at least 1; so the height
 * @param between two bands; what it waits for, the next one waits for too
 */
export async function shrink(
  source: RowSource,
  width: number,
  height: number,
  between: () => Promise<void>,
): Promise<RgbaPicture> {
  const across = weightsOf(source.width, width);
  const down = weightsOf(source.height, height);
  const narrow = new Uint8ClampedArray(source.height * width * 3);
  for (let top = 0; top < source.height; top += BAND) {
    const count = Math.min(BAND, source.height - top);
    narrowRows(source.rows(top, count), source.width, across, narrow.subarray(top * width * 3));
    await between();
  }
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let top = 0; top < height; top += BAND) {
    lowerColumns(narrow, width, down, data, top, Math.min(height, top + BAND));
    await between();
  }
  return { width, height, data };
}

/** Pillow's `precompute_coeffs` for the triangle, whose support is 1 pixel of the smaller picture to each side. */
function weightsOf(from: number, to: number): Weights {
  const scale = from / to;
  const support = Math.max(scale, 1);
  const most = 2 * Math.ceil(support) + 1;
  const weights = {
    starts: new Int32Array(to),
    counts: new Int32Array(to),
    values: new Int32Array(to * most),
    most,
  };
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const count = Math.min(from, Math.trunc(centre + support + 0.5)) - start;
    const raw = Array.from({ length: count }, (_, k) =>
      Math.max(0, 1 - Math.abs((k + start - centre + 0.5) / support)),
    );
    const total = raw.reduce((sum, weight) => sum + weight, 0);
    weights.starts[i] = start;
    weights.counts[i] = count;
    for (const [k, weight] of raw.entries())
      weights.values[i * most + k] = Math.trunc(0.5 + (weight / total) * 2 ** PRECISION);
  }
  return weights;
}

/** One band of RGBA rows made narrower, as RGB. */
function narrowRows(rows: Uint8ClampedArray, from: number, weights: Weights, out: Uint8ClampedArray): void {
  const { starts, counts, values, most } = weights;
  const to = starts.length;
  const height = rows.length / (4 * from);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < to; x++) {
      let [red, green, blue] = [HALF, HALF, HALF];
      const count = counts[x]!;
      for (let k = 0, pixel = 4 * (y * from + starts[x]!); k < count; k++, pixel += 4) {
        const weight = values[x * most + k]!;
        red += weight * rows[pixel]!;
        green += weight * rows[pixel + 1]!;
        blue += weight * rows[pixel + 2]!;
      }
      out[at++] = red >> PRECISION;
      out[at++] = green >> PRECISION;
      out[at++] = blue >> PRECISION;
    }
}

/** Rows `top` to `bottom` of the RGBA picture `out`, whose RGB rows in `narrow` are more. */
function lowerColumns(
  narrow: Uint8ClampedArray,
  width: number,
  weights: Weights,
  out: Uint8ClampedArray,
  top: number,
  bottom: number,
): void {
  const { starts, counts, values, most } = weights;
  const sums = new Int32Array(width * 3);
  for (let y = top; y < bottom; y++) {
    sums.fill(HALF);
    for (let k = 0; k < counts[y]!; k++) {
      const weight = values[y * most + k]!;
      const row = (starts[y]! + k) * width * 3;
      for (let i = 0; i < sums.length; i++) sums[i]! += weight * narrow[row + i]!;
    }
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < 3; channel++)
        out[4 * (y * width + x) + channel] = sums[3 * x + channel]! >> PRECISION;
  }
}
