/**
 * What JPEG compression does to a picture: all that is lossy in ISO/IEC 10918-1 (baseline), and
 * nothing of its file format. Entropy coding loses nothing, so it can be left out; and the result is the same in every
 * browser, which asking the browser's own encoder would not give.
 */
import { checkImage, type PixelImage } from '../detector';

/** Annex K, table K.1: quantisation of brightness at quality 50, row by row. */
const LUMINANCE = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22,
  29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103,
  121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

/** Annex K, table K.2: quantisation of colour at quality 50. */
const CHROMINANCE = [
  17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
];

/** `COSINES[8 u + x]` = C(u) / 2 · cos((2 x + 1) u π / 16): the DCT of eight values as a matrix. */
const COSINES = Float32Array.from({ length: 64 }, (_, i) => {
  const u = i >> 3;
  const x = i & 7;
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

/** The matrix is orthogonal: its transpose takes the DCT back. */
const TRANSPOSED = COSINES.map((_, i) => COSINES[8 * (i & 7) + (i >> 3)]!);

/**
 * Compresses and decompresses.
 * @param quality 1 … 100, as libjpeg counts it
 * @param options.halfColour keeps one colour for 2 × 2 pixels (4:2:0), as most programs do; else one for each
 */
export function jpeg(image: PixelImage, quality: number, options: { halfColour?: boolean } = {}): PixelImage {
  checkImage(image);
  const { width, height, data } = image;
  const planes = toYCbCr(data);
  const tables = [scaled(LUMINANCE, quality), scaled(CHROMINANCE, quality), scaled(CHROMINANCE, quality)];
  for (const [index, plane] of planes.entries())
    if (index === 0 || !options.halfColour) quantise(plane, width, height, tables[index]!);
    else quantiseHalved(plane, width, height, tables[index]!);
  return { width, height, data: toRgb(planes) };
}

/** The Independent JPEG Group's quality scale: 50 takes the tables as they are, 100 leaves only rounding. */
function scaled(table: readonly number[], quality: number): Float32Array {
  const percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  return Float32Array.from(table, (step) =>
    Math.min(Math.max(Math.floor((step * percent + 50) / 100), 1), 255),
  );
}

type Planes = readonly [y: Float32Array, cb: Float32Array, cr: Float32Array];

/** 8-bit brightness and two colour differences (ITU-R BT.601 as in JFIF), each shifted to be centred on 0. */
function toYCbCr(data: Float32Array): Planes {
  const pixels = data.length / 3;
  const planes = [new Float32Array(pixels), new Float32Array(pixels), new Float32Array(pixels)] as const;
  for (let i = 0; i < pixels; i++) {
    const red = toByte(data[3 * i]! * 255);
    const green = toByte(data[3 * i + 1]! * 255);
    const blue = toByte(data[3 * i + 2]! * 255);
    planes[0][i] = toByte(0.299 * red + 0.587 * green + 0.114 * blue) - 128;
    planes[1][i] = toByte(-0.168735892 * red - 0.331264108 * green + 0.5 * blue + 128) - 128;
    planes[2][i] = toByte(0.5 * red - 0.418687589 * green - 0.081312411 * blue + 128) - 128;
  }
  return planes;
}

function toRgb([ys, cbs, crs]: Planes): Float32Array {
  const data = new Float32Array(ys.length * 3);
  for (let i = 0; i < ys.length; i++) {
    const y = toByte(ys[i]! + 128);
    const cb = toByte(cbs[i]! + 128) - 128;
    const cr = toByte(crs[i]! + 128) - 128;
    data[3 * i] = toByte(y + 1.402 * cr) / 255;
    data[3 * i + 1] = toByte(y - 0.344136286 * cb - 0.714136286 * cr) / 255;
    data[3 * i + 2] = toByte(y + 1.772 * cb) / 255;
  }
  return data;
}

const toByte = (value: number) => Math.min(Math.max(Math.round(value), 0), 255);

/** Rounds each 8 × 8 block's DCT to multiples of the table's steps, in place. Edge pixels are repeated to fill blocks. */
function quantise(plane: Float32Array, width: number, height: number, steps: Float32Array): void {
  const block = new Float32Array(64);
  const scratch = new Float32Array(64);
  for (let top = 0; top < height; top += 8)
    for (let left = 0; left < width; left += 8) {
      for (let y = 0; y < 8; y++)
        for (let x = 0; x < 8; x++)
          block[8 * y + x] = plane[Math.min(top + y, height - 1) * width + Math.min(left + x, width - 1)]!;
      transform(block, scratch, COSINES);
      for (let i = 0; i < 64; i++) block[i] = Math.round(block[i]! / steps[i]!) * steps[i]!;
      transform(block, scratch, TRANSPOSED);
      for (let y = 0; y < Math.min(8, height - top); y++)
        for (let x = 0; x < Math.min(8, width - left); x++)
          plane[(top + y) * width + left + x] = block[8 * y + x]!;
    }
}

/** The same at half the side: the mean of 2 × 2 pixels, and back by libjpeg's triangle of ¾ and ¼ to each side. In place. */
function quantiseHalved(plane: Float32Array, width: number, height: number, steps: Float32Array): void {
  const [columns, rows] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const half = new Float32Array(columns * rows);
  const at = (x: number, y: number) => plane[Math.min(y, height - 1) * width + Math.min(x, width - 1)]!;
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const sum = at(2 * x, 2 * y) + at(2 * x + 1, 2 * y) + at(2 * x, 2 * y + 1) + at(2 * x + 1, 2 * y + 1);
      half[y * columns + x] = Math.round(sum / 4);
    }
  quantise(half, columns, rows, steps);
  /** The pixel of the half in which one lies, and the next one on its side. */
  const near = (i: number, length: number) => {
    const own = i >> 1;
    return [own, Math.min(Math.max(own + (i % 2 === 0 ? -1 : 1), 0), length - 1)] as const;
  };
  for (let y = 0; y < height; y++) {
    const [row, other] = near(y, rows);
    for (let x = 0; x < width; x++) {
      const [column, beside] = near(x, columns);
      const mixed = (c: number) => 0.75 * half[row * columns + c]! + 0.25 * half[other * columns + c]!;
      plane[y * width + x] = 0.75 * mixed(column) + 0.25 * mixed(beside);
    }
  }
}

/** M B Mᵀ in place: the two-dimensional DCT of a block for M = COSINES, its inverse for the transpose. */
function transform(block: Float32Array, scratch: Float32Array, matrix: Float32Array): void {
  for (let row = 0; row < 64; row += 8)
    for (let u = 0; u < 8; u++) {
      let sum = 0;
      for (let x = 0; x < 8; x++) sum += matrix[8 * u + x]! * block[row + x]!;
      scratch[row + u] = sum;
    }
  for (let v = 0; v < 64; v += 8)
    for (let u = 0; u < 8; u++) {
      let sum = 0;
      for (let y = 0; y < 8; y++) sum += matrix[v + y]! * scratch[8 * y + u]!;
      block[v + u] = sum;
    }
}
