/** Training runs kept in the browser (IndexedDB), so that a reload or a crash costs neither work nor honesty. */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { NAMES } from '@/lib/kept';
import type { TrainerState } from './trainer-state';

export interface Checkpoint {
  /** The run's identity, the caller's choice. */
  readonly run: string;
  /** What the caller needs to build the same trainer again: plain data. */
  readonly settings: unknown;
  readonly state: TrainerState;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

interface Schema extends DBSchema {
  checkpoints: { key: string; value: Checkpoint };
  /** The last step of a run whose results may have been seen: small, written far more often than a checkpoint. */
  seen: { key: string; value: number };
}

export class CheckpointStore {
  private constructor(private readonly database: IDBPDatabase<Schema>) {}

  /** Rejects where the browser allows no storage (some private windows). */
  static async open(name: string = NAMES.digitCheckpoints): Promise<CheckpointStore> {
    const database = await openDB<Schema>(name, 1, {
      upgrade(db) {
        db.createObjectStore('checkpoints', { keyPath: 'run' });
        db.createObjectStore('seen');
      },
      // Another tab wants a newer version: let it.
      blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
    });
    return new CheckpointStore(database);
  }

  async save(run: string, state: TrainerState, settings: unknown, now = Date.now()): Promise<void> {
    const transaction = this.database.transaction(['checkpoints', 'seen'], 'readwrite');
    await Promise.all([
      transaction.objectStore('checkpoints').put({ run, settings, state, savedAt: now }),
      raise(transaction.objectStore('seen'), run, state.step),
      transaction.done,
    ]);
  }

  /** Call before a step's results are shown: should the page die now, the step has still been paid for. */
  async markSeen(run: string, step: number): Promise<void> {
    const transaction = this.database.transaction('seen', 'readwrite');
    await Promise.all([raise(transaction.store, run, step), transaction.done]);
  }

  /** The checkpoint and the last step seen, for `trainer.restore(state, seenStep)`. */
  async find(run: string): Promise<(Checkpoint & { seenStep: number }) | undefined> {
    const transaction = this.database.transaction(['checkpoints', 'seen']);
    const [checkpoint, seen] = await Promise.all([
      transaction.objectStore('checkpoints').get(run),
      transaction.objectStore('seen').get(run),
    ]);
    return checkpoint && { ...checkpoint, seenStep: Math.max(seen ?? 0, checkpoint.state.step) };
  }

  /** Runs that could go on, the newest first. */
  async list(): Promise<Checkpoint[]> {
    const all = await this.database.getAll('checkpoints');
    return all.sort((a, b) => b.savedAt - a.savedAt);
  }

  async remove(run: string): Promise<void> {
    const transaction = this.database.transaction(['checkpoints', 'seen'], 'readwrite');
    await Promise.all([
      transaction.objectStore('checkpoints').delete(run),
      transaction.objectStore('seen').delete(run),
      transaction.done,
    ]);
  }

  close(): void {
    this.database.close();
  }
}

interface SeenStore {
  get(run: string): Promise<number | undefined>;
  put(step: number, run: string): Promise<string>;
}

/** Never lowers: what has been seen stays seen. */
async function raise(store: SeenStore, run: string, step: number): Promise<void> {
  const before = await store.get(run);
  if (before === undefined || before < step) await store.put(step, run);
}
