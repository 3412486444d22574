/** Reads what `torch.save` writes: a ZIP archive of one pickle and one entry for each storage. */
import { checkShared, type MemoryBudget } from './budget';
import type { Checkpoint, ModuleNode } from './checkpoint';
import { CheckpointError, corrupt, unsupported } from './errors';
import { STORAGE_BYTES } from './globals';
import { notACheckpoint } from './identify';
import { readPickle } from './pickle';
import { noFloats } from './safetensors';
import { strangersIn } from './strangers';
import { decodeFloats, type FloatType, gather, isContiguous, type TensorSource } from './tensors';
import { Dict, ObjectRecord, TensorRecord, type Value } from './values';
import { ZipArchive } from './zip';

const FLOATS: Readonly<Record<string, FloatType>> = {
  HalfStorage: 'float16',
  BFloat16Storage: 'bfloat16',
  FloatStorage: 'float32',
  DoubleStorage: 'float64',
};

/** The largest networks have some 1,500 modules in 8 levels; a file with more may be one that refers to itself. */
const MOST_MODULES = 20_000;
const DEEPEST = 24;

export function readTorchFile(bytes: Uint8Array, budget: MemoryBudget): Checkpoint {
  const archive = new ZipArchive(bytes, budget);
  const folder = topFolder(archive);
  const extras = archive.extract(
    new Set([`${folder}data.pkl`, `${folder}byteorder`].filter((name) => archive.entries.has(name))),
  );
  const order = extras.get(`${folder}byteorder`);
  if (order && new TextDecoder().decode(order).trim() !== 'little')
    throw unsupported(
      'This checkpoint was saved on a big-endian machine.',
      'Save it again on an ordinary one.',
    );

  const unknown = new Set<string>();
  const content = readPickle(extras.get(`${folder}data.pkl`)!, budget, unknown);
  const { value, copy } = chooseCopy(content);
  const found = new Collector(budget);
  const model = value instanceof ObjectRecord ? found.walk(value, '', 0) : undefined;
  if (value instanceof Dict) found.stateDict(value);
  if (found.tensors.size === 0) throw notACheckpoint('a PyTorch file without weights');

  // Only what weights need: caches and counters stay packed.
  const wanted = new Map<string, number>();
  const all = [...found.tensors, ...found.constants];
  let described = 0;
  for (const [name, { storage, shape }] of all) {
    if (!(storage.type in FLOATS)) continue;
    described += shape.reduce((product, side) => product * side, STORAGE_BYTES[storage.type]!);
    const entry = `${folder}data/${storage.key}`;
    const size = archive.entries.get(entry)?.size;
    const needed = storage.length * STORAGE_BYTES[storage.type]!;
    if (size === undefined) throw corrupt(`The storage of tensor "${name}" is not in the archive.`);
    if (size < needed)
      throw corrupt(
        `The storage of tensor "${name}" should have ${needed} bytes, but the archive holds ${size} of it.`,
      );
    wanted.set(entry, Math.max(needed, wanted.get(entry) ?? 0));
  }
  checkShared(
    described,
    [...wanted.values()].reduce((sum, bytes) => sum + bytes, 0),
  );
  const storages = archive.extract(new Set(wanted.keys()));
  const sources = (records: Iterable<[string, TensorRecord]>) =>
    new Map(
      Array.from(records, ([name, record]): [string, TensorSource] => [
        name,
        source(name, record, storages.get(`${folder}data/${record.storage.key}`)),
      ]),
    );
  return {
    format: 'pytorch',
    bytes: bytes.length,
    model,
    tensors: sources(found.tensors),
    constants: sources(found.constants),
    parameters: found.parameters,
    copy,
    unknown: unknown.size === 0 ? [] : strangersIn(value, budget).map(printable),
    notes: notesOf(content),
  };
}

