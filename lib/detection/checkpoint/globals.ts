/**
 * The names a checkpoint may contain. The list is closed: a file with a name that is not on it is read to say what it is, and then
 * not opened. Names that run code are another list (`dangers.ts`).
 *
 * Being on the list does not mean that anything is loaded: names stay names (see `values.ts`). It is closed all the same, because
 * a block of another code base may be called like one of ours and compute something else.
 */

/** Callables that REDUCE may name, and how the call is read. None is called. */
export type Callable = 'tensor' | 'parameter' | 'ordered-dict' | 'set' | 'size' | 'attribute' | 'opaque';

function opaque(module: string, names: readonly string[]): Record<string, Callable> {
  return Object.fromEntries(names.map((name) => [`${module}.${name}`, 'opaque']));
}

const CALLABLES: Readonly<Record<string, Callable>> = {
  'torch._utils._rebuild_tensor_v2': 'tensor',
  'torch._utils._rebuild_parameter': 'parameter',
  'collections.OrderedDict': 'ordered-dict',
  '__builtin__.set': 'set',
  'builtins.set': 'set',
  'torch.Size': 'size',
  // Numbers and paths among the training records of fine-tuned checkpoints. Kept unread.
  'numpy.core.multiarray.scalar': 'opaque',
  'numpy._core.multiarray.scalar': 'opaque',
  'numpy.dtype': 'opaque',
  '_codecs.encode': 'opaque',
  ...opaque('pathlib', ['Path', 'PosixPath', 'WindowsPath', 'PurePosixPath', 'PureWindowsPath']),
  // Where Python 3.13 has them.
  ...opaque('pathlib._local', ['Path', 'PosixPath', 'WindowsPath', 'PurePosixPath', 'PureWindowsPath']),
  // A method of a layer that was fused, the member of an enumeration.
  'builtins.getattr': 'attribute',
  '__builtin__.getattr': 'attribute',
  // Settings as scripts keep them, and the version of PyTorch.
  'types.SimpleNamespace': 'opaque',
  'argparse.Namespace': 'opaque',
  'torch.torch_version.TorchVersion': 'opaque',
  // Where a loss computes, in checkpoints of a training that was broken off.
  'torch.device': 'opaque',
  'numpy.core.multiarray._reconstruct': 'opaque',
  'numpy._core.multiarray._reconstruct': 'opaque',
  'numpy.core.numeric._frombuffer': 'opaque',
  'numpy._core.numeric._frombuffer': 'opaque',
  'datetime.datetime': 'opaque',
  'datetime.date': 'opaque',
  'datetime.timedelta': 'opaque',
  'collections.defaultdict': 'opaque',
  'collections.Counter': 'opaque',
  'collections.deque': 'opaque',
  'builtins.frozenset': 'opaque',
  '__builtin__.frozenset': 'opaque',
  'builtins.slice': 'opaque',
};

/** Storage classes, with the bytes of an element. */
export const STORAGE_BYTES: Readonly<Record<string, number>> = {
  HalfStorage: 2,
  BFloat16Storage: 2,
  FloatStorage: 4,
  DoubleStorage: 8,
  LongStorage: 8,
  IntStorage: 4,
  ShortStorage: 2,
  CharStorage: 1,
  ByteStorage: 1,
  BoolStorage: 1,
};

/** Modules whose classes become inert records. */
const RECORD_MODULES = [
  /^torch\.nn\.modules\.[a-z]+$/,
  /^ultralytics\.nn\.(tasks|modules)(\.[a-z]+)?$/,
  /^ultralytics\.(yolo\.)?utils(\.__init__)?$/, // IterableSimpleNamespace: training settings
  // The loss, which a training that was broken off leaves in the model; metrics, plots, the keeper of averaged weights.
  /^ultralytics\.(yolo\.)?utils\.(?!checks|downloads)[a-z_]+(\.[a-z_]+)*$/,
  /^ultralytics\.(yolo\.)?(cfg|data|engine|models)(\.[a-z_]+)*$/, // settings and transforms, of 8.0.x and later
  /^torchvision\.transforms(\.[a-z_]+)*$/, // how a classifier is shown pictures
  /^torch\.nn\.parallel\.[a-z_]+$/, // the wrappers of a training on several GPUs
  /^torch\._dynamo\.eval_frame$/, // the wrapper of a compiled model
  /^models\.(yolo|common|experimental)$/, // the YOLOv3 and YOLOv5 repositories: recognised, then refused by name
];
const CLASS_NAME = /^(v8|v10)?[A-Z][A-Za-z0-9_]*$/; // v10Detect, v8DetectionLoss: the classes whose names begin small

/** Looked up without the prototype chain: `constructor` and its like are names nobody knows. */
const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

export const callable = (name: string): Callable | undefined => own(CALLABLES, name);

export const storageBytes = (type: string): number | undefined => own(STORAGE_BYTES, type);

export const isRecordClass = (module: string, name: string): boolean =>
  CLASS_NAME.test(name) && RECORD_MODULES.some((pattern) => pattern.test(module));

export const isStorageClass = (module: string, name: string): boolean =>
  module === 'torch' && storageBytes(name) !== undefined;

/** Types and layouts of tensors, and empty classes: names that stand for themselves. */
const MENTIONED =
  /^(torch\.(b?float\d*|u?int\d+|bool|half|double|long|strided|contiguous_format|channels_last)|numpy\.(ndarray|b?float\d*|u?int\d+|bool_)|(builtins|__builtin__)\.(dict|list|int|float|str|object))$/;

export const isMentioned = (name: { toString(): string }): boolean => MENTIONED.test(String(name));

export function isKnown(module: string, name: string): boolean {
  const full = `${module}.${name}`;
  return (
    callable(full) !== undefined ||
    isRecordClass(module, name) ||
    isStorageClass(module, name) ||
    isMentioned(full)
  );
}
