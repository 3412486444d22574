/**
 * Gabor features in plain TypeScript: what the kernel of `gabor.ts` must agree with, and what runs where it does not.
 *
 * Wide features, a scattering transform of two orders with coarse grids (Bruna and Mallat 2013, arXiv:1203.1513). First order:
 * how much of a wave there is in each of eight directions, at two sizes, in each of 7 × 7 places. Second order: the picture of how
 * much there is of each small wave holds waves itself (at a corner or where strokes cross, say); how much of them, again in eight
 * directions, in each of 4 × 4 places. Private softmax regression learns well from these (Tramèr and Boneh 2021,
 * arXiv:2011.11660).
 *
 * A Gabor wave e^{iξ(x cos θ + y sin θ)} under a round Gaussian is a product of a wave along x and one along y. The waves of
 * opposite slopes share their parts, and cosines are even and sines odd: that makes some 90 multiplications a pixel out of 784.
 */
import { type FeatureExtractor, normalise } from './features';
import {
  BELL,
  CHANNELS,
  DIRECTIONS,
  FIRST_WIDTH,
  OFFSETS,
  PLACES,
  RADIUS,
  SECOND_GAIN,
  SECOND_PLACES,
  SECOND_WIDTH,
  SECOND_WINDOWS,
  SOFTENING,
  type Taps,
  WAVES,
} from './gabor-waves';

const SIDE = 28;
/** Both sizes of wave are gathered on this grid: pairs of pixels of the picture, pixels of its half. */
const GRID = SIDE / 2;
export const GABOR_WIDTH = FIRST_WIDTH + SECOND_WIDTH;

/** Pictures of one size with a margin of zeros, and room for what the rows give. */
class WaveBank {
  private readonly stride: number;
  readonly picture: Float32Array;
  /** Even and odd part of the rows for 0°, 22.5°, 45°, 67.5°, and the Gaussian (90°). */
  private readonly even: Float32Array[];
  private readonly odd: Float32Array[];
  private readonly mean: Float32Array;

  /** @param grouping pixels of a side that go into one place of the grid */
  constructor(
    private readonly side: number,
    private readonly grouping: number,
  ) {
    this.stride = side + 2 * RADIUS;
    const plane = () => new Float32Array(this.stride * this.stride);
    this.picture = plane();
    this.even = Array.from({ length: 5 }, plane);
    this.odd = Array.from({ length: 4 }, plane);
    this.mean = new Float32Array(side * side);
  }

  /** Where a pixel lies in `picture`. */
  at(y: number, x: number): number {
    return (y + RADIUS) * this.stride + x + RADIUS;
  }

  /** Moduli of all waves, added to `grids`, one 14 × 14 grid a direction. */
  gather(grids: readonly Float32Array[]): void {
    for (let k = 0; k < 4; k++) this.rows(WAVES[k]!.cos, WAVES[k]!.sin, this.even[k]!, this.odd[k]!);
    this.rows(BELL, null, this.even[4]!, null);
    this.blur();
    // 0° and 90°, then the pairs of a rising and a falling direction.
    this.columns(this.even[0]!, this.odd[0]!, WAVES[4]!, OFFSETS[0]!, grids[0]!, null);
    this.columns(this.even[4]!, null, WAVES[0]!, OFFSETS[4]!, grids[4]!, null);
    for (let k = 1; k < 4; k++)
      this.columns(this.even[k]!, this.odd[k]!, WAVES[4 - k]!, OFFSETS[k]!, grids[k]!, grids[8 - k]!);
  }

  private rows(cos: Taps, sin: Taps | null, even: Float32Array, odd: Float32Array | null): void {
    const { picture, side } = this;
    const [c0, c1, c2, c3] = cos;
    const [, s1, s2, s3] = sin ?? cos;
    for (let y = 0; y < side; y++) {
      const first = this.at(y, 0);
      for (let i = first; i < first + side; i++) {
        const l1 = picture[i - 1]!;
        const l2 = picture[i - 2]!;
        const l3 = picture[i - 3]!;
        const r1 = picture[i + 1]!;
        const r2 = picture[i + 2]!;
        const r3 = picture[i + 3]!;
        even[i] = c0 * picture[i]! + c1 * (r1 + l1) + c2 * (r2 + l2) + c3 * (r3 + l3);
        if (odd) odd[i] = s1 * (r1 - l1) + s2 * (r2 - l2) + s3 * (r3 - l3);
      }
    }
  }

