/** Writes trees of modules as `.pt` files and state dicts as safetensors, with every variation the tests need. */

import { SeededRandom } from '@/lib/random';
import {
  buildLayers,
  elements,
  type FamilyName,
  fillRandom,
  type Size,
  type Spec,
  type TensorSpec,
  TINY,
  tensorsOf,
} from './architecture';
import {
  Call,
  Global,
  Instance,
  orderedDict,
  Persistent,
  type Py,
  PyFloat,
  PyTuple,
  writePickle,
} from './pickle-writer';
import { join, writeZip, type ZipOptions } from './zip-writer';

export type Precision = 'float16' | 'bfloat16' | 'float32' | 'float64';

export interface ModelOptions {
  family?: FamilyName;
  size?: Size;
  classes?: readonly string[];
  seed?: number;
  precision?: Precision;
}

export interface Model {
  readonly family: FamilyName;
  readonly classes: readonly string[];
  readonly precision: Precision;
  /** The list of layers; its tensors are named `model.0.conv.weight` and so on. */
  readonly layers: Spec;
}

export function randomModel({
  family = 'yolo26',
  size = TINY,
  classes = ['cat', 'dog', 'newt'],
  seed = 1,
  precision = 'float16',
}: ModelOptions = {}): Model {
  const layers = buildLayers(family, size, classes.length);
  fillRandom(layers, new SeededRandom(seed));
  return { family, classes, precision, layers };
}

export interface FileOptions extends ZipOptions {
  folder?: string;
  /** Replaces or adds entries of the top dict: `{ ema: … }`. */
  top?: (model: Py) => Map<Py, Py>;
  modelClass?: string;
  /** Attributes of the model itself. */
  attributes?: Record<string, Py>;
  /** Called with the entries before they are packed. */
  entries?: (entries: Map<string, Uint8Array>) => void;
  byteorder?: string | null;
}

const STORAGES: Record<Precision, string> = {
  float16: 'HalfStorage',
  bfloat16: 'BFloat16Storage',
  float32: 'FloatStorage',
  float64: 'DoubleStorage',
};

/** A `.pt` file. */
export function writeCheckpoint(model: Model, options: FileOptions = {}): Uint8Array {
  const { folder = 'archive', modelClass = 'DetectionModel', byteorder = 'little' } = options;
  const storages: Uint8Array[] = [];
  const writer = new ModuleWriter(model.precision, storages);
  const names = new Map<Py, Py>(model.classes.map((name, i) => [i, name]));
  const root = new Instance(new Global('ultralytics.nn.tasks', modelClass), {
    ...hooks(),
    _parameters: new Map(),
    _buffers: new Map(),
    _modules: new Map<Py, Py>([['model', writer.module(model.layers)]]),
    yaml: new Map<Py, Py>([
      ['nc', model.classes.length],
      ['yaml_file', `${model.family}n.yaml`],
    ]),
    names,
    nc: model.classes.length,
    ...options.attributes,
  });
  const top =
    options.top?.(root) ??
    new Map<Py, Py>([
      ['date', '2026-01-02T03:04:05'],
      ['license', 'for tests'],
      ['epoch', -1],
      ['best_fitness', null],
      ['model', root],
      ['ema', null],
      ['train_metrics', new Map<Py, Py>([['fitness', new PyFloat(0.25)]])],
    ]);
  const text = (value: string) => new TextEncoder().encode(value);
  const entries = new Map<string, Uint8Array>();
  entries.set(`${folder}/data.pkl`, writePickle(top));
  if (byteorder !== null) entries.set(`${folder}/byteorder`, text(byteorder));
  for (const [i, bytes] of storages.entries()) entries.set(`${folder}/data/${i}`, bytes);
  entries.set(`${folder}/version`, text('3\n'));
  options.entries?.(entries);
  return writeZip(entries, options);
}

const hooks = (): Record<string, Py> => ({
  training: false,
  _backward_hooks: orderedDict(),
  _forward_hooks: orderedDict(),
  _non_persistent_buffers_set: new Call(new Global('__builtin__', 'set'), [[]]),
});

class ModuleWriter {
  constructor(
    private readonly precision: Precision,
    private readonly storages: Uint8Array[],
  ) {}

