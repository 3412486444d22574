/**
 * A pickle reader that cannot run anything.
 *
 * A pickle is a program for a small stack machine; Python's reader lets it import any name and call it. This one knows the
 * opcodes that checkpoints use and no others, turns names into inert values, and understands a few calls by their meaning
 * (see `globals.ts`). A name by which Python would run code ends the reading; one that is merely not known is noted. Work is linear in the length, memory is charged to a budget.
 *
 * Opcodes: Python's `pickletools`; the persistent ids and `_rebuild_tensor_v2`: PyTorch's `torch.save` format.
 */
import type { MemoryBudget } from './budget';
import { runsCode } from './dangers';
import { CheckpointError, corrupt, unsupported } from './errors';
import { callable, isKnown, isMentioned, isRecordClass, isStorageClass, storageBytes } from './globals';
import {
  Dict,
  GlobalName,
  ObjectRecord,
  Opaque,
  StorageReference,
  TensorRecord,
  Tuple,
  type Value,
} from './values';

/** INST, OBJ, EXT1, EXT2 and EXT4, by which Python calls what a file names. */
const CALLS = new Set([0x69, 0x6f, 0x82, 0x83, 0x84]);

const EMPTY_TUPLE = new Tuple([]);

/** Rough bytes of a value on the heap of a JavaScript engine, from above. */
const COST = { object: 48, slot: 8, firstEntry: 256, entry: 40, text: 24 };

/** Characters of a name and its module. Each is looked at whenever the file says it, so it must not be long. */
const LONGEST_NAME = 512;
/** Names of no known code that are kept for a message. */
const MOST_UNKNOWN = 20;

/**
 * Reads a whole pickle.
 * @param unknown takes the names that no YOLO checkpoint needs, which stand for inert values here
 * @throws CheckpointError
 */
export function readPickle(bytes: Uint8Array, budget: MemoryBudget, unknown: Set<string> = new Set()): Value {
  return new PickleReader(bytes, budget, unknown).read();
}

class PickleReader {
  private at = 0;
  private readonly view: DataView;
  private stack: Value[] = [];
  /** Stacks set aside by MARK. */
  private readonly marks: Value[][] = [];
  private readonly memo: Value[] = [];
  private readonly names = new Map<string, GlobalName>();

