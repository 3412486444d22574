/**
 * The ledger as one JSON file.
 *
 * The checksum is the SHA-256 of the canonical JSON of everything else in the file, so spaces and key order may change
 * on the way, and nothing else. It guards against damage, not against malice: whoever edits a file on purpose can
 * compute a new one. What a malicious file cannot do is in `import.ts`: lower a charge that is known here.
 */
import * as z from 'zod';
import { canonicalJson, sha256Of } from './canonical';
import { LedgerError } from './errors';
import { accountSchema, eventSchema, LEDGER_SCHEMA_VERSION, type LedgerRecords } from './schema';

export const LEDGER_FORMAT = 'epsilon-playground-ledger';
/** Characters; some 20,000 events. */
export const MAX_FILE_LENGTH = 64 * 1024 * 1024;

export interface LedgerFile {
  accounts: LedgerRecords['accounts'];
  events: LedgerRecords['events'];
}

export interface ExportOptions {
  /** Only this account. */
  account?: string;
  exportedAt: string;
  /** Of this software. */
  version: string;
  /** Of the private events, by their ids: for readers, never read back. */
  labels?: ReadonlyMap<string, LabelInFile>;
}

/** The privacy label of an event, as the site's own card has it. The ledger does not make labels: it lies below what they are made of. */
export interface LabelInFile {
  label: object;
  /** The same in words, for a table: field by field, in one order for all labels. */
  fields: readonly (readonly [name: string, says: string | readonly string[]])[];
}

const recordsSchema = z.strictObject({
  accounts: z.array(accountSchema).max(10_000),
  events: z.array(eventSchema).max(1_000_000),
});

const headerSchema = z.looseObject({
  format: z.literal(LEDGER_FORMAT),
  schema: z.int().positive(),
  checksum: z.string(),
});

const fileSchema = recordsSchema.extend({
  format: z.literal(LEDGER_FORMAT),
  schema: z.literal(LEDGER_SCHEMA_VERSION),
  exportedAt: z.string().max(40),
  version: z.string().max(60),
  labels: z.record(z.string(), z.unknown()).optional(),
  checksum: z.string(),
});

/** The records of one account, or of all; sorted, so that the same ledger gives the same file. */
export function recordsToExport(records: LedgerRecords, account?: string): LedgerFile {
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  const byTime = (a: { at: string; id: string }, b: { at: string; id: string }) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : byId(a, b);
  const wanted = (id: string) => account === undefined || id === account;
  return {
    accounts: records.accounts.filter((candidate) => wanted(candidate.id)).sort(byId),
    events: records.events.filter((event) => wanted(event.account)).sort(byTime),
  };
}

export function toJsonFile(
  records: LedgerRecords,
  { account, exportedAt, version, labels }: ExportOptions,
): string {
  const file = recordsToExport(records, account);
  const labelled = file.events.flatMap(({ id }) => {
    const label = labels?.get(id)?.label;
    return label ? [[id, label] as const] : [];
  });
  const body = {
    format: LEDGER_FORMAT,
    schema: LEDGER_SCHEMA_VERSION,
    exportedAt,
    version,
    ...file,
    ...(labelled.length > 0 ? { labels: Object.fromEntries(labelled) } : {}),
  };
  return `${JSON.stringify({ ...body, checksum: sha256Of(canonicalJson(body)) }, null, 2)}\n`;
}

/** The checksum of a body, or of nothing if it holds what no export holds: an infinite number, endless nesting. */
function checksumOf(body: unknown): string {
  try {
    return sha256Of(canonicalJson(body));
  } catch {
    return 'none';
  }
}

const notALedger = (message: string) =>
  new LedgerError('file-not-a-ledger', message, 'Choose a file that “Export” on the ledger page has made.');

/** Reads a file that `toJsonFile` made. Throws a LedgerError that says what is wrong with any other. */
export function fromJsonFile(text: string): LedgerFile {
  if (text.length > MAX_FILE_LENGTH)
    throw new LedgerError(
      'file-too-large',
      `The file has ${text.length.toLocaleString('en')} characters; a ledger has at most ${MAX_FILE_LENGTH.toLocaleString('en')}.`,
      'Export one data set at a time.',
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw notALedger(`This is not JSON: ${error instanceof Error ? error.message : error}.`);
  }
  const header = headerSchema.safeParse(value);
  if (!header.success)
    throw notALedger('This JSON is not a ledger of this site: format, schema or checksum is missing.');
  const { checksum, ...body } = header.data;
  if (header.data.schema > LEDGER_SCHEMA_VERSION)
    throw new LedgerError(
      'file-schema',
      `The file has schema ${header.data.schema}; this version reads up to ${LEDGER_SCHEMA_VERSION}.`,
      'Open it with a newer version of this site.',
    );
  const computed = checksumOf(body);
  if (computed !== checksum)
    throw new LedgerError(
      'file-checksum',
      `The file was changed or damaged after its export: its content has the checksum ${computed.slice(0, 19)}…, ` +
        `but it says ${checksum.slice(0, 19)}….`,
      'Import the file as it was exported.',
    );
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success)
    throw new LedgerError(
      'file-schema',
      `The file does not follow schema ${LEDGER_SCHEMA_VERSION}: ${z.prettifyError(parsed.error).split('\n').slice(0, 4).join(' ')}`,
      'Import the file as it was exported.',
    );
  return checkedReferences({ accounts: parsed.data.accounts, events: parsed.data.events });
}

/** Every event has its account, and nothing is there twice. */
export function checkedReferences(file: LedgerFile): LedgerFile {
  const accounts = new Set(file.accounts.map((account) => account.id));
  const ids = new Set(file.events.map((event) => event.id));
  const orphan = file.events.find((event) => !accounts.has(event.account));
  if (orphan !== undefined || accounts.size !== file.accounts.length || ids.size !== file.events.length)
    throw new LedgerError(
      'file-schema',
      orphan === undefined
        ? 'The file names an account or an event twice.'
        : `The event “${orphan.title}” belongs to an account that the file does not have.`,
      'Import the file as it was exported.',
    );
  return file;
}

/** Parses records that came by another way than `fromJsonFile`, under the same schema. */
export function parseRecords(value: unknown): LedgerFile {
  const parsed = recordsSchema.safeParse(value);
  if (!parsed.success)
    throw new LedgerError(
      'file-schema',
      `The file does not follow schema ${LEDGER_SCHEMA_VERSION}: ${z.prettifyError(parsed.error).split('\n').slice(0, 4).join(' ')}`,
      'Import the file as it was exported.',
    );
  return checkedReferences(parsed.data);
}
