/**
 * The records as this page knows them, kept in step with the disk and with every other page of the site.
 *
 * What is remembered is always the join of what was stored and what was heard. So a disk that is full, a database that
 * is cleared and a window without storage all come to the same: the page goes on counting from memory, says so, and
 * writes everything down as soon as it can.
 */
import { canonicalJson } from './canonical';
import type { LedgerChannel, LedgerMessage } from './channel';
import { type Damaged, sortOut } from './damaged';
import { ConflictError, StorageFailure, type StorageFailureCause } from './errors';
import { createId } from './ids';
import { joinRecords } from './join';
import type { Locks } from './locks';
import { type LedgerRecords, NO_RECORDS } from './schema';
import { checkPreconditions, type LedgerStorage, type Version, type WriteOptions } from './storage';

/** Where the records are kept, said to the learner whenever it is not the disk. */
export interface LedgerStatus {
  /** False: counted in memory, gone when the last page of this site is closed. */
  durable: boolean;
  cause: StorageFailureCause | null;
  /** The database was deleted while this page was open, and the page wrote back what it remembered. */
  restored: boolean;
}

/** The ledger at one instant. Never changed once handed out. */
export interface LedgerSnapshot extends LedgerRecords {
  /** When this ledger began to count; it knows of nothing earlier. ISO 8601. */
  readonly since: string;
  readonly status: LedgerStatus;
  /** Runs that are open though nothing runs them: their page was closed or crashed. Charged whole. */
  readonly interrupted: ReadonlySet<string>;
  /** What is stored and could not be read: what it was charged is unknown. */
  readonly damaged: readonly Damaged[];
}

export interface StoreParts {
  /** Of this ledger among others in the same browser; only tests have others. */
  name: string;
  storage: LedgerStorage;
  locks: Locks;
  channel: LedgerChannel;
  now: () => Date;
  /** How long to wait for another page to answer, where there is no storage. Milliseconds. */
  answerWithinMs: number;
}

/** What a decision comes to: records to write, or none, and what to tell whoever asked. */
export interface Outcome<T> {
  records: Partial<LedgerRecords> | null;
  result: T;
}

/** After the browser refused to open the database, it is not asked again for this long. */
const RETRY_AFTER_MS = 30_000;

/** The lock that a run holds for as long as something runs it. */
export const runLock = (eventId: string): string => `epsilon-ledger-run:${eventId}`;

export class LedgerStore {
  readonly #name: string;
  readonly #storage: LedgerStorage;
  readonly #locks: Locks;
  readonly #channel: LedgerChannel;
  readonly #now: () => Date;
  readonly #answerWithinMs: number;
  readonly #listeners = new Set<() => void>();
  readonly #awaited = new Map<string, () => void>();

  #records: LedgerRecords = NO_RECORDS;
  #stored: Version | null = null;
  #since: string;
  #status: LedgerStatus = { durable: true, cause: null, restored: false };
  #interrupted: ReadonlySet<string> = new Set();
  #damaged: readonly Damaged[] = [];
  /** Milliseconds; long ago where it never rested. */
  #restsSince = Number.NEGATIVE_INFINITY;
  #heardOthers = false;
  #calledOut = false;
  #snapshot: LedgerSnapshot | null = null;

  constructor({ name, storage, locks, channel, now, answerWithinMs }: StoreParts) {
    this.#name = name;
    this.#storage = storage;
    this.#locks = locks;
    this.#channel = channel;
    this.#now = now;
    this.#answerWithinMs = answerWithinMs;
    this.#since = now().toISOString();
    channel.onMessage = (message) => this.#hear(message);
    storage.onLost = () => void this.refresh().catch(() => {});
  }

  get records(): LedgerRecords {
    return this.#records;
  }

