/**
 * Records in IndexedDB, committed with `durability: 'strict'`: the browser hands them to the disk before it says so.
 *
 * A read-write transaction excludes every other one on the same stores, in every tab and worker, so joining inside
 * one is enough for nothing to be lost. https://w3c.github.io/IndexedDB/#transaction-lifecycle
 */

import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import * as z from 'zod';
import { NAMES } from '@/lib/kept';
import { type Damaged, isSound, readAside, sortOut } from './damaged';
import { LedgerError, StorageFailure } from './errors';
import { createId } from './ids';
import { forgottenEvents, joinOwnAccounts, joinOwnEvents, joinRecords } from './join';
import { type Account, type LedgerEvent, type LedgerRecords, NO_RECORDS, type Tombstone } from './schema';
import {
  checkPreconditions,
  type LedgerStorage,
  type StoredLedger,
  type Version,
  type WriteOptions,
} from './storage';

interface LedgerDatabase extends DBSchema {
  accounts: { key: string; value: Account };
  events: { key: string; value: LedgerEvent };
  tombstones: { key: string; value: Tombstone };
  /** The header under `ledger`; under other keys what was set aside. */
  meta: { key: string; value: Header | Damaged };
}

type Header = z.infer<typeof headerSchema>;

const headerSchema = z.object({ ledgerId: z.string(), since: z.iso.datetime(), revision: z.int().min(0) });
/** Keys of what was set aside begin so. */
const ASIDE = 'aside-';

const STORES = ['accounts', 'events', 'tombstones', 'meta'] as const;

export interface IndexedDbOptions {
  /** Of the database. */
  name?: string;
  /** Milliseconds after which a database that does not open counts as unavailable. */
  openTimeout?: number;
  now?: () => Date;
}

export class IndexedDbStorage implements LedgerStorage {
  readonly durable = true;
  onLost: (() => void) | null = null;
  readonly #name: string;
  readonly #openTimeout: number;
  readonly #now: () => Date;
  #database: Promise<IDBPDatabase<LedgerDatabase>> | null = null;
  #closed = false;

  constructor(options: IndexedDbOptions = {}) {
    this.#name = options.name ?? NAMES.ledger;
    this.#openTimeout = options.openTimeout ?? 5000;
    this.#now = options.now ?? (() => new Date());
  }

