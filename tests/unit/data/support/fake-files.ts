/** The part of the browser's private file system that lib uses, in memory. */
import { vi } from 'vitest';

export interface FakeFiles {
  /** By folder and name. */
  readonly files: Map<string, Uint8Array>;
  /** Bytes that there is room for. */
  room: number;
}

/** Stands in as `navigator.storage` until `vi.unstubAllGlobals()`. */
export function stubFiles(): FakeFiles {
  const fake: FakeFiles = { files: new Map(), room: Number.POSITIVE_INFINITY };
  const open = new Set<string>();
  const { files } = fake;
  const missing = () => new DOMException('no such file', 'NotFoundError');
  const locked = () => new DOMException('in use', 'NoModificationAllowedError');

  const handleOf = (name: string) => ({
    async createSyncAccessHandle() {
      if (!files.has(name)) throw missing();
      if (open.has(name)) throw locked();
      open.add(name);
      return {
        getSize: () => files.get(name)!.length,
        read(into: Uint8Array, { at }: { at: number }) {
          const found = files.get(name)!.subarray(at, at + into.length);
          into.set(found);
          return found.length;
        },
        write(from: Uint8Array, { at }: { at: number }) {
          const end = at + from.length;
          if (end > fake.room) throw new DOMException('full', 'QuotaExceededError');
          let content = files.get(name)!;
          if (content.length < end) {
            const grown = new Uint8Array(end);
            grown.set(content);
            content = grown;
            files.set(name, content);
          }
          content.set(from, at);
          return from.length;
        },
        flush() {},
        close: () => void open.delete(name),
      };
    },
  });
  const directory = (path: string) => ({
    getDirectoryHandle: async (name: string) => directory(`${path}${name}/`),
    async getFileHandle(name: string, options?: { create: boolean }) {
      const file = path + name;
      if (!files.has(file)) {
        if (!options?.create) throw missing();
        files.set(file, new Uint8Array());
      }
      return handleOf(file);
    },
    async removeEntry(name: string) {
      if (open.has(path + name)) throw locked();
      if (!files.delete(path + name)) throw missing();
    },
    async *keys() {
      for (const name of [...files.keys()]) if (name.startsWith(path)) yield name.slice(path.length);
    },
  });
  vi.stubGlobal('navigator', { storage: { getDirectory: async () => directory('/') } });
  return fake;
}