  snapshot(): LedgerSnapshot {
    if (this.#snapshot === null) {
      const open = this.#records.events.filter((event) => event.closing === null);
      const interrupted = open.filter((event) => this.#interrupted.has(event.id)).map((event) => event.id);
      this.#snapshot = {
        ...this.#records,
        since: this.#since,
        status: this.#status,
        interrupted: new Set(interrupted),
        damaged: this.#damaged,
      };
    }
    return this.#snapshot;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reads what is stored; without storage, asks the other pages what they know. */
  async open(): Promise<void> {
    await this.refresh();
    if (!this.#status.durable) await this.#ask('hello', { type: 'hello' });
  }

  /** Reads what is stored, and writes back what this page remembers and the disk has lost. */
  async refresh(): Promise<void> {
    if (this.#rests()) return;
    try {
      const stored = await this.#storage.read();
      const wasDeleted = this.#stored !== null && this.#stored.ledgerId !== stored.ledgerId;
      const joined = joinRecords(stored, this.#records);
      const isMissing = isAhead(joined, stored);
      this.#stored = { ledgerId: stored.ledgerId, revision: stored.revision };
      this.#records = joined;
      this.#damaged = stored.damaged ?? [];
      if (stored.since < this.#since) this.#since = stored.since;
      if (isMissing) this.#stored = await this.#storage.write(joined);
      const restored = this.#status.restored || (wasDeleted && isMissing);
      this.#status = { durable: true, cause: null, restored };
      const live = await this.#locks.held();
      if (live !== null) this.#interrupted = openWithout(live, joined);
    } catch (error) {
      this.#fallBack(error);
    }
    this.#changed();
  }

  /** Reads, decides and writes as one: if another tab wrote in between, reads and decides again. */
  async decide<T>(make: () => Promise<Outcome<T>>): Promise<T> {
    return this.#locks.exclusive(`${this.#name}-writer`, async () => {
      for (;;) {
        await this.refresh();
        const basis = this.#status.durable ? this.#stored : null;
        const { records, result } = await make();
        if (records === null) return result;
        try {
          await this.commit(records, basis === null ? {} : { unchangedSince: basis });
          return result;
        } catch (error) {
          if (!(error instanceof ConflictError)) throw error;
        }
      }
    });
  }

  /** Writes records where they survive, or, failing that, where other pages can see them; then shows them. */
  async commit(records: Partial<LedgerRecords>, options: WriteOptions = {}): Promise<void> {
    if (await this.#store(records, options)) {
      this.#apply(records);
      this.#channel.post({ type: 'records', records, acknowledge: null });
      return;
    }
    const isClosed = (id: string) =>
      (this.#records.events.find((event) => event.id === id)?.closing ?? null) !== null;
    checkPreconditions({ ledgerId: '', revision: 0 }, isClosed, { ...options, unchangedSince: undefined });
    this.#apply(records);
    // A worker may be killed at any time, and its memory with it: go on only when another page has the charge too.
    if (!this.#heardOthers && !this.#calledOut) await this.#ask('hello', { type: 'hello' });
    this.#calledOut = true;
    const id = createId('message');
    const message = { type: 'records', records, acknowledge: id } as const;
    if (this.#heardOthers) await this.#ask(id, message);
    else this.#channel.post(message);
  }

  close(): void {
    this.#listeners.clear();
    this.#channel.close();
    this.#storage.close();
  }

  /** Whether the records were stored. False: they can only be remembered. */
  async #store(records: Partial<LedgerRecords>, options: WriteOptions): Promise<boolean> {
    while (!this.#rests()) {
      const sameLedger = this.#stored && { ledgerId: this.#stored.ledgerId, revision: null };
      const basis = options.unchangedSince ?? sameLedger ?? undefined;
      // What memory alone holds goes along, so that a disk that comes back gets all of it at once.
      const all = this.#status.durable ? records : joinRecords(this.#records, records);
      try {
        this.#stored = await this.#storage.write(all, { ...options, unchangedSince: basis });
        this.#status = { ...this.#status, durable: true, cause: null };
        return true;
      } catch (error) {
        if (error instanceof ConflictError && options.unchangedSince === undefined) {
          // The database was deleted under our feet: put back what we remember, then write.
          await this.refresh();
          continue;
        }
        this.#fallBack(error);
        return false;
      }
    }
    return false;
  }

  /** Counts in memory from now on if that is what the error means; throws it on if not. */
  #fallBack(error: unknown): void {
    if (!(error instanceof StorageFailure)) throw error;
    // A full disk closes the database, and opening it then fails for no stated reason: the first reason was the right one.
    const cause = error.why === 'failed' && this.#status.cause === 'quota' ? 'quota' : error.why;
    if (cause === 'unavailable' || cause === 'blocked') this.#restsSince = this.#now().getTime();
    this.#status = { ...this.#status, durable: false, cause };
    this.#changed();
  }

  /** Whether storage was unavailable a moment ago, so that asking again would only cost time. */
  #rests(): boolean {
    const rested = this.#now().getTime() - this.#restsSince;
    // A clock that was set back says nothing of how long it was.
    return rested >= 0 && rested < RETRY_AFTER_MS;
  }

  #hear(message: LedgerMessage): void {
    this.#heardOthers = true;
    this.#awaited.get('hello')?.();
    if (message.type === 'acknowledged') this.#awaited.get(message.id)?.();
    else if (message.type === 'hello')
      this.#channel.post({ type: 'records', records: this.#records, acknowledge: null });
    else {
      // Another version of the site may speak otherwise.
      const { accounts = [], events = [], tombstones = [] } = message.records;
      this.#apply(sortOut({ accounts, events, tombstones }).records);
      if (message.acknowledge === null) return;
      this.#channel.post({ type: 'acknowledged', id: message.acknowledge });
      // Whoever asks could not store it. Perhaps this page can.
      void this.refresh().catch(() => {});
    }
  }

  /** Posts a message and waits for the answer, but not for long. */
  async #ask(id: string, message: LedgerMessage): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#answerWithinMs);
      this.#awaited.set(id, () => {
        clearTimeout(timer);
        resolve();
      });
      this.#channel.post(message);
    });
    this.#awaited.delete(id);
  }

  #apply(records: Partial<LedgerRecords>): void {
    this.#records = joinRecords(this.#records, records);
    this.#changed();
  }

  #changed(): void {
    this.#snapshot = null;
    for (const listener of this.#listeners) listener();
  }
}

/** The open runs whose lock nobody holds. */
export function openWithout(live: ReadonlySet<string>, { events }: LedgerRecords): Set<string> {
  const open = events.filter((event) => event.closing === null && !live.has(runLock(event.id)));
  return new Set(open.map((event) => event.id));
}

/** Whether `known` holds anything that `stored` does not. */
function isAhead(known: LedgerRecords, stored: LedgerRecords): boolean {
  const texts = ({ accounts, events, tombstones }: LedgerRecords) =>
    [...accounts, ...events, ...tombstones].map((record) => canonicalJson(record));
  const onDisk = new Set(texts(stored));
  return texts(known).some((text) => !onDisk.has(text));
}
