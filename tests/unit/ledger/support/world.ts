/**
 * A small world with one disk, several processes, and faults at every `await`.
 *
 * A killed process does not throw: it never goes on. Every promise it waits for stays pending, as in a terminated
 * worker, so no `catch` or `finally` of the code under test can tidy up after its own death.
 */
import type { LedgerChannel, LedgerMessage } from '@/lib/ledger/channel';
import { StorageFailure } from '@/lib/ledger/errors';
import { createId } from '@/lib/ledger/ids';
import { joinRecords } from '@/lib/ledger/join';
import { Ledger } from '@/lib/ledger/ledger';
import { type Locks, localLocks } from '@/lib/ledger/locks';
import { type LedgerRecords, NO_RECORDS } from '@/lib/ledger/schema';
import {
  checkPreconditions,
  type LedgerStorage,
  type StoredLedger,
  type Version,
  type WriteOptions,
} from '@/lib/ledger/storage';

const NEVER = new Promise<never>(() => {});

/** What survives everything but being cleared. */
class Disk {
  ledgerId = createId('ledger');
  records: LedgerRecords = NO_RECORDS;
  revision = 0;
  full = false;
  unavailable = false;

  clear(): void {
    this.ledgerId = createId('ledger');
    this.records = NO_RECORDS;
    this.revision = 0;
  }
}

export class World {
  readonly disk = new Disk();
  readonly processes: Process[] = [];
  /** Turns that a message takes. A step takes 10. */
  messageLatency = 5;
  readonly #locks = new Map<string, { owner: Process; done: Promise<void> }[]>();

  /** @param webLocks false: as on plain http, where tabs cannot lock each other out */
  process(gate?: Gate, webLocks = true): Process {
    const process = new Process(this, gate ?? new Gate(), webLocks);
    this.processes.push(process);
    return process;
  }

  /** The browser's lock manager: frees what a dead process held. */
  async request<T>(owner: Process, name: string, work: () => Promise<T>): Promise<T> {
    const queue = this.#locks.get(name) ?? [];
    this.#locks.set(name, queue);
    let finish = () => {};
    const entry = { owner, done: new Promise<void>((resolve) => (finish = resolve)) };
    const before = [...queue];
    queue.push(entry);
    for (const { owner: other, done } of before) await Promise.race([done, other.died]);
    try {
      return await work();
    } finally {
      finish();
      queue.splice(queue.indexOf(entry), 1);
    }
  }

  heldLocks(): Set<string> {
    const held = new Set<string>();
    for (const [name, queue] of this.#locks) if (queue.some(({ owner }) => !owner.dead)) held.add(name);
    return held;
  }

  broadcast(from: Process, message: LedgerMessage): void {
    for (const process of this.processes) {
      if (process === from || process.dead || process.isolated) continue;
      // Delivered later, as a copy, and not at all if the sender dies before it is out of the door.
      const copy = structuredClone(message);
      void settleDown(this.messageLatency).then(() => {
        if (!from.dead && !process.dead) process.channel.onMessage?.(copy);
      });
    }
  }
}

/** Counts the awaits of a process and lets a test strike at one of them. */
export class Gate {
  passed = 0;
  readonly names: string[] = [];

  constructor(
    readonly strikeAt = Number.POSITIVE_INFINITY,
    readonly strike: (process: Process) => void = (process) => process.kill(),
  ) {}

  async pass(process: Process, name: string): Promise<void> {
    this.passed += 1;
    this.names.push(name);
    if (this.passed === this.strikeAt) this.strike(process);
    // A step takes longer than a message to another page.
    await settleDown(name.startsWith('step') ? 10 : 1);
    // Another branch of the same process may have been struck meanwhile.
    if (process.dead) await NEVER;
  }
}

export class Process {
  dead = false;
  /** Hears no other process. */
  isolated = false;
  #die = () => {};
  readonly died = new Promise<void>((resolve) => {
    this.#die = resolve;
  });
  readonly channel: LedgerChannel;
  readonly storage: GatedStorage;
  readonly ledger: Ledger;

  constructor(
    readonly world: World,
    readonly gate: Gate,
    webLocks: boolean,
  ) {
    const channel: LedgerChannel = {
      onMessage: null,
      post: (message) => {
        if (!this.dead && !this.isolated) world.broadcast(this, message);
      },
      close: () => {},
    };
    this.channel = channel;
    this.storage = new GatedStorage(this);
    const locks: Locks = {
      exclusive: async (name, work) => {
        await this.await('lock');
        return world.request(this, name, work);
      },
      hold: async (name) => {
        await this.await('hold');
        let release = () => {};
        await new Promise<void>((granted) => {
          void world.request(this, name, () => {
            granted();
            return new Promise<void>((done) => (release = done));
          });
        });
        return () => release();
      },
      held: async () => {
        await this.await('held');
        return world.heldLocks();
      },
    };
    this.ledger = new Ledger({
      storage: this.storage,
      locks: webLocks ? locks : localLocks(),
      channel,
      version: 'test',
      answerWithinMs: 2,
    });
  }

  /** One await, at which a test may strike. */
  await(name: string): Promise<void> {
    return this.gate.pass(this, name);
  }

  kill(): void {
    this.dead = true;
    this.#die();
  }

  async open(): Promise<Ledger> {
    await this.ledger.open();
    await this.ledger.settleInterrupted();
    return this.ledger;
  }
}

class GatedStorage implements LedgerStorage {
  readonly durable = true;
  onLost: (() => void) | null = null;
  readonly #process: Process;

  constructor(process: Process) {
    this.#process = process;
  }

  get #disk(): Disk {
    return this.#process.world.disk;
  }

  async read(): Promise<StoredLedger> {
    await this.#process.await('read:before');
    if (this.#disk.unavailable) throw new StorageFailure('unavailable', 'no storage');
    const { records, ledgerId, revision } = this.#disk;
    const stored = { ...records, ledgerId, revision, since: '2026-01-01T00:00:00.000Z' };
    await this.#process.await('read:after');
    return stored;
  }

  async write(records: Partial<LedgerRecords>, options: WriteOptions = {}): Promise<Version> {
    await this.#process.await('write:before');
    if (this.#disk.unavailable) throw new StorageFailure('unavailable', 'no storage');
    const disk = this.#disk;
    const known = new Map(disk.records.events.map((event) => [event.id, event]));
    const graves = new Set(disk.records.tombstones.flatMap((tombstone) => tombstone.events));
    checkPreconditions(disk, (id) => graves.has(id) || (known.get(id)?.closing ?? null) !== null, options);
    if (disk.full) throw new StorageFailure('quota', 'the disk is full');
    disk.records = joinRecords(disk.records, records);
    disk.revision += 1;
    const version = { ledgerId: disk.ledgerId, revision: disk.revision };
    await this.#process.await('write:after');
    return version;
  }

  close(): void {}
}

/** Lets every process do what it can still do. */
export async function settleDown(turns = 200): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
}
