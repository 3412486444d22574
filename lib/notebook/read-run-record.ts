/** Reads a run record from a file that may be anything. */
import * as z from 'zod';
import { chargedReleaseSchema } from '@/lib/ledger/charged-release';
import { fromJson, RUN_RECORD_FORMAT, RUN_RECORD_SCHEMA, type RunRecord } from './run-record';

export class RunRecordError extends Error {
  override readonly name = 'RunRecordError';
  constructor(
    readonly code:
      | 'record-unreadable'
      | 'record-foreign'
      | 'record-newer'
      | 'record-damaged'
      | 'record-unknown-cell',
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

const provenance = z.object({
  origin: z.enum(['live', 'recorded']),
  backend: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,30}$/, 'no backend is called that')
    .nullable(),
  adapter: z.string().nullable(),
  softwareGpu: z.boolean(),
  noise: z.enum(['cryptographic', 'seeded', 'none']),
  seed: z.number().nullable(),
  accountant: z.string().nullable(),
  epsilon: z.number().nonnegative().or(z.literal(Number.POSITIVE_INFINITY)).nullable(),
  delta: z.number().min(0).max(1).nullable(),
  dataset: z.string().nullable(),
  zeroed: z.number().int().positive().optional(),
  charged: chargedReleaseSchema.nullish(),
  finishedAt: z.iso.datetime(),
  seconds: z.number().nonnegative(),
  version: z.string(),
});

const record = z.object({
  format: z.literal(RUN_RECORD_FORMAT),
  schema: z.literal(RUN_RECORD_SCHEMA),
  version: z.string(),
  lesson: z.string(),
  cell: z.string(),
  title: z.string(),
  experiment: z.string(),
  params: z.unknown(),
  state: z.enum(['idle', 'preparing', 'running', 'done', 'stopped', 'failed']),
  provenance: provenance.nullable(),
  failure: z.object({ code: z.string(), message: z.string(), remedy: z.string() }).nullable(),
  updates: z.array(z.unknown()),
  result: z.unknown(),
  link: z.string(),
  exportedAt: z.string(),
});

/**
 * @param text of a file
 * @throws RunRecordError that says what is wrong with it
 */
export function readRunRecord(text: string): RunRecord {
  let read: unknown;
  try {
    read = fromJson(JSON.parse(text));
  } catch {
    throw new RunRecordError(
      'record-unreadable',
      'This file is no JSON, or was cut short.',
      'Choose a run that was saved by “Save this run as JSON”, or save it again.',
    );
  }
  const { format, schema } = (typeof read === 'object' && read !== null ? read : {}) as Record<
    string,
    unknown
  >;
  if (format !== RUN_RECORD_FORMAT)
    throw new RunRecordError(
      'record-foreign',
      'This file is no saved run.',
      'Choose a .json file that was saved by “Save this run as JSON”.',
    );
  if (typeof schema === 'number' && schema > RUN_RECORD_SCHEMA)
    throw new RunRecordError(
      'record-newer',
      `This run has schema ${schema}; this site reads up to ${RUN_RECORD_SCHEMA}.`,
      'Reload the page to get the current version of the site.',
    );
  const checked = record.safeParse(read);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new RunRecordError(
      'record-damaged',
      `This run is damaged at “${issue?.path.join('.') ?? ''}”: ${issue?.message ?? ''}.`,
      'Save the run again; its file was changed or cut short on its way.',
    );
  }
  return checked.data as RunRecord;
}
