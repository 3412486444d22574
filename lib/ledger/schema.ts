/**
 * What the ledger writes down. Every record is plain JSON, checked by these schemas whenever it comes from outside.
 *
 * Records only ever grow: an attempt is added, a run is closed, a note is written. That is what lets two tabs, or two
 * browsers, be merged by joining records (`join.ts`) instead of by trusting whoever wrote last.
 */
import * as z from 'zod';
import { addsNoise, mechanismSchema } from './mechanism';

/** Raised whenever an older reader could misread a record. */
export const LEDGER_SCHEMA_VERSION = 1;

const text = (max: number) => z.string().max(max);
const id = z.string().regex(/^[a-z]+-[0-9a-f]{32}$/);
const timestamp = z.iso.datetime({ precision: 3 });
const stepCount = z.int().min(0).max(1e9);

/** SHA-256 of the data set's bytes. */
export const datasetHashSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/**
 * How the filter decides whether a run still fits the budget.
 * - `adaptive`: sound even if each run's settings are chosen after seeing earlier results (`filter.ts`).
 * - `rdp`, `pld`: tighter, but a bound only for a list of runs that was fixed before the first result was seen.
 */
export const filterKindSchema = z.enum(['adaptive', 'rdp', 'pld']);
export type FilterKind = z.infer<typeof filterKindSchema>;

export const budgetChangeSchema = z.strictObject({
  id,
  at: timestamp,
  /** ε in nats at the account's δ, or null for no limit. */
  epsilon: z.number().positive().max(1e6).nullable(),
  filter: filterKindSchema,
  /** Why it was set or raised, in the words of whoever did it. */
  reason: text(500),
});
export type BudgetChange = z.infer<typeof budgetChangeSchema>;

/** Two data sets are neighbours when one arises from the other in this way. */
export const relationSchema = z.enum([
  /** One unit added or taken away: central DP. */
  'add-or-remove-one',
  /** One unit's value replaced by any other: local reports. */
  'replace-one',
]);
export type Relation = z.infer<typeof relationSchema>;

export const accountFields = z.strictObject({
  /** See `accountId`. */
  id: text(200),
  dataset: z.strictObject({
    hash: datasetHashSchema,
    title: text(200).min(1),
    /** Number of units, where that number is public. */
    size: z.int().positive().nullable(),
  }),
  /** Whom one unit of privacy belongs to: `example`, `patient`, `client`, `scene`, `device`, … */
  unit: z.string().regex(/^[a-z][a-z-]{0,39}$/),
  relation: relationSchema,
  /** The δ at which every total of this account is stated. It never changes: ε at another δ is another statement. */
  delta: z.number().gt(0).lt(1),
  createdAt: timestamp,
  /** Oldest first; the last one holds. */
  budgets: z.array(budgetChangeSchema).max(10_000),
});
export type Account = z.infer<typeof accountFields>;

export const accountSchema = accountFields.refine(
  (account) => account.id === accountId(account.dataset.hash, account.unit, account.relation),
  'the id of an account follows from its data set, unit and relation',
);

export const eventKindSchema = z.enum(['training', 'query', 'local-report', 'federated', 'sweep', 'tuning']);
export type EventKind = z.infer<typeof eventKindSchema>;

/** Some steps with the same mechanisms: a run with a noise schedule has several phases. */
export const phaseSchema = z.strictObject({
  /** Everything one step releases. Adaptive clipping, for one, releases a noisy count beside the gradient. */
  perStep: z.array(mechanismSchema).min(1).max(16),
  steps: z.int().positive().max(1e9),
});
export type Phase = z.infer<typeof phaseSchema>;

/** `secure` noise protects. `seeded` noise can be computed again by anyone, and `none` is no noise: neither protects. */
export const noiseSourceSchema = z.enum(['secure', 'seeded', 'none']);
export type NoiseSource = z.infer<typeof noiseSourceSchema>;

/** One stretch of work on a plan, from its beginning or from a checkpoint. */
export const attemptSchema = z.strictObject({
  id,
  at: timestamp,
  /** Steps already done when it began. */
  from: stepCount,
  /** Write-ahead: steps up to here may have run. Never falls. */
  startedTo: stepCount,
  /**
   * How steps are done that an earlier attempt had done already: with `fresh` noise they are new releases and cost
   * again; an `identical` replay (same noise, same samples) tells nothing new.
   */
  repeats: z.enum(['fresh', 'identical']),
});
export type Attempt = z.infer<typeof attemptSchema>;

