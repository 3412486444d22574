/** Reads safetensors: eight bytes of header length, a JSON header of names, types, shapes and places, then the values. */
import { checkShared, type MemoryBudget } from './budget';
import type { Checkpoint } from './checkpoint';
import { CheckpointError, corrupt, DOWNLOAD_AGAIN } from './errors';
import { notACheckpoint } from './identify';
import { decodeFloats, FLOAT_BYTES, type FloatType, type TensorSource } from './tensors';

const FLOATS: Readonly<Record<string, FloatType>> = {
  F16: 'float16',
  BF16: 'bfloat16',
  F32: 'float32',
  F64: 'float64',
};

const MOST_HEADER = 100_000_000n;

/** Counters and masks may be present; they are not read. */
const OTHERS = ['I64', 'I32', 'I16', 'I8', 'U64', 'U32', 'U16', 'U8', 'BOOL'];

export function readSafetensors(bytes: Uint8Array, budget: MemoryBudget): Checkpoint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const said = view.getBigUint64(0, true);
  // The format allows headers of 100 MB.
  if (said > MOST_HEADER)
    throw corrupt(
      `This begins like a safetensors file, but says that its header has ${said.toLocaleString('en')} bytes.`,
    );
  const headerLength = Number(said);
  const dataStart = 8 + headerLength;
  if (dataStart > bytes.length) throw truncated(bytes.length, dataStart);
  // Parsed JSON takes up to some ten times its text, in the worst case of many tiny objects.
  budget.chargeValues(12 * headerLength);
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, dataStart)));
  } catch (cause) {
    throw corrupt('The header of this safetensors file is no JSON.', { cause });
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw corrupt('The header of this safetensors file is no object.');

  const data = bytes.subarray(dataStart);
  const tensors = new Map<string, TensorSource>();
  const notes: Record<string, string> = Object.create(null);
  let parameters = 0;
  let described = 0;
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') {
      for (const [key, value] of Object.entries(entry ?? {})) notes[key] = String(value).slice(0, 20_000);
      continue;
    }
    const tensor = source(name, entry, data, bytes.length);
    tensors.set(name, tensor);
    described += tensor.elements * (FLOAT_BYTES[tensor.type as FloatType] ?? 0);
    if (tensor.type in FLOAT_BYTES && !/\.running_(mean|var)$/.test(name)) parameters += tensor.elements;
  }
  checkShared(described, data.length);
  if (tensors.size === 0) throw notACheckpoint('a safetensors file without a single tensor');
  return {
    format: 'safetensors',
    bytes: bytes.length,
    model: undefined,
    tensors,
    constants: new Map(),
    unknown: [],
    parameters,
    copy: 'state-dict',
    notes,
  };
}

function source(name: string, entry: unknown, data: Uint8Array, fileBytes: number): TensorSource {
  const shown = name.slice(0, 100);
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  const sound =
    typeof dtype === 'string' &&
    Array.isArray(shape) &&
    shape.length <= 8 &&
    shape.every(isCount) &&
    Array.isArray(offsets) &&
    offsets.length === 2 &&
    offsets.every(isCount);
  if (!sound) throw corrupt(`The header describes tensor "${shown}" without a type, shape and place.`);
  const [start, end] = offsets as [number, number];
  if (start > end) throw corrupt(`Tensor "${shown}" ends before it begins.`);
  if (end > data.length) throw truncated(fileBytes, fileBytes - data.length + end);
  const elements = (shape as number[]).reduce((product, side) => product * side, 1);
  const type = Object.hasOwn(FLOATS, dtype) ? FLOATS[dtype] : undefined;
  if (!type) {
    if (!OTHERS.includes(dtype))
      throw corrupt(`Tensor "${shown}" has the unknown type ${dtype.slice(0, 20)}.`);
    const read = () => noFloats(shown, dtype);
    if (dtype !== 'I8') return { shape: shape as number[], elements, type: dtype, read };
    const readBytes = () => {
      checkSize(shown, dtype, elements, elements, end - start);
      return new Int8Array(data.subarray(start, end));
    };
    return { shape: shape as number[], elements, type: dtype, read, readBytes };
  }
  checkSize(shown, dtype, elements, elements * FLOAT_BYTES[type], end - start);
  return {
    shape: shape as number[],
    elements,
    type,
    read: () => decodeFloats(data.subarray(start, end), type, elements),
  };
}

function checkSize(name: string, dtype: string, elements: number, needed: number, bytes: number): void {
  if (needed === bytes) return;
  throw corrupt(
    `Tensor "${name}" has ${elements} values of type ${dtype}, but ${bytes} bytes are set aside for it.`,
  );
}

export function noFloats(name: string, type: string): never {
  throw corrupt(`Tensor "${name}" is of type ${type}, where weights are expected.`);
}

const truncated = (bytes: number, needed: number) =>
  new CheckpointError(
    'checkpoint-truncated',
    `This safetensors file should have ${needed.toLocaleString('en')} bytes, but ends after ${bytes.toLocaleString('en')}: it was cut short.`,
    DOWNLOAD_AGAIN,
  );

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
