/**
 * ‖gᵢ‖² of a convolution by Gram matrices, in plain JavaScript: for WASM and CPU, whose batched products are slower than this loop,
 * and which would first have to unfold the windows of all examples at once.
 */
import type { ConvGeometry } from './conv-contractions';

/**
 * ‖gᵢ‖² = Σₚ Σ_q (Uₚ · U_q + 1) (Zₚ · Z_q) over all pairs of places of example i, the 1 being the bias.
 * @param pictures rows × H × W × C, padded
 * @param gradient rows × P × M, at the output
 * @param copies rows of one example, one after the other: so many more places of it
 * @returns [rows / copies]
 */
export function ghostNorms(
  pictures: Float32Array,
  gradient: Float32Array,
  g: ConvGeometry,
  { rows, copies, bias }: { rows: number; copies: number; bias: boolean },
): Float32Array {
  const { channels, filters, kernelHeight, kernelWidth, stride } = g;
  const width = g.width + g.columns.before + g.columns.after;
  const size = (g.height + g.rows.before + g.rows.after) * width * channels;
  const inRow = kernelWidth * channels;
  const windowSize = kernelHeight * inRow;
  const places = copies * g.rows.output * g.columns.output;
  const windows = new Float64Array(places * windowSize);
  const slopes = new Float64Array(places * filters);
  const alike = new Float64Array(places * places);
  const both = new Float64Array(places * places);
  const result = new Float32Array(rows / copies);
  for (let example = 0; example < result.length; example++) {
    let at = 0;
    for (let copy = 0; copy < copies; copy++)
      for (let y = 0; y < g.rows.output; y++)
        for (let x = 0; x < g.columns.output; x++) {
          const corner = (example * copies + copy) * size + (y * stride * width + x * stride) * channels;
          for (let ky = 0; ky < kernelHeight; ky++, at += inRow) {
            const from = corner + ky * width * channels;
            for (let k = 0; k < inRow; k++) windows[at + k] = pictures[from + k]!;
          }
        }
    const first = example * places * filters;
    for (let k = 0; k < slopes.length; k++) slopes[k] = gradient[first + k]!;
    gram(windows, windowSize, places, alike);
    gram(slopes, filters, places, both);
    let sum = 0;
    for (let p = 0; p < places; p++)
      for (let q = p; q < places; q++)
        sum += (p === q ? 1 : 2) * (alike[p * places + q]! + (bias ? 1 : 0)) * both[p * places + q]!;
    result[example] = Math.max(0, sum);
  }
  return result;
}

/** Products of all pairs p ≤ q of rows. Four at a time: each number of row p is then fetched once for four. */
function gram(values: Float64Array, length: number, rows: number, out: Float64Array): void {
  const row = (q: number) => Math.min(q, rows - 1) * length;
  for (let p = 0; p < rows; p++) {
    const a = p * length;
    for (let q = p; q < rows; q += 4) {
      const [b0, b1, b2, b3] = [row(q), row(q + 1), row(q + 2), row(q + 3)];
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let k = 0; k < length; k++) {
        const value = values[a + k]!;
        s0 += value * values[b0 + k]!;
        s1 += value * values[b1 + k]!;
        s2 += value * values[b2 + k]!;
        s3 += value * values[b3 + k]!;
      }
      const at = p * rows + q;
      out[at] = s0;
      if (q + 1 < rows) out[at + 1] = s1;
      if (q + 2 < rows) out[at + 2] = s2;
      if (q + 3 < rows) out[at + 3] = s3;
    }
  }
}