  constructor(
    private readonly bytes: Uint8Array,
    private readonly budget: MemoryBudget,
    private readonly unknown: Set<string>,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  read(): Value {
    for (;;) {
      const start = this.at;
      const opcode = this.byte();
      switch (opcode) {
        case 0x80: // PROTO
          if (this.byte() > 5) throw corrupt('The pickle says it follows a protocol that does not exist.');
          break;
        case 0x95: // FRAME: only a hint to read ahead
          this.skip(8);
          break;
        case 0x2e: // STOP
          return this.pop();
        case 0x4e: // NONE
          this.push(null);
          break;
        case 0x88: // NEWTRUE
          this.push(true);
          break;
        case 0x89: // NEWFALSE
          this.push(false);
          break;
        case 0x4a: // BININT
          this.push(this.view.getInt32(this.skip(4), true));
          break;
        case 0x4b: // BININT1
          this.push(this.byte());
          break;
        case 0x4d: // BININT2
          this.push(this.view.getUint16(this.skip(2), true));
          break;
        case 0x8a: // LONG1
          this.push(this.longInteger(this.byte()));
          break;
        case 0x8b: // LONG4
          this.push(this.longInteger(this.length(4)));
          break;
        case 0x8f: // EMPTY_SET
          this.make(new Opaque('builtins.set', null), COST.object);
          break;
        case 0x90: // ADDITEMS
          this.takeToMark();
          if (!(this.top() instanceof Opaque)) throw malformed('it adds to something that is no set');
          break;
        case 0x91: // FROZENSET
          this.takeToMark();
          this.make(new Opaque('builtins.frozenset', null), COST.object);
          break;
        case 0x47: // BINFLOAT
          this.push(this.view.getFloat64(this.skip(8), false));
          break;
        case 0x58: // BINUNICODE
        case 0x54: // BINSTRING: texts of Python 2
          this.push(this.text(this.length(4)));
          break;
        case 0x8c: // SHORT_BINUNICODE
        case 0x55: // SHORT_BINSTRING
          this.push(this.text(this.byte()));
          break;
        case 0x8d: // BINUNICODE8
          this.push(this.text(this.length(8)));
          break;
        case 0x43: // SHORT_BINBYTES
        case 0x42: // BINBYTES
          this.push(this.raw(opcode === 0x43 ? this.byte() : this.length(4)));
          break;
        case 0x8e: // BINBYTES8
        case 0x96: // BYTEARRAY8
          this.push(this.raw(this.length(8)));
          break;
        case 0x5d: // EMPTY_LIST
          this.make([], COST.object);
          break;
        case 0x29: // EMPTY_TUPLE
          this.push(EMPTY_TUPLE);
          break;
        case 0x7d: // EMPTY_DICT
          this.make(new Dict(), COST.object);
          break;
        case 0x85: // TUPLE1
        case 0x86: // TUPLE2
        case 0x87: // TUPLE3
          this.tuple(this.take(opcode - 0x84));
          break;
        case 0x28: // MARK
          this.budget.chargeValues(COST.object);
          this.marks.push(this.stack);
          this.stack = [];
          break;
        case 0x74: // TUPLE
          this.tuple(this.takeToMark());
          break;
        case 0x61: // APPEND
          this.append([this.pop()]);
          break;
        case 0x65: // APPENDS
          this.append(this.takeToMark());
          break;
        case 0x73: // SETITEM
          this.setItems(this.take(2));
          break;
        case 0x75: // SETITEMS
          this.setItems(this.takeToMark());
          break;
        case 0x30: // POP
          this.pop();
          break;
        case 0x31: // POP_MARK: of tuples that hold themselves
          this.takeToMark();
          break;
        case 0x32: // DUP
          this.push(this.top());
          break;
        case 0x71: // BINPUT
          this.remember(this.byte());
          break;
        case 0x72: // LONG_BINPUT
          this.remember(this.view.getUint32(this.skip(4), true));
          break;
        case 0x94: // MEMOIZE
          this.remember(this.memo.length);
          break;
        case 0x68: // BINGET
          this.push(this.recall(this.byte()));
          break;
        case 0x6a: // LONG_BINGET
          this.push(this.recall(this.view.getUint32(this.skip(4), true)));
          break;
        case 0x63: // GLOBAL
          this.push(this.global(this.line(), this.line()));
          break;
        case 0x93: {
          // STACK_GLOBAL
          const [module, name] = this.take(2);
          if (typeof module !== 'string' || typeof name !== 'string')
            throw malformed('a name that is not text');
          this.push(this.global(module, name));
          break;
        }
        case 0x81: // NEWOBJ
          this.newObject();
          break;
        case 0x92: // NEWOBJ_EX: with named arguments
          if (!(this.pop() instanceof Dict)) throw malformed('named arguments that are no dict');
          this.newObject();
          break;
        case 0x52: // REDUCE
          this.reduce();
          break;
        case 0x62: // BUILD
          this.build();
          break;
        case 0x51: // BINPERSID
          this.push(this.storage(this.pop()));
          break;
        default: {
          const what = `The pickle uses opcode 0x${opcode.toString(16).padStart(2, '0')} at byte ${start}`;
          if (CALLS.has(opcode))
            throw unsafe(`${what}, which makes a call and which no YOLO checkpoint needs.`);
          throw unsupported(`${what}, which is not read here: it is damaged, or no file of torch.save.`);
        }
      }
    }
  }

  // — bytes —

  /** Moves on by `count` bytes and gives where they began. */
  private skip(count: number): number {
    const start = this.at;
    if (count > this.bytes.length - start) throw malformed('it ends in the middle of a value');
    this.at += count;
    return start;
  }

  private byte(): number {
    return this.bytes[this.skip(1)]!;
  }

  /** How long what follows is: a whole number of 4 or 8 bytes. */
  private length(bytes: 4 | 8): number {
    const at = this.skip(bytes);
    const high = bytes === 8 ? this.view.getUint32(at + 4, true) : 0;
    return high * 2 ** 32 + this.view.getUint32(at, true);
  }

  private raw(length: number): Uint8Array {
    const start = this.skip(length);
    this.budget.chargeValues(2 * COST.object);
    return this.bytes.subarray(start, start + length);
  }

  private text(length: number): string {
    const start = this.skip(length);
    this.budget.chargeValues(COST.text + 2 * length);
    return decodeUtf8(this.bytes, start, start + length);
  }

  private line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    if (end < 0 || end - this.at > 256) throw malformed('a name without an end');
    const text = this.text(end - this.at);
    this.at = end + 1;
    return text;
  }

