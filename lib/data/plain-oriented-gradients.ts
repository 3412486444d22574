/**
 * Oriented gradients in plain TypeScript: how much edge there is in each of eight directions, in each of 7 × 7 places of a digit.
 * What the kernel of `oriented-gradients.ts` must agree with, and what runs where it does not.
 */
import { type FeatureExtractor, normalise } from './features';
import { BELL, DIRECTIONS, RADIUS, SLOPE, STEER } from './oriented-filters';

const SIDE = 28;
const PIXELS = SIDE * SIDE;
const CELL = 4;
const CELLS = SIDE / CELL;
/** 7 × 7 places × 8 directions. */
export const ORIENTED_GRADIENT_WIDTH = CELLS * CELLS * DIRECTIONS;

/** Scratch space for one picture, used again for the next. */
export class PlainOrientedGradients implements FeatureExtractor {
  readonly width = ORIENTED_GRADIENT_WIDTH;
  private readonly bellRows = new Float32Array(PIXELS);
  private readonly slopeRows = new Float32Array(PIXELS);

  extract(images: Uint8Array, index: number, out: Float32Array, at: number): void {
    const { bellRows, slopeRows } = this;
    const from = index * PIXELS;
    // Along rows, with zeros beyond the edge.
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) {
        let bell = 0;
        let slope = 0;
        for (let t = -RADIUS; t <= RADIUS; t++) {
          const column = x + t;
          if (column < 0 || column >= SIDE) continue;
          const value = images[from + y * SIDE + column]!;
          if (value === 0) continue;
          bell += BELL[t + RADIUS]! * value;
          slope += SLOPE[t + RADIUS]! * value;
        }
        bellRows[y * SIDE + x] = bell;
        slopeRows[y * SIDE + x] = slope;
      }
    out.fill(0, at, at + ORIENTED_GRADIENT_WIDTH);
    // Along columns, then each direction: its positive part to one channel, its negative part to the opposite one.
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) {
        let dx = 0;
        let dy = 0;
        for (let t = -RADIUS; t <= RADIUS; t++) {
          const row = y + t;
          if (row < 0 || row >= SIDE) continue;
          const place = row * SIDE + x;
          dx += BELL[t + RADIUS]! * slopeRows[place]!;
          dy += SLOPE[t + RADIUS]! * bellRows[place]!;
        }
        const cell = at + (Math.floor(y / CELL) * CELLS + Math.floor(x / CELL)) * DIRECTIONS;
        for (let k = 0; k < DIRECTIONS / 2; k++) {
          const edge = STEER[k]!.cos * dx + STEER[k]!.sin * dy;
          if (edge > 0) out[cell + k]! += edge;
          else out[cell + k + DIRECTIONS / 2]! -= edge;
        }
      }
    normalise(out, at, ORIENTED_GRADIENT_WIDTH);
  }
}
