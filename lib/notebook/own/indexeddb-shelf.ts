/** Notebooks in IndexedDB, with news between tabs. One read-write transaction a save, so that two tabs never save at once. */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { NAMES } from '@/lib/kept';
import type { NotebookDocument } from './document';
import type { RunRow } from './run-table';
import { decide, type Kept, listed, MemoryShelf, newestFirst, type Saved, type Shelf } from './shelf';
import { MOST_NOTEBOOKS_SHOWN, type ShownByPlace, withoutPictures } from './shown';

interface NotebookDatabase extends DBSchema {
  notebooks: { key: string; value: Kept };
  runs: { key: string; value: readonly RunRow[] };
  shown: { key: string; value: ShownByPlace };
}

interface News {
  id: string;
  revision: number | null;
}

/** Milliseconds after which a database that does not open counts as unavailable. */
const OPEN_WITHIN = 5000;
const NAME = NAMES.notebooks;

class IndexedDbShelf implements Shelf {
  readonly fleeting = null;
  readonly #database: IDBPDatabase<NotebookDatabase>;
  readonly #channel: BroadcastChannel | null;
  readonly #listeners = new Set<(id: string, revision: number | null) => void>();

  constructor(database: IDBPDatabase<NotebookDatabase>, channel: BroadcastChannel | null) {
    this.#database = database;
    this.#channel = channel;
    if (channel)
      channel.onmessage = ({ data }: MessageEvent<News>) => {
        for (const heard of this.#listeners) heard(data.id, data.revision);
      };
  }

  async list() {
    return (await this.#database.getAll('notebooks')).map(listed).sort(newestFirst);
  }

  async load(id: string) {
    return (await this.#database.get('notebooks', id)) ?? null;
  }

  async save(document: NotebookDocument, basis: number | null): Promise<Saved> {
    const transaction = this.#database.transaction('notebooks', 'readwrite');
    const stored = await transaction.store.get(document.id);
    const { outcome, write } = decide(stored, document, basis, new Date());
    if (write) await transaction.store.put(write, document.id);
    await transaction.done;
    if (write) this.#tell({ id: document.id, revision: write.revision });
    return outcome;
  }

  async remove(id: string) {
    const transaction = this.#database.transaction('notebooks', 'readwrite');
    const kept = (await transaction.store.get(id)) ?? null;
    await transaction.store.delete(id);
    await transaction.done;
    this.#tell({ id, revision: null });
    return kept;
  }

  async runs(id: string) {
    return [...((await this.#database.get('runs', id)) ?? [])];
  }

  async saveRuns(id: string, rows: readonly RunRow[]) {
    await this.#database.put('runs', rows, id);
  }

  async changeRuns(id: string, change: (rows: readonly RunRow[] | null) => readonly RunRow[]) {
    const transaction = this.#database.transaction('runs', 'readwrite');
    const rows = change((await transaction.store.get(id)) ?? null);
    await transaction.store.put(rows, id);
    await transaction.done;
    return rows;
  }

  async shown(id: string) {
    return (await this.#database.get('shown', id)) ?? {};
  }

  async changeShown(id: string, change: (shown: ShownByPlace | null) => ShownByPlace) {
    const transaction = this.#database.transaction('shown', 'readwrite');
    const shown = change((await transaction.store.get(id)) ?? null);
    await transaction.store.put(shown, id);
    await transaction.done;
    return shown;
  }

  listen(heard: (id: string, revision: number | null) => void) {
    this.#listeners.add(heard);
    return () => this.#listeners.delete(heard);
  }

  /**
   * Runs stay for a while, should their notebook be put back; those without one go when the lab is opened next. So does what cells showed,
   * of which notebooks that nobody has changed for long keep the words alone.
   */
  async sweep() {
    const transaction = this.#database.transaction(['notebooks', 'runs', 'shown'], 'readwrite');
    const newest = (await transaction.objectStore('notebooks').getAll()).map(listed).sort(newestFirst);
    const kept = new Set(newest.map(({ id }) => id));
    for (const name of ['runs', 'shown'] as const)
      for (const id of await transaction.objectStore(name).getAllKeys())
        if (!kept.has(id)) await transaction.objectStore(name).delete(id);
    const shown = transaction.objectStore('shown');
    for (const { id } of newest.slice(MOST_NOTEBOOKS_SHOWN)) {
      const all = await shown.get(id);
      if (all) await shown.put(withoutPictures(all), id);
    }
    await transaction.done;
  }

  #tell(news: News): void {
    this.#channel?.postMessage(news);
  }
}

function channelOf(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    // Some sandboxed frames have none: then this page is alone.
    return null;
  }
}

/** @throws if the database does not open, or not in time */
export async function openIndexedDbShelf(name: string = NAME): Promise<Shelf> {
  const opening = openDB<NotebookDatabase>(name, 2, {
    upgrade(database, from) {
      if (from < 1) {
        database.createObjectStore('notebooks');
        database.createObjectStore('runs');
      }
      if (from < 2) database.createObjectStore('shown');
    },
    // Another tab deletes or upgrades the database: step aside, or it would wait for ever.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it did not open in time')), OPEN_WITHIN);
  });
  try {
    const shelf = new IndexedDbShelf(await Promise.race([opening, late]), channelOf(name));
    await shelf.sweep();
    return shelf;
  } catch (error) {
    opening.then(
      (database) => database.close(),
      () => {},
    );
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** The shelf of this browser; where it keeps nothing, one that lasts as long as the page and says so. */
export async function openShelf(): Promise<Shelf> {
  try {
    if (typeof indexedDB === 'undefined') throw new Error('it has no database here');
    return await openIndexedDbShelf();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return new MemoryShelf(why);
  }
}
