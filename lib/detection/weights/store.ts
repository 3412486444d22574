/**
 * Weights kept in the browser (IndexedDB), whole or in part: a download that was stopped, or cut off with the page, goes
 * on where it ended. Files are known by the SHA-256 they must have.
 */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { NAMES } from '@/lib/kept';

export interface StoredWeights {
  readonly sha256: string;
  readonly file: string;
  /** Bytes kept so far. */
  readonly received: number;
  /** Bytes of the whole file. */
  readonly bytes: number;
  /** All bytes are there and the hash agreed. */
  readonly complete: boolean;
}

interface Schema extends DBSchema {
  files: { key: string; value: StoredWeights };
  /** Pieces by file and place of their first byte. */
  pieces: { key: [sha256: string, start: number]; value: Uint8Array };
}

type Wanted = Pick<StoredWeights, 'sha256' | 'file' | 'bytes'>;

export class WeightStore {
  private constructor(private readonly database: IDBPDatabase<Schema>) {}

  /** Rejects where the browser allows no storage (some private windows). */
  static async open(name: string = NAMES.weights): Promise<WeightStore> {
    const database = await openDB<Schema>(name, 1, {
      upgrade(db) {
        db.createObjectStore('files', { keyPath: 'sha256' });
        db.createObjectStore('pieces');
      },
      // Another tab wants a newer version: let it.
      blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
    });
    return new WeightStore(database);
  }

  list(): Promise<StoredWeights[]> {
    return this.database.getAll('files');
  }

  find(sha256: string): Promise<StoredWeights | undefined> {
    return this.database.get('files', sha256);
  }

  /** The bytes kept so far, joined. Empty if there are none. */
  async read(sha256: string): Promise<Uint8Array> {
    const pieces = await this.database.getAll('pieces', piecesOf(sha256));
    const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }

  /** Adds bytes that follow those kept so far. In one transaction: either both the piece and the count, or neither. */
  async append(wanted: Wanted, start: number, piece: Uint8Array): Promise<void> {
    const change = this.database.transaction(['files', 'pieces'], 'readwrite');
    const before = (await change.objectStore('files').get(wanted.sha256))?.received ?? 0;
    if (before !== start) {
      // Another tab is downloading the same file; what is kept is its business.
      change.abort();
      await change.done.catch(() => undefined);
      throw new Error(`${before} bytes are kept, but the piece begins at ${start}`);
    }
    await change.objectStore('pieces').put(piece, [wanted.sha256, start]);
    const { sha256, file, bytes } = wanted;
    await change
      .objectStore('files')
      .put({ sha256, file, bytes, received: start + piece.length, complete: false });
    await change.done;
  }

  async complete(sha256: string): Promise<void> {
    const change = this.database.transaction('files', 'readwrite');
    const stored = await change.store.get(sha256);
    if (stored) await change.store.put({ ...stored, complete: true });
    await change.done;
  }

  async remove(sha256: string): Promise<void> {
    const change = this.database.transaction(['files', 'pieces'], 'readwrite');
    await change.objectStore('pieces').delete(piecesOf(sha256));
    await change.objectStore('files').delete(sha256);
    await change.done;
  }

  close(): void {
    this.database.close();
  }
}

const piecesOf = (sha256: string) => IDBKeyRange.bound([sha256, 0], [sha256, Number.POSITIVE_INFINITY]);
