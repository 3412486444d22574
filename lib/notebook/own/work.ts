/**
 * Work on an assignment, as it is handed in: the notebook with its code, settings and answers, the runs, what code put out, pictures, and
 * a checksum over all of it.
 *
 * The checksum tells whether a file was changed after it was made, by accident or by somebody who did not compute it anew. It proves
 * nothing about how the work came to be: the browser is the learner's.
 */
import * as z from 'zod';
import { unpackText } from '../pack';
import { assignmentOf } from './assignment';
import { checksumOf } from './canonical';
import { asStranger, documentSchema, type NotebookDocument, type SiteCell } from './document';
import { NotebookFileError } from './errors';
import { placeInWords } from './json-file';
import { packedHash } from './link';
import { runRowsSchema } from './run-rows-in-file';
import type { RunRow } from './run-table';

export const WORK_FORMAT = 'epsilon-playground/work';
export const WORK_SCHEMA = 1;

export const WORK_LIMITS = {
  nameCharacters: 200,
  pictures: 60,
  /** Of one picture, as text. */
  pictureCharacters: 1_500_000,
  outputCharacters: 20_000,
  /** Of a file. */
  characters: 30_000_000,
} as const;

const words = z.string().max(2000);
const pictureSchema = z.object({
  /** Of the cell in the notebook. */
  place: words,
  title: words,
  /** Nothing but a picture: no page, no script. */
  png: z
    .string()
    .max(WORK_LIMITS.pictureCharacters)
    .regex(/^data:image\/png;base64,[A-Za-z0-9+/=]+$/),
});

const bodySchema = z.object({
  format: z.literal(WORK_FORMAT),
  schema: z.literal(WORK_SCHEMA),
  /** Of the site that made it. */
  version: words,
  /** Whom the learner says that it is of. */
  learner: z.string().max(WORK_LIMITS.nameCharacters),
  /** ISO 8601, by the learner's clock. */
  handedInAt: words,
  /** What was asked, whole. */
  assignment: documentSchema,
  /** What it became. */
  work: documentSchema,
  runs: runRowsSchema,
  /** By the places of code cells: what was shown below them. */
  outputs: z.record(words, z.string().max(WORK_LIMITS.outputCharacters)),
  pictures: z.array(pictureSchema).max(WORK_LIMITS.pictures),
});
const workSchema = bodySchema.extend({ checksum: z.string() });

export type Picture = z.output<typeof pictureSchema>;
export type Work = z.output<typeof workSchema>;
export type WorkBody = Pick<z.output<typeof bodySchema>, 'learner' | 'outputs' | 'pictures'> & {
  version: string;
  assignment: NotebookDocument;
  work: NotebookDocument;
  runs: readonly RunRow[];
};

export interface OpenedWork {
  work: Work;
  /** The checksum is that of the content. */
  intact: boolean;
  /** In words: what differs from the assignment though it was not to be changed. */
  against: string[];
}

const checksumOfWork = ({ checksum: _, ...body }: Record<string, unknown>) => checksumOf(body);

/** What cannot be written down, nested without end or with a number that JSON has no word for, is not what was handed in. */
function isIntact(value: Record<string, unknown>, checksum: string): boolean {
  try {
    return checksumOfWork(value) === checksum;
  } catch {
    return false;
  }
}

/** @returns the work as it is written, with its checksum @throws ZodError for what cannot be handed in: too many pictures, say */
export function makeWork(body: WorkBody, now: Date = new Date()): Work {
  const checked = bodySchema.parse({
    ...{ format: WORK_FORMAT, schema: WORK_SCHEMA, handedInAt: now.toISOString() },
    ...body,
  });
  return { ...checked, checksum: checksumOf(checked) };
}

export const writeWork = (work: Work): string => `${JSON.stringify(work, null, 2)}\n`;

/** Without pictures, outputs and the settings that runs had at their defaults, which no link holds. @returns null where it is still too long */
export const writeWorkLink = (body: WorkBody, now?: Date): string | null =>
  packedHash(
    'work',
    makeWork(
      {
        ...body,
        ...{ pictures: [], outputs: {} },
        runs: body.runs.map(({ every: _, ...run }) => run),
      },
      now,
    ),
  );

/** Whether a file says that it is work. */
export const saysWork = (text: string): boolean =>
  new RegExp(`^\\s*\\{\\s*"format"\\s*:\\s*"${WORK_FORMAT}"`).test(text);

const valuesOf = (settings: string) => new URLSearchParams(settings.replace(/^#/, ''));

/** Fixed settings of a cell that are not as they were. */
function movedIn(asked: SiteCell, done: SiteCell): string[] {
  const [before, after] = [valuesOf(asked.settings), valuesOf(done.settings)];
  return (asked.fixed ?? []).filter((key) => before.get(key) !== after.get(key));
}

/** Texts, cells and fixed settings are the assignment's; code, free settings and answers are the learner's. */
function against(assignment: NotebookDocument, work: NotebookDocument): string[] {
  const done = new Map(work.cells.map((cell) => [cell.id, cell]));
  const found = assignment.cells.flatMap((asked, at): string[] => {
    const cell = done.get(asked.id);
    const name = `Cell ${at + 1}`;
    if (!cell || cell.kind !== asked.kind) return [`${name} is missing.`];
    if (cell.kind === 'text' && asked.kind === 'text' && !asked.answer && cell.text !== asked.text)
      return [`${name}: the text of the assignment was changed.`];
    if (cell.kind !== 'cell' || asked.kind !== 'cell') return [];
    if (cell.cell !== asked.cell) return [`${name} is another experiment.`];
    return movedIn(asked, cell).map((key) => `${name}: the setting “${key}” was fixed, and was moved.`);
  });
  const more = work.cells.length - assignment.cells.filter(({ id }) => done.has(id)).length;
  return more > 0 ? [...found, `${more} more cells than the assignment has.`] : found;
}

/**
 * Opens work that came back. Its code is a stranger's.
 * @throws NotebookFileError that says what is wrong
 */
export function readWork(text: string): OpenedWork {
  let value: unknown;
  try {
    if (text.length > WORK_LIMITS.characters) throw new Error('too long');
    value = JSON.parse(text);
  } catch {
    throw new NotebookFileError(
      'notebook-unreadable',
      'This file holds no work, was cut short, or is too large.',
      'Ask for it again, as a file.',
    );
  }
  const checked = workSchema.safeParse(value);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new NotebookFileError(
      'notebook-damaged',
      `This work is damaged at ${placeInWords(issue?.path ?? [])}: ${issue?.message ?? 'not as it should be'}.`,
      'Ask for it again; it was changed or cut short on its way.',
    );
  }
  const work = checked.data;
  return {
    // Of the text as it came: whatever was added to it counts too.
    intact: isIntact(value as Record<string, unknown>, work.checksum),
    against: against(work.assignment, work.work),
    work: { ...work, work: documentSchema.parse(asStranger(work.work)) },
  };
}

/** @param packed what stands after `#work=` @throws NotebookFileError */
export const readWorkLink = (packed: string): OpenedWork => readWork(unpackText(packed) ?? '');

/** Whether work is on this assignment, and not on another of the same title. */
export const isWorkOn = (work: Pick<Work, 'assignment'>, assignment: NotebookDocument): boolean =>
  assignmentOf(work.assignment).id === assignmentOf(assignment).id;