/** Everything lies in one folder, whose name is the file's at the time of saving (`archive/`, `best/`, …). */
function topFolder(archive: ZipArchive): string {
  const names = [...archive.entries.keys()];
  const pickles = names.filter((name) => name === 'data.pkl' || name.endsWith('/data.pkl'));
  const folder = pickles.sort((a, b) => a.length - b.length)[0]?.slice(0, -'data.pkl'.length);
  if (folder === undefined) throw notACheckpoint(plainArchive(names));
  if (names.some((name) => name.startsWith(`${folder}code/`)))
    throw notACheckpoint(
      'a TorchScript export, which holds a program besides the weights',
      'Take the .pt checkpoint it was exported from.',
    );
  return folder;
}

function plainArchive(names: readonly string[]): string {
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/\.npy$/)) return 'an archive of NumPy arrays (.npz)';
  if (has(/^\[Content_Types\]\.xml$/)) return 'an office document';
  if (has(/\.mlmodel$/)) return 'a Core ML package';
  if (has(/(^|\/)config\.json$/) && has(/\.weights\.h5$/)) return 'a Keras model (.keras)';
  const inside = has(/\.(pt|pth|safetensors)$/)
    ? ' with a checkpoint inside, which has to be unpacked first'
    : '';
  const first = names[0] === undefined ? 'nothing' : names.slice(0, 3).map(printable).join(', ');
  return `a plain ZIP archive${inside} (it holds ${first}${names.length > 3 ? ', …' : ''})`;
}

/** Training checkpoints hold the network twice: as trained, and averaged over the last steps, which is the better one. */
function chooseCopy(content: Value): { value: ObjectRecord | Dict; copy: Checkpoint['copy'] } {
  if (content instanceof ObjectRecord) return { value: unwrapped(content), copy: 'model' };
  if (!(content instanceof Dict))
    throw notACheckpoint('a PyTorch file that holds neither a model nor weights');
  for (const copy of ['ema', 'model', 'state_dict'] as const) {
    const value = content.get(copy);
    if (value instanceof ObjectRecord)
      return { value: unwrapped(value), copy: copy === 'ema' ? 'ema' : 'model' };
    if (value instanceof Dict) return { value: fullest(value), copy: copy === 'ema' ? 'ema' : 'state-dict' };
  }
  return { value: fullest(content), copy: 'state-dict' };
}

/** A dict, or the one in it that has most tensors: state dicts lie under names of everybody's own (`model_state_dict`, `net`, …). */
function fullest(dict: Dict): Dict {
  let best = dict;
  for (const [, value] of named(dict))
    if (value instanceof Dict && tensorsIn(value) > tensorsIn(best)) best = value;
  return best;
}

const tensorsIn = (dict: Dict) =>
  Array.from(dict.entries()).filter(([, value]) => value instanceof TensorRecord).length;

/** Where a wrapper keeps the model: of a training on several GPUs, compiled, averaged, or Ultralytics' own `YOLO(…)`. */
const WRAPPERS: Readonly<Record<string, string>> = {
  DistributedDataParallel: 'module',
  DataParallel: 'module',
  OptimizedModule: '_orig_mod',
  ModelEMA: 'ema',
  YOLO: 'model',
};

/** The model itself. A wrapper changes how it runs, not what it is. */
function unwrapped(record: ObjectRecord): ObjectRecord {
  let inner = record;
  // Wrapped a few times at most: compiled, averaged, and on several GPUs.
  for (let depth = 0; depth < 4; depth++) {
    const modules = inner.attributes.get('_modules');
    const name = Object.hasOwn(WRAPPERS, inner.type.name) ? WRAPPERS[inner.type.name]! : null;
    const held = name !== null && modules instanceof Dict ? modules.get(name) : undefined;
    const model = held ?? (name === null ? undefined : inner.attributes.get(name));
    if (!(model instanceof ObjectRecord)) break;
    inner = model;
  }
  return inner;
}

/** What such wrappers put before the names of a state dict. */
const PREFIX = /^(?:module\.|_orig_mod\.)+/;