  /** Little-endian two's complement of 0 … 255 bytes; a number where that is exact. */
  private longInteger(length: number): number | bigint {
    const start = this.skip(length);
    this.budget.chargeValues(COST.text + length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.bytes[start + i]!);
    if (length > 0 && this.bytes[start + length - 1]! & 0x80) value -= 1n << BigInt(8 * length);
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }

  // — stack and memo —

  private push(value: Value): void {
    this.budget.chargeValues(COST.slot);
    this.stack.push(value);
  }

  private make(value: Value, cost: number): void {
    this.budget.chargeValues(cost);
    this.push(value);
  }

  private pop(): Value {
    const value = this.stack.pop();
    if (value === undefined) throw malformed('it takes a value from an empty stack');
    this.budget.chargeValues(-COST.slot);
    return value;
  }

  private top(): Value {
    const value = this.stack.at(-1);
    if (value === undefined) throw malformed('it uses a value of an empty stack');
    return value;
  }

  private take(count: number): Value[] {
    if (this.stack.length < count) throw malformed('it takes a value from an empty stack');
    this.budget.chargeValues(-COST.slot * count);
    return this.stack.splice(this.stack.length - count, count);
  }

  private takeToMark(): Value[] {
    const items = this.stack;
    const below = this.marks.pop();
    if (!below) throw malformed('it looks for a mark that was never set');
    this.stack = below;
    this.budget.chargeValues(-COST.object - COST.slot * items.length);
    return items;
  }

  private remember(index: number): void {
    // Real picklers number the memo without gaps, so an index beyond the next one would only waste memory.
    if (index > this.memo.length) throw malformed(`it skips to memo ${index}`);
    this.budget.chargeValues(COST.slot);
    this.memo[index] = this.top();
  }

  private recall(index: number): Value {
    const value = this.memo[index];
    if (value === undefined) throw malformed(`it recalls memo ${index}, which was never stored`);
    return value;
  }

  // — values —

  private tuple(items: Value[]): void {
    this.make(new Tuple(items), COST.object + COST.slot * items.length);
  }

  private append(items: Value[]): void {
    const list = this.top();
    if (isSealed(list)) return;
    if (!Array.isArray(list)) throw malformed('it appends to something that is no list');
    this.budget.chargeValues(COST.slot * items.length);
    for (const item of items) list.push(item);
  }

  private setItems(items: Value[]): void {
    const dict = this.top();
    if (isSealed(dict)) return;
    if (!(dict instanceof Dict)) throw malformed('it sets an item of something that is no dict');
    if (items.length % 2 !== 0) throw malformed('a key without a value');
    if (dict.size === 0 && items.length > 0) this.budget.chargeValues(COST.firstEntry);
    this.budget.chargeValues((COST.entry * items.length) / 2);
    for (let i = 0; i < items.length; i += 2) dict.set(items[i]!, items[i + 1]!);
  }