  async read(): Promise<StoredLedger> {
    return this.#attempt(async (database) => {
      const transaction = database.transaction(STORES, 'readonly');
      const found = await readInside(transaction);
      await transaction.done;
      if (found.header !== null && !found.mends) return asStored(found, found.header);
      return this.#mend(database, found);
    });
  }

  /** Sets aside what is no record, takes back what has become one, and gives a ledger without a header a new one. */
  async #mend(database: IDBPDatabase<LedgerDatabase>, before: Found): Promise<StoredLedger> {
    const transaction = database.transaction(STORES, 'readwrite', { durability: 'strict' });
    transaction.done.catch(() => {});
    try {
      // Anew, for another tab may have mended it by now.
      const found = await readInside(transaction);
      await mendInside(transaction, found, this.#now().toISOString());
      const mended = await readInside(transaction);
      await transaction.done;
      return asStored(mended, mended.header ?? newHeader(found, this.#now().toISOString()));
    } catch (error) {
      // A full disk: what can be read is read all the same.
      if (before.header === null) throw error;
      return asStored(before, before.header);
    }
  }

  async write(records: Partial<LedgerRecords>, options: WriteOptions = {}): Promise<Version> {
    return this.#attempt(async (database) => {
      const transaction = database.transaction(STORES, 'readwrite', { durability: 'strict' });
      // An aborted transaction rejects here as well as at the request that failed; the latter tells more.
      transaction.done.catch(() => {});
      try {
        const version = await writeInside(transaction, records, options);
        await transaction.done;
        return version;
      } catch (error) {
        // A request that failed has aborted already; a broken precondition has not.
        try {
          transaction.abort();
        } catch {}
        throw error instanceof DOMException && error.name === 'AbortError'
          ? (transaction.error ?? error)
          : error;
      }
    });
  }

  close(): void {
    this.#closed = true;
    this.#database?.then(
      (database) => database.close(),
      () => {},
    );
    this.#database = null;
  }

  /** Runs once more on a fresh connection if the browser had closed the old one. */
  async #attempt<T>(work: (database: IDBPDatabase<LedgerDatabase>) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await work(await this.#open());
      } catch (error) {
        const connectionGone = error instanceof DOMException && error.name === 'InvalidStateError';
        if (!connectionGone || attempt > 0 || this.#closed) throw asStorageFailure(error);
        this.#database = null;
      }
    }
  }

  #open(): Promise<IDBPDatabase<LedgerDatabase>> {
    if (this.#closed) return Promise.reject(new StorageFailure('unavailable', 'the ledger was closed'));
    this.#database ??= this.#connect().catch((error: unknown) => {
      this.#database = null;
      throw asStorageFailure(error);
    });
    return this.#database;
  }

  async #connect(): Promise<IDBPDatabase<LedgerDatabase>> {
    if (typeof indexedDB === 'undefined')
      throw new StorageFailure('unavailable', 'this browser has no IndexedDB here');
    const since = this.#now().toISOString();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const lost = () => {
      this.#database = null;
      if (!this.#closed) this.onLost?.();
    };
    const opening = openDB<LedgerDatabase>(this.#name, 1, {
      upgrade(database, _old, _new, transaction) {
        database.createObjectStore('accounts', { keyPath: 'id' });
        database.createObjectStore('events', { keyPath: 'id' });
        database.createObjectStore('tombstones', { keyPath: 'id' });
        database.createObjectStore('meta');
        transaction.objectStore('meta').put({ ledgerId: createId('ledger'), since, revision: 0 }, 'ledger');
      },
      // Another tab deletes or upgrades the database: step aside, or it would wait for ever.
      blocking: (_current, _blocked, event) => {
        (event.target as IDBDatabase).close();
        lost();
      },
      terminated: lost,
    });
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new StorageFailure('blocked', 'the ledger’s database did not open in time')),
        this.#openTimeout,
      );
    });
    try {
      return await Promise.race([opening, timeout]);
    } catch (error) {
      // If it opens after all, nobody waits for it any more.
      opening.then(
        (database) => database.close(),
        () => {},
      );
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

type WriteTransaction = IDBPTransaction<LedgerDatabase, typeof STORES, 'readwrite'>;

/** Only requests are awaited in here: awaiting anything else would let the transaction commit half-way. */
async function writeInside(
  transaction: WriteTransaction,
  records: Partial<LedgerRecords>,
  options: WriteOptions,
): Promise<Version> {
  const events = transaction.objectStore('events');
  const accounts = transaction.objectStore('accounts');
  const tombstones = transaction.objectStore('tombstones');
  const meta = headerIn(await transaction.objectStore('meta').get('ledger'));
  if (meta === null) throw new StorageFailure('failed', 'the ledger’s database has no header');
  const known = (await tombstones.getAll()).filter((value) => isSound('tombstones', value));
  const graves = joinRecords(
    { ...NO_RECORDS, tombstones: known },
    { tombstones: records.tombstones ?? [] },
  ).tombstones;
  const forgotten = forgottenEvents(graves);
  const open =
    options.openEvent === undefined ? undefined : sound('events', await events.get(options.openEvent));
  const isClosed = (id: string) => forgotten.has(id) || (open?.closing ?? null) !== null;
  checkPreconditions(meta, isClosed, options);
  if ((records.tombstones ?? []).length > 0) {
    for (const grave of graves) await tombstones.put(grave);
    for (const id of forgotten) await events.delete(id);
    const used = new Set((await events.getAll()).map((event) => event.account));
    for (const { account } of records.tombstones ?? [])
      if (!used.has(account)) await accounts.delete(account);
  }

  for (const event of records.events ?? []) {
    if (forgotten.has(event.id)) continue;
    const stored = sound('events', await events.get(event.id));
    await events.put(stored === undefined ? event : joinOwnEvents(stored, event));
  }
  for (const account of records.accounts ?? []) {
    const stored = sound('accounts', await accounts.get(account.id));
    await accounts.put(stored === undefined ? account : joinOwnAccounts(stored, account));
  }
  const revision = meta.revision + 1;
  await transaction.objectStore('meta').put({ ...meta, revision }, 'ledger');
  return { ledgerId: meta.ledgerId, revision };
}

/** A record as it is stored, or nothing where what is stored is none: then the one to be written takes its place. */
const sound = <T>(store: 'accounts' | 'events', value: T | undefined): T | undefined =>
  isSound(store, value) ? value : undefined;

function headerIn(value: unknown): Header | null {
  const { data } = headerSchema.safeParse(value);
  return data ?? null;
}

/** What the database holds. */
interface Found {
  header: Header | null;
  records: LedgerRecords;
  /** No records, and where they were found. */
  rest: ReturnType<typeof sortOut>['rest'];
  /** Set aside before, by key. */
  aside: Map<string, Damaged>;
  /** Whether something is to be set aside or to be taken back. */
  mends: boolean;
}

type Transaction = IDBPTransaction<LedgerDatabase, typeof STORES, 'readonly' | 'readwrite'>;

async function readInside(transaction: Transaction): Promise<Found> {
  const meta = transaction.objectStore('meta');
  const [accounts, events, tombstones, header, keys, values] = await Promise.all([
    transaction.objectStore('accounts').getAll(),
    transaction.objectStore('events').getAll(),
    transaction.objectStore('tombstones').getAll(),
    meta.get('ledger'),
    meta.getAllKeys(ASIDE_KEYS()),
    meta.getAll(ASIDE_KEYS()),
  ]);
  const { records, rest } = sortOut({ accounts, events, tombstones });
  const now = new Date().toISOString();
  const aside = new Map(keys.map((key, index) => [String(key), readAside(values[index], now)]));
  const canReturn = [...aside.values()].some(({ store, value }) => isSound(store, value));
  return { header: headerIn(header), records, rest, aside, mends: rest.length > 0 || canReturn };
}

const ASIDE_KEYS = () => IDBKeyRange.bound(ASIDE, `${ASIDE}\uffff`);

function asStored({ records, rest, aside }: Found, header: Header): StoredLedger {
  const found = new Date().toISOString();
  const damaged = [...aside.values(), ...rest.map((one) => ({ ...one, foundAt: found }))];
  return { ...joinRecords(records, NO_RECORDS), ...header, damaged };
}

/** It began when the first of its charges was made, or now. */
const newHeader = ({ records }: Found, now: string): Header => ({
  ledgerId: createId('ledger'),
  since: [now, ...records.events.map(({ at }) => at)].sort()[0] ?? now,
  revision: 0,
});

async function mendInside(transaction: WriteTransaction, found: Found, now: string): Promise<void> {
  const meta = transaction.objectStore('meta');
  for (const { store, value } of found.rest) {
    await meta.put({ store, value, foundAt: now }, `${ASIDE}${createId('record')}`);
    await transaction.objectStore(store).delete((value as { id: string }).id);
  }
  for (const [key, { store, value }] of found.aside) {
    if (!isSound(store, value)) continue;
    // What was written under its id since then holds at least as much.
    const objects = transaction.objectStore(store);
    if ((await objects.get((value as { id: string }).id)) === undefined) await objects.put(value as never);
    await meta.delete(key);
  }
  const header = found.header ?? newHeader(found, now);
  await meta.put({ ...header, revision: header.revision + 1 }, 'ledger');
}

function asStorageFailure(error: unknown): Error {
  if (error instanceof StorageFailure || error instanceof LedgerError || !(error instanceof DOMException))
    return error instanceof Error ? error : new StorageFailure('failed', String(error));
  // Chromium reports its own limit by name, and a disk that is really full as an unknown error with this text.
  if (error.name === 'QuotaExceededError' || /NO_SPACE/.test(error.message))
    return new StorageFailure('quota', error.message);
  if (error.name === 'SecurityError' || error.name === 'NotFoundError' || error.name === 'VersionError')
    return new StorageFailure('unavailable', error.message);
  return new StorageFailure('failed', `${error.name}: ${error.message}`);
}
