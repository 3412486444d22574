/** Writes ZIP archives the way torch.save does: stored, aligned to 64 bytes, sizes in descriptors behind the data. */
import { deflateSync } from 'fflate';

export interface ZipOptions {
  /** Packs entries (method 8). torch.save never does. */
  deflate?: boolean;
  /** Sizes and CRC follow the data, as torch.save writes them. */
  descriptors?: boolean;
  /** Adds the zip64 end records that torch.save adds, and puts sizes and offsets into zip64 extra fields. */
  zip64?: boolean;
}

export function writeZip(
  entries: Iterable<readonly [name: string, content: Uint8Array]>,
  options: ZipOptions = {},
): Uint8Array {
  const { deflate = false, descriptors = true, zip64 = false } = options;
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  let count = 0;
  const add = (bytes: Uint8Array) => {
    parts.push(bytes);
    at += bytes.length;
  };
  for (const [name, content] of entries) {
    count++;
    const nameBytes = new TextEncoder().encode(name);
    const packed = deflate ? deflateSync(content) : content;
    const offset = at;
    const method = deflate ? 8 : 0;
    const flags = descriptors ? 0x0808 : 0x0800;
    const crc = crc32(content);
    const padding = (64 - ((at + 30 + nameBytes.length + 4) % 64)) % 64;
    const extra = new Uint8Array(4 + padding).fill(0x5a);
    new Fields(extra).u16(0, 0x4246).u16(2, padding);
    const local = new Uint8Array(30);
    const known = descriptors ? [0, 0, 0] : [crc, packed.length, content.length];
    new Fields(local)
      .u32(0, 0x04034b50)
      .u16(4, zip64 ? 45 : 20)
      .u16(6, flags)
      .u16(8, method)
      .u32(14, known[0]!)
      .u32(18, known[1]!)
      .u32(22, known[2]!)
      .u16(26, nameBytes.length)
      .u16(28, extra.length);
    add(local);
    add(nameBytes);
    add(extra);
    add(packed);
    if (descriptors) {
      const descriptor = new Uint8Array(16);
      new Fields(descriptor).u32(0, 0x08074b50).u32(4, crc).u32(8, packed.length).u32(12, content.length);
      add(descriptor);
    }
    const large = new Uint8Array(zip64 ? 28 : 0);
    if (zip64)
      new Fields(large).u16(0, 1).u16(2, 24).u64(4, content.length).u64(12, packed.length).u64(20, offset);
    const record = new Uint8Array(46);
    new Fields(record)
      .u32(0, 0x02014b50)
      .u16(6, zip64 ? 45 : 20)
      .u16(8, flags)
      .u16(10, method)
      .u32(16, crc)
      .u32(20, zip64 ? 0xffffffff : packed.length)
      .u32(24, zip64 ? 0xffffffff : content.length)
      .u16(28, nameBytes.length)
      .u16(30, large.length)
      .u32(42, zip64 ? 0xffffffff : offset);
    directory.push(record, nameBytes, large);
  }
  const start = at;
  for (const part of directory) add(part);
  const size = at - start;
  if (zip64) {
    const end = new Uint8Array(56);
    new Fields(end)
      .u32(0, 0x06064b50)
      .u64(4, 44)
      .u16(12, 45)
      .u16(14, 45)
      .u64(24, count)
      .u64(32, count)
      .u64(40, size)
      .u64(48, start);
    const locator = new Uint8Array(20);
    new Fields(locator).u32(0, 0x07064b50).u64(8, at).u32(16, 1);
    add(end);
    add(locator);
  }
  const end = new Uint8Array(22);
  new Fields(end)
    .u32(0, 0x06054b50)
    .u16(8, zip64 ? 0xffff : count)
    .u16(10, zip64 ? 0xffff : count)
    .u32(12, zip64 ? 0xffffffff : size)
    .u32(16, zip64 ? 0xffffffff : start);
  add(end);
  return join(parts, at);
}

export function join(
  parts: readonly Uint8Array[],
  length = parts.reduce((sum, part) => sum + part.length, 0),
): Uint8Array {
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Little-endian fields. */
class Fields {
  private readonly view: DataView;
  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset);
  }
  u16(at: number, value: number): this {
    this.view.setUint16(at, value, true);
    return this;
  }
  u32(at: number, value: number): this {
    this.view.setUint32(at, value, true);
    return this;
  }
  u64(at: number, value: number): this {
    this.view.setBigUint64(at, BigInt(value), true);
    return this;
  }
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
