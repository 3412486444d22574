/**
 * Rows that took work to make, kept in the browser's private file system (OPFS) from one visit to the next, and read back straight
 * into the memory that wants them. Workers only: nothing else may read a file without copying it.
 *
 * A convenience and never more: storage that is missing, refused, full, in use by another tab or damaged is as good as empty.
 *
 *   0    mark      "EPSROWS1"; written last, so that a file cut short is known by it
 *   8    length    of all parts, in bytes, as a float64
 *   16   checksum  four 32-bit words
 *   32   the parts, one after another
 */
import { NAMES } from '@/lib/kept';

const FOLDER = NAMES.rows;
const MARK = new TextEncoder().encode('EPSROWS1');
const HEADER = 32;
/** What is read or written between two breaths, in bytes: a few milliseconds. */
const CHUNK = 2 ** 21;

export interface RowsKey {
  /** What they are, in letters, digits and hyphens: one file of each is kept. */
  readonly what: string;
  /** Changes with everything that they follow from: the data and the recipe. */
  readonly version: string;
}

const fileName = ({ what, version }: RowsKey) => `${what}.${version}`;

/** TypeScript does not know of it in a page's types: it is there in workers alone. */
interface SyncAccessHandle {
  getSize(): number;
  read(into: ArrayBufferView, options: { at: number }): number;
  write(from: ArrayBufferView, options: { at: number }): number;
  flush(): void;
  close(): void;
}
type FileHandle = FileSystemFileHandle & {
  createSyncAccessHandle(options?: { mode: 'read-only' | 'readwrite' }): Promise<SyncAccessHandle>;
};

async function folder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

/**
 * FNV-1a (Fowler, Noll, Vo) over 32-bit words, in four lanes. Each step can be undone, so that no single damaged word stays
 * unnoticed. Against accidents, not against people: whoever can write here owns the page.
 */
class Checksum {
  readonly lanes = Uint32Array.of(0x811c9dc5, 0x811c9dc6, 0x811c9dc7, 0x811c9dc8);

  /** @param bytes beginning at a multiple of 4; but for the last ones, a multiple of 16 of them */
  add(bytes: Uint8Array): void {
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
    let [a, b, c, d] = this.lanes as unknown as [number, number, number, number];
    const whole = words.length & ~3;
    for (let i = 0; i < whole; i += 4) {
      a = Math.imul(a ^ words[i]!, 0x01000193);
      b = Math.imul(b ^ words[i + 1]!, 0x01000193);
      c = Math.imul(c ^ words[i + 2]!, 0x01000193);
      d = Math.imul(d ^ words[i + 3]!, 0x01000193);
    }
    for (let i = 4 * whole; i < bytes.length; i++) a = Math.imul(a ^ bytes[i]!, 0x01000193);
    this.lanes.set([a, b, c, d]);
  }
}

const lengthOf = (parts: readonly ArrayBufferView[]) =>
  parts.reduce((sum, { byteLength }) => sum + byteLength, 0);

/** All parts in pieces, each with its place in the file. */
function* pieces(parts: readonly ArrayBufferView[]): Generator<{ piece: Uint8Array; at: number }> {
  let at = HEADER;
  for (const { buffer, byteOffset, byteLength } of parts)
    for (let from = 0; from < byteLength; from += CHUNK) {
      const piece = new Uint8Array(buffer, byteOffset + from, Math.min(CHUNK, byteLength - from));
      yield { piece, at };
      at += piece.length;
    }
}

function headerOf(length: number, { lanes }: Checksum): Uint8Array {
  const header = new Uint8Array(HEADER);
  header.set(MARK);
  new Float64Array(header.buffer, 8, 1)[0] = length;
  new Uint32Array(header.buffer, 16, 4).set(lanes);
  return header;
}

const sameBytes = (a: Uint8Array, b: Uint8Array) => a.every((byte, i) => byte === b[i]);

/**
 * Fills the parts with what was kept.
 * @param breathe called between pieces; what it throws (on Stop) is thrown on
 * @returns false if there is nothing sound: then what is in the parts is worth nothing, and a damaged file has been thrown away
 */
export async function readRows(
  key: RowsKey,
  parts: readonly ArrayBufferView[],
  breathe: () => Promise<void> = async () => {},
): Promise<boolean> {
  const opened = await openKept(key).catch(() => null);
  if (!opened) return false;
  const { directory, handle } = opened;
  let sound = false;
  let stopped = false;
  try {
    sound = await fill(handle, parts, async () => {
      stopped = true;
      await breathe();
      stopped = false;
    });
  } catch (error) {
    if (stopped) throw error;
  } finally {
    handle.close();
    if (!sound && !stopped) await directory.removeEntry(fileName(key)).catch(() => undefined);
  }
  return sound;
}

async function openKept(key: RowsKey) {
  const directory = await folder();
  const file = (await directory.getFileHandle(fileName(key))) as FileHandle;
  // Several tabs may read at once where the browser knows this mode.
  return { directory, handle: await file.createSyncAccessHandle({ mode: 'read-only' }) };
}

async function fill(
  handle: SyncAccessHandle,
  parts: readonly ArrayBufferView[],
  breathe: () => Promise<void>,
): Promise<boolean> {
  const length = lengthOf(parts);
  if (handle.getSize() !== HEADER + length) return false;
  const header = new Uint8Array(HEADER);
  handle.read(header, { at: 0 });
  const checksum = new Checksum();
  for (const { piece, at } of pieces(parts)) {
    if (handle.read(piece, { at }) !== piece.length) return false;
    checksum.add(piece);
    await breathe();
  }
  return sameBytes(header, headerOf(length, checksum));
}

/**
 * Keeps the parts, and drops what was kept of earlier versions. The parts must not change meanwhile.
 * @param breathe called between pieces
 * @returns false if the browser did not let it
 */
export async function keepRows(
  key: RowsKey,
  parts: readonly ArrayBufferView[],
  breathe: () => Promise<void> = async () => {},
): Promise<boolean> {
  try {
    const directory = await folder();
    await dropOthers(directory, key);
    return await write(directory, fileName(key), parts, breathe);
  } catch {
    return false;
  }
}

async function write(
  directory: FileSystemDirectoryHandle,
  name: string,
  parts: readonly ArrayBufferView[],
  breathe: () => Promise<void>,
): Promise<boolean> {
  const file = (await directory.getFileHandle(name, { create: true })) as FileHandle;
  const handle = await file.createSyncAccessHandle();
  let whole = false;
  try {
    const checksum = new Checksum();
    for (const { piece, at } of pieces(parts)) {
      if (handle.write(piece, { at }) !== piece.length) return false;
      checksum.add(piece);
      await breathe();
    }
    handle.flush();
    handle.write(headerOf(lengthOf(parts), checksum), { at: 0 });
    handle.flush();
    whole = true;
    return true;
  } finally {
    handle.close();
    if (!whole) await directory.removeEntry(name).catch(() => undefined);
  }
}

async function dropOthers(directory: FileSystemDirectoryHandle, key: RowsKey): Promise<void> {
  const names: string[] = [];
  for await (const name of (directory as unknown as { keys(): AsyncIterable<string> }).keys())
    if (name.startsWith(`${key.what}.`) && name !== fileName(key)) names.push(name);
  for (const name of names) await directory.removeEntry(name).catch(() => undefined);
}
