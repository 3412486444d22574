/**
 * The door to whatever keeps the records: small, so that tests can pull the plug behind every `await`.
 *
 * A storage joins, it never replaces: writing an old version of a record cannot undo a newer one.
 */
import type { Damaged } from './damaged';
import { ConflictError, LedgerError } from './errors';
import type { LedgerRecords } from './schema';

export interface StoredLedger extends LedgerRecords {
  /** Made anew with the database: a different one means that the old one was deleted. */
  readonly ledgerId: string;
  /** When this ledger began to count. */
  readonly since: string;
  /** Grows with every write. */
  readonly revision: number;
  /** What is stored and could not be read; nothing where the storage cannot hold such a thing. */
  readonly damaged?: readonly Damaged[];
}

/** Which state of the ledger a decision was based on. */
export type Version = Pick<StoredLedger, 'ledgerId' | 'revision'>;

export interface WriteOptions {
  /** Abort unless this is the ledger that was read; with a revision, unless nobody has written since. */
  readonly unchangedSince?: { ledgerId: string; revision: number | null } | undefined;
  /** Abort if this run has been closed or forgotten. */
  readonly openEvent?: string;
}

export interface LedgerStorage {
  /** Whether records outlive this page. */
  readonly durable: boolean;

  /** Everything, as of one instant. */
  read(): Promise<StoredLedger>;

  /**
   * Joins the records into what is stored, all or none of them, and deletes what a tombstone names. Resolves once
   * that would survive a crash.
   * @throws ConflictError if `unchangedSince` does not hold, LedgerError `run-closed` if `openEvent` does not,
   *   StorageFailure if the browser would not store
   */
  write(records: Partial<LedgerRecords>, options?: WriteOptions): Promise<Version>;

  /** Called when the browser takes the database away: cleared, deleted from another tab, or lost. */
  onLost: (() => void) | null;

  close(): void;
}

/** Throws unless what the writer relied on still holds. For use inside a storage's transaction. */
export function checkPreconditions(
  stored: Version,
  isClosed: (eventId: string) => boolean,
  { unchangedSince, openEvent }: WriteOptions,
): void {
  if (unchangedSince !== undefined) {
    const { ledgerId, revision } = unchangedSince;
    if (ledgerId !== stored.ledgerId || (revision ?? stored.revision) !== stored.revision)
      throw new ConflictError();
  }
  if (openEvent !== undefined && isClosed(openEvent)) throw runClosed(openEvent);
}

export function runClosed(eventId: string): LedgerError {
  return new LedgerError(
    'run-closed',
    `The run ${eventId} has been closed in the ledger, so no further step of it may run.`,
    'Start a new run: it will be charged on its own.',
  );
}
