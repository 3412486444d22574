/** The table of runs in a file that may be anything: its rows come back bounded, as plain words and numbers, and say that they did not run here. */
import * as z from 'zod';
import { chargedReleaseSchema } from '@/lib/ledger/charged-release';
import { newId } from './document';
import { MOST_ROWS, type RunRow } from './run-table';

const words = z.string().max(2000);
const number = z.number().nullable();
const settings = z.array(z.object({ label: words, value: words })).max(200);
/** Of one run. */
const MOST_METRICS = 200;

export const runRowSchema = z.object({
  id: words,
  place: words,
  cell: words,
  title: words,
  follows: z.boolean(),
  held: z.boolean(),
  opened: z.enum(['unread', 'read']).optional(),
  settings,
  every: z
    .array(z.object({ key: words, label: words, value: words, number: z.number().optional() }))
    .max(200)
    .optional(),
  charged: chargedReleaseSchema.optional(),
  metrics: z
    .record(words, z.number())
    .refine((metrics) => Object.keys(metrics).length <= MOST_METRICS, 'a run has too many figures'),
  epsilon: number,
  delta: number,
  noise: z.enum(['cryptographic', 'seeded', 'none']),
  refused: z.boolean(),
  brokenOff: z
    .object({
      how: z.enum(['stopped', 'failed']),
      step: z.int().nonnegative().nullable(),
      total: z.int().nonnegative().nullable(),
    })
    .optional(),
  backend: words.nullable(),
  seconds: z.number(),
  finishedAt: words,
});

export const runRowsSchema = z.array(runRowSchema).max(MOST_ROWS);

export interface RowsInFile {
  rows: RunRow[];
  /** What was not as it should be, in words. */
  notes: string[];
}

/**
 * @param value what the file says its runs are; undefined where it says nothing
 * @param places the new names of the notebook's cells by those in the file. A row of no cell stays, under a name of its own.
 * @param titleOf the site's own title of a cell, by its name on the site
 */
export function rowsInFile(
  value: unknown,
  places: ReadonlyMap<string, string>,
  titleOf: (cell: string) => string | undefined,
): RowsInFile {
  if (value === undefined) return { rows: [], notes: [] };
  const read = runRowsSchema.safeParse(value);
  if (!read.success) return { rows: [], notes: ['Its table of runs is damaged, and was left out.'] };
  const rows = read.data.map(
    (row): RunRow => ({
      ...row,
      id: newId(),
      place: places.get(row.place) ?? newId(),
      title: titleOf(row.cell) ?? row.title,
      // Nothing in this browser moves it on.
      held: true,
      opened: 'read',
    }),
  );
  const notes =
    rows.length === 0 ? [] : ['Its runs are in the table of runs there, marked as opened from a file.'];
  return { rows, notes };
}