  private global(module: string, name: string): GlobalName {
    if (module.length + name.length > LONGEST_NAME)
      throw malformed(`a name of ${module.length + name.length} characters`);
    const known = isKnown(module, name);
    if (!known && runsCode(module, name))
      throw unsafe(
        `The pickle names ${printable(`${module}.${name}`)}, which runs code when Python opens the file.`,
      );
    if (!known && this.unknown.size < MOST_UNKNOWN) this.unknown.add(printable(`${module}.${name}`));
    const key = `${module}.${name}`;
    let global = this.names.get(key);
    if (!global) {
      this.budget.chargeValues(COST.object + COST.entry);
      global = new GlobalName(module, name);
      this.names.set(key, global);
    }
    return global;
  }

  private newObject(): void {
    const [type, parameters] = this.take(2);
    if (!(type instanceof GlobalName && parameters instanceof Tuple))
      throw malformed('an object without a class');
    const meaning = callable(type.toString());
    if (meaning === 'ordered-dict') this.make(new Dict(), COST.object);
    else if (isRecordClass(type.module, type.name) || !isKnown(type.module, type.name))
      this.make(new ObjectRecord(type), 2 * COST.object);
    else if (meaning === 'tensor' || meaning === 'parameter' || meaning === 'attribute')
      throw unsafe(`The pickle makes an object of ${type}.`);
    // Of what only stands for itself: numbers, sets, paths.
    else this.make(new Opaque(String(type), null), COST.object);
  }

  private build(): void {
    const state = this.pop();
    const target = this.top();
    // The attributes of a state dict are notes on versions (`_metadata`).
    if (target instanceof Dict || target instanceof Opaque) return;
    // Slots, or a state of its own making: of a class that is not known, nothing is needed.
    if (target instanceof ObjectRecord && isSealed(target) && !(state instanceof Dict)) return;
    if (!(target instanceof ObjectRecord && state instanceof Dict))
      throw malformed('attributes that are not a dict of an object');
    target.attributes = state;
  }

  /** A call: understood by its meaning, never made. */
  private reduce(): void {
    const [called, parameters] = this.take(2);
    if (!(parameters instanceof Tuple)) throw malformed('a call without arguments');
    const meaning = called instanceof GlobalName ? callable(called.toString()) : undefined;
    const items = parameters.items;
    switch (meaning) {
      case 'tensor':
        this.make(tensor(items), 2 * COST.object);
        break;
      case 'parameter': {
        const [of] = items;
        if (!(of instanceof TensorRecord)) throw malformed('a parameter that is no tensor');
        this.push(of);
        break;
      }
      case 'ordered-dict':
        this.make(this.orderedDict(items), COST.object);
        break;
      case 'set':
      case 'opaque':
        this.make(new Opaque(String(called), items[0] ?? null), COST.object);
        break;
      case 'attribute': {
        // How Python writes a method of an object, which a fused layer keeps as its `forward`, and how Python 3.11 writes the member of an
        // enumeration, as the transforms of classifiers have it. Names that run code are refused where they are said, calls of what comes
        // of this are too.
        const [of, name] = items;
        if (!hasAttributes(of) || typeof name !== 'string' || !/^(?!__)[A-Za-z_]\w*$/.test(name))
          throw unsafe(`The pickle asks for an attribute by ${printable(String(called))}.`);
        this.make(new Opaque(String(called), null), COST.object);
        break;
      }
      case 'size': {
        const [of] = items;
        if (!(of instanceof Tuple)) throw malformed('a size that is no tuple');
        this.push(of);
        break;
      }
      default:
        if (called instanceof GlobalName && !isKnown(called.module, called.name)) {
          this.make(new Opaque(String(called), null), COST.object);
          break;
        }
        // How Python keeps settings (`types.SimpleNamespace`): the class, nothing to make it of, and then what it holds.
        if (called instanceof GlobalName && items.length === 0 && isRecordClass(called.module, called.name)) {
          this.make(new ObjectRecord(called), 2 * COST.object);
          break;
        }
        if (called instanceof GlobalName && (/^torchvision\./.test(called.module) || isMentioned(called))) {
          this.make(new Opaque(String(called), null), COST.object);
          break;
        }
        throw unsafe(
          `The pickle asks to call ${called instanceof GlobalName ? printable(String(called)) : 'a value'}.`,
        );
    }
  }