  module(spec: Spec): Instance {
    const at = spec.type.lastIndexOf('.');
    const parameters = new Map<Py, Py>();
    for (const [name, value] of Object.entries(spec.parameters))
      parameters.set(
        name,
        value &&
          new Call(new Global('torch._utils', '_rebuild_parameter'), [
            this.tensor(value),
            true,
            orderedDict(),
          ]),
      );
    const buffers = new Map<Py, Py>();
    for (const [name, value] of Object.entries(spec.buffers)) buffers.set(name, this.tensor(value));
    const modules = new Map<Py, Py>();
    for (const [name, inner] of Object.entries(spec.modules)) modules.set(name, this.module(inner));
    const attributes: Record<string, Py> = {};
    for (const [name, value] of Object.entries(spec.attributes)) {
      if (name === 'strides_for_test')
        attributes.stride = this.values(Float32Array.from(value as number[]), [3]);
      else attributes[name] = python(value);
    }
    return new Instance(new Global(spec.type.slice(0, at), spec.type.slice(at + 1)), {
      ...hooks(),
      _parameters: parameters,
      _buffers: buffers,
      _modules: modules,
      ...attributes,
    });
  }

  private tensor(spec: TensorSpec): Call {
    if (spec.kind === 'count') return this.place(new Uint8Array(8), 'LongStorage', 1, []);
    return this.values(spec.values!, spec.shape);
  }

  private values(values: Float32Array, shape: readonly number[]): Call {
    return this.place(encode(values, this.precision), STORAGES[this.precision], values.length, shape);
  }

  private place(bytes: Uint8Array, type: string, count: number, shape: readonly number[]): Call {
    this.storages.push(bytes);
    return rebuild(new Global('torch', type), String(this.storages.length - 1), count, shape);
  }
}

/** `_rebuild_tensor_v2` of a whole storage. */
export function rebuild(
  type: Global,
  key: string,
  count: number,
  shape: readonly number[],
  offset = 0,
  strides = contiguous(shape),
): Call {
  return new Call(new Global('torch._utils', '_rebuild_tensor_v2'), [
    new Persistent(new PyTuple('storage', type, key, 'cpu', count)),
    offset,
    new PyTuple(...shape),
    new PyTuple(...strides),
    false,
    orderedDict(),
  ]);
}

export function contiguous(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, side) => product * side, 1));
}

function python(value: Spec['attributes'][string]): Py {
  if (Array.isArray(value))
    return value.length === 2 && Object.isFrozen(value) ? new PyTuple(...value) : pairOrList(value);
  if (typeof value === 'number' && !Number.isInteger(value)) return new PyFloat(value);
  return value as Py;
}

/** Kernel sizes, strides and the like are tuples; layer sources are lists. */
function pairOrList(value: readonly number[]): Py {
  return value.length === 2 && value[0] === value[1] ? new PyTuple(...value) : [...value];
}

export function encode(values: Float32Array, precision: Precision): Uint8Array {
  const size = { float16: 2, bfloat16: 2, float32: 4, float64: 8 }[precision];
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) {
    if (precision === 'float16') view.setUint16(2 * i, halfBits(value), true);
    else if (precision === 'bfloat16') view.setUint16(2 * i, floatBits(value) >>> 16, true);
    else if (precision === 'float32') view.setFloat32(4 * i, value, true);
    else view.setFloat64(8 * i, value, true);
  }
  return bytes;
}

const scratch = new DataView(new ArrayBuffer(4));
function floatBits(value: number): number {
  scratch.setFloat32(0, value);
  return scratch.getUint32(0);
}

/** For values half precision holds exactly (0 and the normal range). */
export function halfBits(value: number): number {
  if (value === 0) return Object.is(value, -0) ? 0x8000 : 0;
  const bits = floatBits(value);
  const exponent = ((bits >>> 23) & 0xff) - 127 + 15;
  if (exponent < 1 || exponent > 30 || bits & 0x1fff) throw new Error(`${value} is no half-precision number`);
  return ((bits >>> 16) & 0x8000) | (exponent << 10) | ((bits >>> 13) & 0x3ff);
}

/** The same weights as a safetensors state dict. */
export function writeSafetensors(model: Model, metadata?: Record<string, string>): Uint8Array {
  const type = { float16: 'F16', bfloat16: 'BF16', float32: 'F32', float64: 'F64' }[model.precision];
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {};
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const [name, spec] of tensorsOf(model.layers, 'model')) {
    const count = spec.kind === 'count';
    const bytes = count ? new Uint8Array(8) : encode(spec.values!, model.precision);
    header[name] = { dtype: count ? 'I64' : type, shape: spec.shape, data_offsets: [at, at + bytes.length] };
    parts.push(bytes);
    at += bytes.length;
  }
  return safetensors(header, parts);
}

export function safetensors(header: unknown, parts: readonly Uint8Array[]): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setUint32(0, text.length, true);
  return join([length, text, ...parts]);
}

export { elements };
