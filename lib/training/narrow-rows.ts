/**
 * Rows kept in 8 bits a number instead of 32, for devices with little memory: x̂ = low + step · code, with a `low` and a `step`
 * for each row. Each depends on that row alone, so it costs no privacy.
 *
 * What is learnt from is x̂, and ‖x̂‖² is what clipping must use: with the length of the row before rounding, a clipped gradient
 * could be longer than C.
 */
import { allocateByteRows } from '@/lib/kernels/resident-rows';

const LEVELS = 255;

export class NarrowRows {
  /** size × width, in memory that kernels read. */
  readonly codes: Uint8Array;
  /** Of each row its step and its low, one after the other. */
  readonly scales: Float32Array;

  constructor(
    readonly size: number,
    readonly width: number,
  ) {
    this.codes = allocateByteRows(size, width);
    this.scales = new Float32Array(2 * size);
  }

  /** @param values width numbers, from `at` */
  write(row: number, values: Float32Array, at = 0): void {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < this.width; j++) {
      low = Math.min(low, values[at + j]!);
      high = Math.max(high, values[at + j]!);
    }
    const step = Math.fround((high - low) / LEVELS);
    this.scales[2 * row] = step;
    this.scales[2 * row + 1] = low;
    for (let j = 0; j < this.width; j++)
      this.codes[row * this.width + j] =
        step === 0 ? 0 : Math.min(LEVELS, Math.round((values[at + j]! - low) / step));
  }

  /** x̂ of one row, rounded as single precision does at each step: bit for bit what a kernel computes. */
  read(row: number, out: Float32Array, at = 0): void {
    const step = this.scales[2 * row]!;
    const low = this.scales[2 * row + 1]!;
    for (let j = 0; j < this.width; j++)
      out[at + j] = Math.fround(step * this.codes[row * this.width + j]!) + low;
  }
}
