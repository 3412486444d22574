/**
 * A run as a file: everything that is needed to repeat it, and to audit what it says. Plain JSON, with a schema number, that a
 * person can read and a script can load.
 */
import type { PrivacyLabel } from '@/lib/runs/label';
import type { CellState, Failure, Provenance } from '@/lib/runtime/experiment';

export const RUN_RECORD_FORMAT = 'epsilon-playground/run';
export const RUN_RECORD_SCHEMA = 1;

export interface RunRecord {
  format: typeof RUN_RECORD_FORMAT;
  schema: typeof RUN_RECORD_SCHEMA;
  /** Of the site that made it. */
  version: string;
  lesson: string;
  cell: string;
  title: string;
  experiment: string;
  /** What the experiment was given. */
  params: unknown;
  state: CellState;
  provenance: Provenance | null;
  failure: Failure | null;
  /** In order, as they were reported. */
  updates: readonly unknown[];
  result: unknown;
  /** What of it is private, for whom and from whom: made from the ledger when the file is. Never read back. */
  labels?: readonly PrivacyLabel[];
  /** The hash that sets the page to what the run began with. */
  link: string;
  /** ISO 8601. */
  exportedAt: string;
}

/** Longer arrays are pictures and weights: not what a record is for. */
const LONGEST_ARRAY = 4096;

const ARRAYS = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
} as const;
type ArrayName = keyof typeof ARRAYS;

/** What JSON has no word for, in words of our own: `{ "$": "Float32Array", "values": […] }`. */
function toJson(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return { $: 'number', value: String(value) };
  if (ArrayBuffer.isView(value)) {
    const name = value.constructor.name as ArrayName;
    const array = value as Float64Array;
    if (!(name in ARRAYS)) return { $: 'omitted', kind: name };
    if (array.length > LONGEST_ARRAY) return { $: 'omitted', kind: name, length: array.length };
    return { $: name, values: Array.from(array, toJson) };
  }
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'object' && value !== null) {
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null)
      return { $: 'omitted', kind: value.constructor?.name ?? 'object' };
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => inner !== undefined && typeof inner !== 'function')
        .map(([key, inner]) => [key, toJson(inner)]),
    );
  }
  return value;
}

/** The reverse; what was left out stays a note of what it was. */
export function fromJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== 'object' || value === null) return value;
  const { $: kind, values, value: written } = value as { $?: unknown; values?: unknown; value?: unknown };
  if (kind === 'number') return Number(written);
  if (typeof kind === 'string' && Object.hasOwn(ARRAYS, kind) && Array.isArray(values))
    return ARRAYS[kind as ArrayName].from(values.map((entry) => Number(fromJson(entry))));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fromJson(inner)]));
}

export function makeRunRecord(
  run: Omit<RunRecord, 'format' | 'schema' | 'exportedAt'>,
  now: Date = new Date(),
): RunRecord {
  return {
    format: RUN_RECORD_FORMAT,
    schema: RUN_RECORD_SCHEMA,
    ...run,
    exportedAt: now.toISOString(),
  };
}

export function writeRunRecord(record: RunRecord): string {
  return `${JSON.stringify(toJson(record), null, 2)}\n`;
}

/** `train-2026-11-23T09-30-00.json` */
export function runRecordFileName({ cell, exportedAt }: RunRecord): string {
  return `${cell}-${exportedAt.slice(0, 19).replaceAll(':', '-')}.json`;
}
