/** Finished points of sweeps, kept in the browser (IndexedDB): a point that was paid for is not paid for again. */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { NAMES } from '@/lib/kept';

export interface SweepPoint {
  key: string;
  /** Null for a plain run. */
  epsilon: number | null;
  repeat: number;
  noiseMultiplier: number;
  /** 0 … 1: right answers on the 10,000 test digits, or mAP50 on the test scenes. */
  accuracy: number;
  /** Milliseconds since 1970. */
  finishedAt: number;
}

interface Schema extends DBSchema {
  points: { key: string; value: SweepPoint };
}

export class SweepStore {
  private constructor(private readonly database: IDBPDatabase<Schema>) {}

  /** Rejects where the browser allows no storage (some private windows). */
  static async open(name: string = NAMES.sweeps): Promise<SweepStore> {
    const database = await openDB<Schema>(name, 1, {
      upgrade(db) {
        db.createObjectStore('points', { keyPath: 'key' });
      },
      // Another tab wants a newer version: let it.
      blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
    });
    return new SweepStore(database);
  }

  async keep(point: SweepPoint): Promise<void> {
    await this.database.put('points', point);
  }

  /** Those of the keys that are finished, in the order of the keys. */
  async find(keys: readonly string[]): Promise<SweepPoint[]> {
    const transaction = this.database.transaction('points');
    const found = await Promise.all(keys.map((key) => transaction.store.get(key)));
    return found.filter((point) => point !== undefined);
  }

  async forget(keys: readonly string[]): Promise<void> {
    const transaction = this.database.transaction('points', 'readwrite');
    await Promise.all([...keys.map((key) => transaction.store.delete(key)), transaction.done]);
  }

  close(): void {
    this.database.close();
  }
}

/** For one question; null where there is no storage. */
export async function withSweepStore<T>(use: (store: SweepStore) => Promise<T>): Promise<T | null> {
  const store = await SweepStore.open().catch(() => null);
  if (store === null) return null;
  try {
    return await use(store);
  } finally {
    store.close();
  }
}
