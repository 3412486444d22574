/** Writes safetensors: eight bytes of header length, a JSON header of names, types, shapes and places, then the values. */

export interface TensorToWrite {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

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
  const bytesEach = type === 'float16' ? 2 : 4;
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {};
  let at = 0;
  for (const { name, shape, values } of tensors) {
    const elements = shape.reduce((product, side) => product * side, 1);
    if (elements !== values.length)
      throw new RangeError(`${name} has ${values.length} values for a shape of ${elements}.`);
    const end = at + elements * bytesEach;
    header[name] = { dtype: type === 'float16' ? 'F16' : 'F32', shape, data_offsets: [at, end] };
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
  for (const { values } of tensors)
    for (let i = 0; i < values.length; i++, offset += bytesEach)
      if (type === 'float16') view.setUint16(offset, floatToHalf(values[i]!), true);
      else view.setFloat32(offset, values[i]!, true);
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