/** Gathers tensors under the names PyTorch's state dicts give them. */
class Collector {
  readonly tensors = new Map<string, TensorRecord>();
  readonly constants = new Map<string, TensorRecord>();
  parameters = 0;
  private modules = 0;
  constructor(private readonly budget: MemoryBudget) {}

  walk(record: ObjectRecord, path: string, depth: number): ModuleNode {
    if (++this.modules > MOST_MODULES || depth > DEEPEST)
      throw new CheckpointError(
        'checkpoint-too-complex',
        `The model has more than ${MOST_MODULES} modules or is nested deeper than ${DEEPEST} levels, or contains itself.`,
        'No YOLO network is like that. Take the file from its publisher.',
      );
    this.budget.chargeValues(256 + 2 * path.length);
    const { type, attributes } = record;
    const at = (name: string) => (path === '' ? name : `${path}.${name}`);
    for (const [name, tensor] of named(attributes.get('_parameters'))) {
      if (!(tensor instanceof TensorRecord)) continue;
      this.add(at(name), tensor);
      this.parameters += tensor.shape.reduce((product, side) => product * side, 1);
    }
    for (const [name, tensor] of named(attributes.get('_buffers')))
      if (tensor instanceof TensorRecord) this.add(at(name), tensor);
    const stride = attributes.get('stride');
    if (stride instanceof TensorRecord && stride.storage.length <= 64)
      this.constants.set(at('stride'), stride);
    const children = new Map<string, ModuleNode>();
    for (const [name, child] of named(attributes.get('_modules')))
      if (child instanceof ObjectRecord) children.set(name, this.walk(child, at(name), depth + 1));
    return { path, type: type.toString(), className: type.name, children, attributes };
  }

  stateDict(dict: Dict): void {
    for (const [written, tensor] of named(dict)) {
      if (!(tensor instanceof TensorRecord)) continue;
      const name = written.replace(PREFIX, '');
      this.add(name, tensor);
      const trained = tensor.storage.type in FLOATS && !/\.running_(mean|var)$/.test(name);
      if (trained) this.parameters += tensor.shape.reduce((product, side) => product * side, 1);
    }
  }

  private add(name: string, tensor: TensorRecord): void {
    this.budget.chargeValues(256 + 2 * name.length);
    this.tensors.set(name, tensor);
  }
}

function source(name: string, record: TensorRecord, bytes: Uint8Array | undefined): TensorSource {
  const { storage, offset, shape, strides } = record;
  const elements = shape.reduce((product, side) => product * side, 1);
  const type = FLOATS[storage.type];
  if (!type || !bytes)
    return { shape, elements, type: storage.type, read: () => noFloats(name, storage.type) };
  const size = STORAGE_BYTES[storage.type]!;
  return {
    shape,
    elements,
    type,
    read() {
      if (isContiguous(shape, strides))
        return decodeFloats(bytes.subarray(offset * size, (offset + elements) * size), type, elements);
      if (elements === 0) return new Float32Array(0);
      // Only what the view spans: others may lie in the same storage.
      const span = shape.reduce((last, side, axis) => last + (side - 1) * strides[axis]!, 1);
      const values = decodeFloats(bytes.subarray(offset * size, (offset + span) * size), type, span);
      return gather(values, 0, shape, strides);
    },
  };
}

/** String keys of a dict, in order. */
function* named(value: Value | undefined): Iterable<[string, Value]> {
  if (!(value instanceof Dict)) return;
  for (const [key, item] of value.entries()) if (typeof key === 'string') yield [key, item];
}

function notesOf(content: Value): Readonly<Record<string, string>> {
  const notes: Record<string, string> = Object.create(null);
  if (content instanceof ObjectRecord) return notes;
  for (const [key, value] of named(content as Dict))
    if ((typeof value === 'string' || typeof value === 'number') && key.length < 40)
      notes[key] = String(value).slice(0, 200);
  return notes;
}

const printable = (text: string) => text.replace(/[^\x20-\x7e]/g, '·').slice(0, 60);