  /** The picture under the Gaussian alone. */
  private blur(): void {
    const { side, stride, mean } = this;
    const rows = this.even[4]!;
    const [b0, b1, b2, b3] = BELL;
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const i = this.at(y, x);
        mean[y * side + x] =
          b0 * rows[i]! +
          b1 * (rows[i - stride]! + rows[i + stride]!) +
          b2 * (rows[i - 2 * stride]! + rows[i + 2 * stride]!) +
          b3 * (rows[i - 3 * stride]! + rows[i + 3 * stride]!);
      }
  }

  /**
   * (a + ib)(c + is) for the rising direction, (a − ib)(c + is) for the falling one: a and b along the rows, c and s along
   * the columns.
   */
  private columns(
    a: Float32Array,
    b: Float32Array | null,
    { cos, sin }: { cos: Taps; sin: Taps },
    offset: number,
    rising: Float32Array,
    falling: Float32Array | null,
  ): void {
    const { side, stride, mean, grouping } = this;
    const [c0, c1, c2, c3] = cos;
    const [, s1, s2, s3] = sin;
    for (let y = 0; y < side; y++) {
      const first = this.at(y, 0);
      const gridRow = Math.floor(y / grouping) * GRID;
      for (let x = 0; x < side; x++) {
        const i = first + x;
        const u1 = a[i - stride]!;
        const u2 = a[i - 2 * stride]!;
        const u3 = a[i - 3 * stride]!;
        const d1 = a[i + stride]!;
        const d2 = a[i + 2 * stride]!;
        const d3 = a[i + 3 * stride]!;
        const ac =
          c0 * a[i]! + c1 * (d1 + u1) + c2 * (d2 + u2) + c3 * (d3 + u3) - offset * mean[y * side + x]!;
        const as = s1 * (d1 - u1) + s2 * (d2 - u2) + s3 * (d3 - u3);
        let bc = 0;
        let bs = 0;
        if (b) {
          const v1 = b[i - stride]!;
          const v2 = b[i - 2 * stride]!;
          const v3 = b[i - 3 * stride]!;
          const e1 = b[i + stride]!;
          const e2 = b[i + 2 * stride]!;
          const e3 = b[i + 3 * stride]!;
          bc = c0 * b[i]! + c1 * (e1 + v1) + c2 * (e2 + v2) + c3 * (e3 + v3);
          bs = s1 * (e1 - v1) + s2 * (e2 - v2) + s3 * (e3 - v3);
        }
        const place = gridRow + Math.floor(x / grouping);
        rising[place]! += Math.sqrt((ac - bs) ** 2 + (as + bc) ** 2);
        if (falling) falling[place]! += Math.sqrt((ac + bs) ** 2 + (as - bc) ** 2);
      }
    }
  }
}

const grid = () => new Float32Array(GRID * GRID);

/** Scratch space for one picture, used again for the next. */
export class PlainGaborFeatures implements FeatureExtractor {
  readonly width = GABOR_WIDTH;
  private readonly fine = new WaveBank(SIDE, 2);
  private readonly coarse = new WaveBank(GRID, 1);
  private readonly half = grid();
  private readonly grids = Array.from({ length: CHANNELS }, grid);
  private readonly secondGrids = Array.from({ length: DIRECTIONS }, grid);

  extract(images: Uint8Array, index: number, out: Float32Array, at: number): void {
    this.first(images, index * SIDE * SIDE, out, at);
    this.second(out, at + FIRST_WIDTH);
    normalise(out, at, GABOR_WIDTH);
  }

  private first(images: Uint8Array, from: number, out: Float32Array, at: number): void {
    const { fine, coarse, half, grids } = this;
    for (const some of [half, ...grids]) some.fill(0);
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) {
        const value = images[from + y * SIDE + x]!;
        fine.picture[fine.at(y, x)] = value;
        half[(y >> 1) * GRID + (x >> 1)]! += value;
      }
    fine.gather(grids.slice(0, DIRECTIONS));
    this.look(half);
    coarse.gather(grids.slice(DIRECTIONS));
    for (const [channel, some] of grids.entries())
      gatherPlaces(some, channel < DIRECTIONS ? 1 / 4 : 1, out, at + channel);
  }

  /** The waves in what the first order found of each small wave. */
  private second(out: Float32Array, at: number): void {
    const { coarse, grids, secondGrids } = this;
    let next = at;
    for (let first = 0; first < DIRECTIONS; first++) {
      for (const some of secondGrids) some.fill(0);
      this.look(grids[first]!);
      coarse.gather(secondGrids);
      for (const some of secondGrids) {
        gatherSecond(some, out, next);
        next += SECOND_PLACES ** 2;
      }
    }
  }

  /** A pixel of the half picture is the mean of four: the same waves then are twice as long in the picture. */
  private look(sums: Float32Array): void {
    const { coarse } = this;
    for (let y = 0; y < GRID; y++)
      for (let x = 0; x < GRID; x++) coarse.picture[coarse.at(y, x)] = sums[y * GRID + x]! / 4;
  }
}

const softened = (mean: number) => Math.sqrt(mean + SOFTENING) - Math.sqrt(SOFTENING);

/** Mean over windows of 4 × 4 of the grid, every 2: the windows of neighbours overlap by half. */
function gatherPlaces(grid: Float32Array, scale: number, out: Float32Array, at: number): void {
  for (let v = 0; v < PLACES; v++)
    for (let u = 0; u < PLACES; u++) {
      const [top, bottom] = [Math.max(0, 2 * v - 1), Math.min(GRID, 2 * v + 3)];
      const [left, right] = [Math.max(0, 2 * u - 1), Math.min(GRID, 2 * u + 3)];
      let sum = 0;
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += grid[y * GRID + x]!;
      out[at + (v * PLACES + u) * CHANNELS] = softened((scale * sum) / ((bottom - top) * (right - left)));
    }
}

/** The same over fewer windows, for the second order. */
function gatherSecond(grid: Float32Array, out: Float32Array, at: number): void {
  let next = at;
  for (const top of SECOND_WINDOWS)
    for (const left of SECOND_WINDOWS) {
      let sum = 0;
      for (let y = top; y < top + 4; y++) for (let x = left; x < left + 4; x++) sum += grid[y * GRID + x]!;
      out[next++] = softened((SECOND_GAIN * sum) / 16);
    }
}