  /** `OrderedDict()` or, as older picklers write it, `OrderedDict([[key, value], …])`. */
  private orderedDict([pairs]: readonly Value[]): Dict {
    const dict = new Dict();
    if (pairs === undefined) return dict;
    if (!Array.isArray(pairs)) throw malformed('an ordered dict of something that is no list');
    for (const pair of pairs) {
      const [key, value] = pair instanceof Tuple ? pair.items : Array.isArray(pair) ? pair : [];
      if (key === undefined || value === undefined) throw malformed('a key without a value');
      this.budget.chargeValues(dict.size === 0 ? COST.firstEntry : COST.entry);
      dict.set(key, value);
    }
    return dict;
  }

  /** `('storage', class, key, location, elements)`. */
  private storage(id: Value): StorageReference {
    const [kind, type, key, , length] = id instanceof Tuple ? id.items : [];
    const known =
      kind === 'storage' &&
      type instanceof GlobalName &&
      isStorageClass(type.module, type.name) &&
      typeof key === 'string' &&
      isCount(length);
    if (kind === 'storage' && type instanceof GlobalName && !known && /Storage$/.test(type.name))
      throw unsupported(
        `The checkpoint holds numbers of a kind that is not read here (${printable(String(type))}).`,
      );
    if (!known) throw malformed('a reference to something that is no storage');
    this.budget.chargeValues(COST.object);
    return new StorageReference(type.name, key, length);
  }
}

/** `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks)`. */
function tensor([storage, offset, size, stride]: readonly Value[]): TensorRecord {
  const shape = size instanceof Tuple ? size.items : [];
  const strides = stride instanceof Tuple ? stride.items : [];
  const sound =
    storage instanceof StorageReference &&
    isCount(offset) &&
    size instanceof Tuple &&
    stride instanceof Tuple &&
    shape.length === strides.length &&
    shape.length <= 8 &&
    shape.every(isCount) &&
    strides.every(isCount);
  if (!sound) throw malformed('a tensor without storage, offset, shape and strides');
  const elements = shape.reduce((product, side) => product * side, 1);
  const last = shape.reduce((sum, side, axis) => sum + (side - 1) * strides[axis]!, offset);
  // A view larger than its storage would repeat elements (stride 0), which no saved weight does.
  if (elements > storage.length || (elements > 0 && last >= storage.length))
    throw corrupt(
      `The pickle describes a tensor of ${shape.join(' × ')} values that reaches outside its storage of ${storage.length}.`,
    );
  if (storageBytes(storage.type) === undefined) throw malformed(`a storage of type ${storage.type}`);
  return new TensorRecord(storage, offset, shape, strides);
}

/** An object or a class: not a text, a number or a tensor. */
const hasAttributes = (value: Value | undefined): boolean =>
  value instanceof ObjectRecord || (value instanceof GlobalName && callable(String(value)) === undefined);

/** Values that take whatever is put into them and keep nothing. */
const isSealed = (value: Value): boolean =>
  value instanceof Opaque || (value instanceof ObjectRecord && !isKnown(value.type.module, value.type.name));

function isCount(value: Value | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

const utf8 = new TextDecoder();
/** Most texts are short and ASCII, where a call into TextDecoder costs more than the decoding. */
function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= 32) {
    let text = '';
    for (let i = start; i < end; i++) {
      const code = bytes[i]!;
      if (code > 127) return utf8.decode(bytes.subarray(start, end));
      text += String.fromCharCode(code);
    }
    return text;
  }
  return utf8.decode(bytes.subarray(start, end));
}

const malformed = (what: string) => corrupt(`The pickle inside the checkpoint is broken: ${what}.`);

const unsafe = (message: string) =>
  new CheckpointError(
    'checkpoint-unsafe',
    `${message} Nothing of it was run.`,
    'Do not open this file elsewhere unless you trust where it came from. Take the checkpoint from its publisher.',
  );

/** Text from a file, fit for a message: no control characters, not too long. */
const printable = (text: string) => text.replace(/[^\x20-\x7e]/g, '·').slice(0, 120);
