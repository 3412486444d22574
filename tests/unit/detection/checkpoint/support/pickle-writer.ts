/** Writes pickles as Python's pickler writes them for torch.save (protocol 2), and such as it never would. */

/** Written raw, whatever it is: for files made to misbehave. */
export class Raw {
  constructor(readonly bytes: readonly number[]) {}
}
export class Global {
  constructor(
    readonly module: string,
    readonly name: string,
  ) {}
}
export class Call {
  constructor(
    readonly callable: Py,
    readonly parameters: readonly Py[],
  ) {}
}
export class Instance {
  constructor(
    readonly type: Global,
    readonly attributes: Record<string, Py>,
  ) {}
}
export class PyTuple {
  readonly items: readonly Py[];
  constructor(...items: Py[]) {
    this.items = items;
  }
}
export class PyFloat {
  constructor(readonly value: number) {}
}
export class Persistent {
  constructor(readonly id: PyTuple) {}
}

export type Py =
  | null
  | boolean
  | number
  | string
  | Py[]
  | Map<Py, Py>
  | PyTuple
  | PyFloat
  | Global
  | Call
  | Instance
  | Persistent
  | Raw;

export const orderedDict = () => new Call(new Global('collections', 'OrderedDict'), []);

export function writePickle(value: Py): Uint8Array {
  const writer = new Writer();
  writer.out.push(0x80, 2);
  writer.write(value);
  writer.out.push(0x2e);
  return Uint8Array.from(writer.out);
}

class Writer {
  readonly out: number[] = [];
  private memoSize = 0;
  private readonly memo = new Map<unknown, number>();

  write(value: Py): void {
    const { out } = this;
    if (value === null) out.push(0x4e);
    else if (typeof value === 'boolean') out.push(value ? 0x88 : 0x89);
    else if (typeof value === 'number') this.integer(value);
    else if (value instanceof PyFloat) this.float(value.value);
    else if (value instanceof Raw) out.push(...value.bytes);
    else if (!this.recall(value)) this.compound(value);
  }

  private compound(value: string | Exclude<Py, null | boolean | number | string>): void {
    const { out } = this;
    if (typeof value === 'string') {
      const bytes = new TextEncoder().encode(value);
      out.push(0x58);
      this.uint32(bytes.length);
      out.push(...bytes);
      this.remember(value);
    } else if (Array.isArray(value)) {
      out.push(0x5d);
      this.remember(value);
      this.marked(value, 0x65, 0x61);
    } else if (value instanceof Map) {
      out.push(0x7d);
      this.remember(value);
      this.marked([...value].flat() as Py[], 0x75, 0x73, 2);
    } else if (value instanceof PyTuple) {
      this.tuple(value);
    } else if (value instanceof Global) {
      out.push(0x63, ...ascii(`${value.module}\n${value.name}\n`));
      this.remember(`${value.module}\n${value.name}\n`);
    } else if (value instanceof Call) {
      this.write(value.callable);
      this.write(new PyTuple(...value.parameters));
      out.push(0x52);
      this.remember(value);
    } else if (value instanceof Instance) {
      this.write(value.type);
      out.push(0x29, 0x81);
      this.remember(value);
      this.write(new Map<Py, Py>(Object.entries(value.attributes)));
      out.push(0x62);
    } else if (value instanceof Persistent) {
      this.write(value.id);
      out.push(0x51);
    }
  }

  private tuple({ items }: PyTuple): void {
    const { out } = this;
    if (items.length === 0) {
      out.push(0x29);
      return;
    }
    if (items.length > 3) out.push(0x28);
    for (const item of items) this.write(item);
    out.push(items.length > 3 ? 0x74 : 0x84 + items.length);
    this.memoPut();
  }

  private marked(items: readonly Py[], several: number, single: number, size = 1): void {
    if (items.length === 0) return;
    if (items.length > size) this.out.push(0x28);
    for (const item of items) this.write(item);
    this.out.push(items.length > size ? several : single);
  }

  private recall(value: unknown): boolean {
    const key = value instanceof Global ? `${value.module}\n${value.name}\n` : value;
    const index = this.memo.get(key);
    if (index === undefined) return false;
    if (index < 256) this.out.push(0x68, index);
    else {
      this.out.push(0x6a);
      this.uint32(index);
    }
    return true;
  }

  private remember(value: unknown): void {
    this.memo.set(value, this.memoSize);
    this.memoPut();
  }

  private memoPut(): void {
    if (this.memoSize < 256) this.out.push(0x71, this.memoSize);
    else {
      this.out.push(0x72);
      this.uint32(this.memoSize);
    }
    this.memoSize++;
  }

  private integer(value: number): void {
    if (!Number.isInteger(value)) throw new Error(`${value}: write fractions as PyFloat`);
    if (value >= 0 && value < 256) this.out.push(0x4b, value);
    else if (value >= 0 && value < 65536) this.out.push(0x4d, value & 255, value >> 8);
    else {
      this.out.push(0x4a);
      this.uint32(value);
    }
  }

  private float(value: number): void {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, false);
    this.out.push(0x47, ...bytes);
  }

  private uint32(value: number): void {
    this.out.push(value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >>> 24) & 255);
  }
}

export const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0));