export const stopReasonSchema = z.enum([
  'finished',
  'user',
  'superseded',
  'limit',
  'device-lost',
  'error',
  'interrupted',
]);
export type StopReason = z.infer<typeof stopReasonSchema>;

/** Why unrun steps did or did not come back. `rules.ts` says each in words. */
export const refundRuleSchema = z.enum([
  'completed',
  'nothing-ran',
  'nothing-shown',
  'limit-fixed-in-advance',
  'progress-shown',
  'cause-unknown',
]);
export type RefundRule = z.infer<typeof refundRuleSchema>;

export const closingSchema = z.strictObject({
  at: timestamp,
  reason: stopReasonSchema,
  /** The attempt that was closed; null if none had begun. */
  attempt: id.nullable(),
  /** The step that it reached. */
  reached: stepCount,
  /** The step up to which it stays charged. */
  chargedTo: stepCount,
  rule: refundRuleSchema,
});
export type Closing = z.infer<typeof closingSchema>;

export const eventFields = z.strictObject({
  id,
  /** Several events may belong to one run: the folds of a sweep, the releases of a federated round. */
  run: text(100).min(1),
  account: text(200),
  at: timestamp,
  kind: eventKindSchema,
  title: text(200).min(1),
  phases: z.array(phaseSchema).min(1).max(64),
  /** Whether anything computed from the private data is visible before the last step. */
  shows: z.enum(['progress', 'nothing']),
  /** A limit fixed before the run and blind to the data, in words: "60 seconds". Null when there is none. */
  limit: text(200).min(1).nullable(),
  noise: noiseSourceSchema,
  seed: z.int().nullable(),
  /** What else an auditor asks for: clip, expected batch size, learning rate, sampler, model … */
  settings: z.record(text(60), z.union([text(500), z.number(), z.boolean(), z.null()])),
  backend: text(200).nullable(),
  /** Of this software. */
  version: text(60),
  attempts: z.array(attemptSchema).max(10_000),
  closing: closingSchema.nullable(),
  note: z.strictObject({ text: text(2000), at: timestamp }).nullable(),
});
export type LedgerEvent = z.infer<typeof eventFields>;

/** An event whose parts agree with each other. */
export const eventSchema = eventFields.superRefine((event, context) => {
  const planned = plannedSteps(event);
  const wrong = (message: string) => context.addIssue({ code: 'custom', message });
  const attempts = new Set(event.attempts.map((attempt) => attempt.id));
  if (attempts.size !== event.attempts.length) wrong('an attempt is there twice');
  if (event.attempts.some((attempt) => attempt.from > attempt.startedTo || attempt.startedTo > planned))
    wrong('an attempt leaves its plan');
  const { closing } = event;
  if (closing !== null && (closing.reached > planned || closing.chargedTo > planned))
    wrong('the closing leaves the plan');
  if (closing !== null && closing.attempt !== null && !attempts.has(closing.attempt))
    wrong('the closing speaks of an attempt that is not there');
  if ((event.noise === 'seeded') !== (event.seed !== null)) wrong('noise and seed contradict each other');
  if (event.noise !== 'none' && !event.phases.every(({ perStep }) => perStep.every(addsNoise)))
    wrong('a mechanism without noise is called noisy');
});

/** What stays when a data set is forgotten: enough not to bring its events back by accident. */
export const tombstoneSchema = z.strictObject({
  id,
  account: text(200),
  title: text(200),
  at: timestamp,
  events: z.array(id).max(1_000_000),
  /** Those of them that were taken back by importing them again. */
  revived: z.array(id).max(1_000_000),
  /** What had been spent by then, and at which δ. Null: not bounded. */
  epsilon: z.number().nullable(),
  delta: z.number(),
});
export type Tombstone = z.infer<typeof tombstoneSchema>;

/** The records of a ledger, in no particular order. */
export interface LedgerRecords {
  readonly accounts: readonly Account[];
  readonly events: readonly LedgerEvent[];
  readonly tombstones: readonly Tombstone[];
}

export const NO_RECORDS: LedgerRecords = { accounts: [], events: [], tombstones: [] };

/**
 * The account that a release is charged to. The same bytes have one account for each unit of privacy and relation,
 * because "one patient more or less" and "one scan more or less" are different promises and do not add up.
 */
export function accountId(datasetHash: string, unit: string, relation: Relation): string {
  return `${datasetHash}/${unit}/${relation}`;
}

export function plannedSteps(event: Pick<LedgerEvent, 'phases'>): number {
  return event.phases.reduce((sum, phase) => sum + phase.steps, 0);
}

export function currentBudget(account: Account): BudgetChange | null {
  return account.budgets.at(-1) ?? null;
}
