/** Writes safetensors: eight bytes of header length, a JSON header of names, types, shapes and places, then the values. */

export interface TensorToWrite {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
  /** Of this tensor alone; that of the file if absent. `int8` holds whole numbers from −128 to 127. */
  readonly type?: StoredType;
}

type StoredType = 'float32' | 'float16' | 'int8';

const STORED: Readonly<Record<StoredType, { dtype: string; bytes: number }>> = {
  float32: { dtype: 'F32', bytes: 4 },
  float16: { dtype: 'F16', bytes: 2 },
  int8: { dtype: 'I8', bytes: 1 },
};

export interface WriteOptions {
  /** Words about the file: who made it, and how. Kept in the header under `__metadata__`. */
  metadata?: Readonly<Record<string, string>>;
  /** `float16` halves the size and keeps three digits. `float32` if absent. */
  type?: 'float32' | 'float16';
}

/** @returns the whole file */
export function writeSafetensors(
  tensors: readonly TensorToWrite[],
  { metadata, type = 'float32' }: WriteOptions = {},
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {};
  let at = 0;
  for (const { name, shape, values, type: own = type } of tensors) {
    const elements = shape.reduce((product, side) => product * side, 1);
    if (elements !== values.length)
      throw new RangeError(`${name} has ${values.length} values for a shape of ${elements}.`);
    const { dtype, bytes } = STORED[own];
    const end = at + elements * bytes;
    header[name] = { dtype, shape, data_offsets: [at, end] };
    at = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  // Padded with spaces, so that the values begin at a multiple of eight.
  const headerLength = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + headerLength + at);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(headerLength), true);
  file.fill(0x20, 8, 8 + headerLength);
  file.set(json, 8);
  let offset = 8 + headerLength;
  for (const { values, type: own = type } of tensors) {
    const { bytes } = STORED[own];
    for (let i = 0; i < values.length; i++, offset += bytes)
      if (own === 'float16') view.setUint16(offset, floatToHalf(values[i]!), true);
      else if (own === 'int8') view.setInt8(offset, values[i]!);
      else view.setFloat32(offset, values[i]!, true);
  }
  return file;
}

/** The bits of the nearest half-precision number (IEEE 754 binary16); ties go to the even one. */
export function floatToHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (size >= 65520) return sign | 0x7c00;
  // Below 2⁻¹⁴ all numbers are multiples of 2⁻²⁴.
  const exponent = size < 2 ** -14 ? -14 : Math.floor(Math.log2(size));
  const steps = roundToEven(size * 2 ** (10 - exponent));
  if (size < 2 ** -14) return sign | steps;
  // A fraction that rounds up to 2 carries into the exponent by itself.
  return sign | (((exponent + 15) << 10) + (steps - 1024));
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
