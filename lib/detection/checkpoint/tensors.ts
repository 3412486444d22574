/** From the bytes of a storage to float32 values. */
import { corrupt } from './errors';

/** Element types of weights. Integers occur in checkpoints only as counters, which nothing here reads. */
export type FloatType = 'float16' | 'bfloat16' | 'float32' | 'float64';

export const FLOAT_BYTES: Readonly<Record<FloatType, number>> = {
  float16: 2,
  bfloat16: 2,
  float32: 4,
  float64: 8,
};

/** Where the values of a tensor lie, and how. Nothing is decoded until `read`. */
export interface TensorSource {
  readonly shape: readonly number[];
  readonly elements: number;
  /** The element type, or the name of one that holds no weights. */
  readonly type: FloatType | (string & {});
  /** Values in row-major order, newly made. @throws CheckpointError if the type holds no floats */
  read(): Float32Array;
  /** Of signed bytes alone (safetensors' I8), row-major: weights of 8 bits, which need a scale to mean anything. */
  readBytes?(): Int8Array;
}

/**
 * Decodes little-endian floats. Where the system is little-endian too (all are today) aligned float32 is copied whole.
 * @param bytes length must be `count` elements
 */
export function decodeFloats(bytes: Uint8Array, type: FloatType, count: number): Float32Array {
  if (bytes.length !== count * FLOAT_BYTES[type])
    throw corrupt(`A storage of ${count} ${type} values has ${bytes.length} bytes.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = new Float32Array(count);
  switch (type) {
    case 'float16': {
      const table = halfTable();
      for (let i = 0; i < count; i++) out[i] = table[view.getUint16(2 * i, true)]!;
      break;
    }
    case 'bfloat16': {
      // The upper half of a float32.
      const bits = new Uint32Array(out.buffer);
      for (let i = 0; i < count; i++) bits[i] = view.getUint16(2 * i, true) << 16;
      break;
    }
    case 'float32':
      for (let i = 0; i < count; i++) out[i] = view.getFloat32(4 * i, true);
      break;
    case 'float64':
      for (let i = 0; i < count; i++) out[i] = view.getFloat64(8 * i, true);
      break;
  }
  return out;
}

let table: Float32Array | undefined;
/** All 65,536 half-precision numbers (IEEE 754 binary16), by their bits. */
function halfTable(): Float32Array {
  if (!table) {
    table = new Float32Array(65536);
    for (let bits = 0; bits < 65536; bits++) table[bits] = halfToFloat(bits);
  }
  return table;
}

export function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** True if the strides are those of rows laid one after another. */
export function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis]!;
  }
  return true;
}

/** Gathers a strided view into row-major order. The caller has checked that it lies inside `values`. */
export function gather(
  values: Float32Array,
  offset: number,
  shape: readonly number[],
  strides: readonly number[],
): Float32Array {
  const out = new Float32Array(shape.reduce((product, side) => product * side, 1));
  const index = new Array<number>(shape.length).fill(0);
  let from = offset;
  for (let to = 0; to < out.length; to++) {
    out[to] = values[from]!;
    // An odometer: the last axis turns fastest, a full turn carries to the one before.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      from += strides[axis]!;
      if (index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return out;
}
