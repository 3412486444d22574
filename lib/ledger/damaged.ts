/**
 * Stored values that are no records: cut short by a crash, written by another version, changed by hand.
 *
 * One of them must not hide the others. It is set aside, as it was found, and stays in sight: what it had been charged is unknown, so
 * every total that it may belong to is a lower bound until it is read again (a newer version of the site may be able to).
 */
import * as z from 'zod';
import { accountSchema, eventFields, type LedgerRecords, tombstoneSchema } from './schema';

export type RecordStore = 'accounts' | 'events' | 'tombstones';

export interface Damaged {
  store: RecordStore;
  /** As it was found. */
  value: unknown;
  /** When. ISO 8601. */
  foundAt: string;
}

/**
 * An event is read by its fields alone: one whose parts contradict each other can still be counted, and is.
 */
const SCHEMAS: Readonly<Record<RecordStore, z.ZodType>> = {
  accounts: accountSchema,
  events: eventFields,
  tombstones: tombstoneSchema,
};

const asideSchema = z.object({
  store: z.enum(['accounts', 'events', 'tombstones']),
  value: z.unknown(),
  foundAt: z.iso.datetime().nullish().catch(null),
});

/**
 * One that was set aside, as it is stored. Where that itself was damaged, what it had been is unknown: it counts as a charge.
 * @param now ISO 8601, where it does not say when it was found
 */
export function readAside(stored: unknown, now: string): Damaged {
  const { data } = asideSchema.safeParse(stored);
  return data === undefined
    ? { store: 'events', value: stored, foundAt: now }
    : { store: data.store, value: data.value, foundAt: data.foundAt ?? now };
}

export const isSound = (store: RecordStore, value: unknown): boolean =>
  SCHEMAS[store].safeParse(value).success;

/** Values of each store, as they came from outside. */
export type FoundRecords = Readonly<Record<RecordStore, readonly unknown[]>>;

/** The records among what was found, and the rest. */
export function sortOut(found: FoundRecords): { records: LedgerRecords; rest: Omit<Damaged, 'foundAt'>[] } {
  const rest: Omit<Damaged, 'foundAt'>[] = [];
  const soundOf = (store: RecordStore) =>
    found[store].filter((value) => {
      const sound = isSound(store, value);
      if (!sound) rest.push({ store, value });
      return sound;
    });
  const records = {
    accounts: soundOf('accounts'),
    events: soundOf('events'),
    tombstones: soundOf('tombstones'),
  } as unknown as LedgerRecords;
  return { records, rest };
}

/** The account that a damaged event names, or null where not even that can be read. */
function accountOf({ value }: Damaged): string | null {
  const named =
    typeof value === 'object' && value !== null && 'account' in value
      ? (value as { account: unknown }).account
      : null;
  return typeof named === 'string' ? named : null;
}

/** Whether the same event is known whole: another tab remembered it, or a file brought it back. */
function isKnown({ value }: Damaged, events: ReadonlySet<string>): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && events.has(String(value.id));
}

/** What could not be read, beside the records that could. */
export interface Unread extends LedgerRecords {
  readonly damaged: readonly Damaged[];
}

/**
 * How many charges may be missing from the total of an account, because they or the account they name cannot be read.
 * @param account null: from all totals together
 */
export function unknownCharges({ accounts, events, damaged }: Unread, account: string | null): number {
  const known = new Set(accounts.map(({ id }) => id));
  const whole = new Set(events.map(({ id }) => id));
  const lost = damaged.filter((one) => one.store === 'events' && !isKnown(one, whole)).map(accountOf);
  if (account !== null)
    return lost.filter((named) => named === account || named === null || !known.has(named)).length;
  const orphans = events.filter((event) => !known.has(event.account));
  return lost.length + orphans.length;
}

/** Deeper than anything of ours by far. */
const DEEPEST = 40;

/**
 * Whatever a database can hold (circles, maps, bytes, numbers that are none) as JSON can: nothing is lost without a word about it.
 * @param around values that hold this one
 */
function asPlain(value: unknown, around: readonly unknown[] = []): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint' || value === undefined) return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (around.includes(value)) return '(a circle)';
  if (around.length >= DEEPEST) return '(deeper than is written)';
  const inside = [...around, value];
  const each = (one: unknown) => asPlain(one, inside);
  if (Array.isArray(value)) return Array.from(value, each);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Map) return { map: [...value].map(each) };
  if (value instanceof Set) return { set: [...value].map(each) };
  if (value instanceof ArrayBuffer) return { bytes: [...new Uint8Array(value)] };
  if (ArrayBuffer.isView(value))
    return { bytes: [...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)] };
  if (value instanceof Error) return { error: String(value) };
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, each(one)]));
}

/** What was set aside, for a file: nothing in it is checked or put right. */
export function toDamagedFile(damaged: readonly Damaged[]): string {
  return `${JSON.stringify({ format: 'epsilon-playground-set-aside', records: asPlain(damaged) }, null, 2)}\n`;
}
