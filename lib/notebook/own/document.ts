/**
 * A notebook of one's own: text, code and cells of the site, in an order. A plain value with a schema number; what changes it is in
 * `history.ts`, where it is kept in `shelf.ts`.
 */
import * as z from 'zod';

export const NOTEBOOK_FORMAT = 'epsilon-playground/notebook';
export const NOTEBOOK_SCHEMA = 1;

/** More than the notebooks that people bring from elsewhere have, and little enough that no file can fill a browser's storage. */
export const LIMITS = {
  cells: 1000,
  titleCharacters: 120,
  /** Of one text or code cell. */
  textCharacters: 400_000,
  /** Of the settings of one cell, as a link has them. */
  settingsCharacters: 20_000,
  /** Of one cell. */
  fixedSettings: 100,
  /** Of the words of a question or an answer that are kept. */
  answerCharacters: 2000,
  /** Of all cells together. */
  notebookCharacters: 1_000_000,
} as const;

/** How the refusal of a notebook begins whose cells are each fine. */
export const TOO_LONG = 'together the cells are longer than';

/** Fits the ids of Jupyter's cells too: nbformat 4.5 allows 1 to 64 letters, digits, `-` and `_`. */
const idSchema = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, 'an id is 1 to 64 letters, digits, - or _');
const keySchema = z
  .string()
  .regex(/^[a-zA-Z][\w-]{0,39}$/, 'a setting has a short name of letters and digits');
const textSchema = z.string().max(LIMITS.textCharacters);

const textCellSchema = z.object({
  id: idSchema,
  kind: z.literal('text'),
  /** Markdown. */
  text: textSchema,
  /** In an assignment: whoever does it writes here. */
  answer: z.boolean().optional(),
});

const codeCellSchema = z.object({
  id: idSchema,
  kind: z.literal('code'),
  title: z.string().max(LIMITS.titleCharacters).optional(),
  code: textSchema,
  /** It came with a file or a link and was not changed since: a note asks to read it first. */
  stranger: z.boolean().optional(),
});

const siteCellSchema = z.object({
  id: idSchema,
  kind: z.literal('cell'),
  /** The name of a cell of the site, e.g. `train`. One that a later site has is kept, and shown as unknown. */
  cell: z.string().regex(/^[a-z0-9-]{1,60}$/, 'a cell’s name is letters, digits and -'),
  /** As in a link: `#v=1&eps=2`. Empty at the defaults. Whatever is in it is brought into range where it is used. */
  settings: z
    .string()
    .max(LIMITS.settingsCharacters)
    .regex(/^(#.*)?$/s, 'settings begin with #, as in a link'),
  /** In an assignment: the settings, by the keys that links use, that stay as they are. */
  fixed: z.array(keySchema).max(LIMITS.fixedSettings).optional(),
});

/** What was answered to a question of the text, by the name that `questionPart` gives it. The first answer stands. */
const answersSchema = z.record(
  z.string().regex(/^[\w-]{1,80}$/),
  z.object({
    question: z.string().max(LIMITS.answerCharacters),
    /** From 0. */
    at: z.number().int().min(0).max(100),
    answer: z.string().max(LIMITS.answerCharacters),
    right: z.boolean(),
  }),
);

export const cellSchema = z.discriminatedUnion('kind', [textCellSchema, codeCellSchema, siteCellSchema]);

const lengthOf = (cell: OwnCell) =>
  cell.kind === 'text'
    ? cell.text.length
    : cell.kind === 'code'
      ? cell.code.length + (cell.title?.length ?? 0)
      : cell.settings.length;

export const documentSchema = z
  .object({
    id: idSchema,
    title: z.string().max(LIMITS.titleCharacters),
    /** The lesson that it was copied from. */
    from: z
      .string()
      .regex(/^[a-z0-9-]{1,60}$/)
      .optional(),
    answers: answersSchema.optional(),
    cells: z.array(cellSchema).max(LIMITS.cells, `a notebook has at most ${LIMITS.cells} cells`),
  })
  .refine(({ cells }) => new Set(cells.map(({ id }) => id)).size === cells.length, {
    path: ['cells'],
    message: 'two cells have one id',
  })
  .refine((document) => sizeOf(document) <= LIMITS.notebookCharacters, {
    path: ['cells'],
    message: `${TOO_LONG} ${LIMITS.notebookCharacters.toLocaleString('en')} characters`,
  });

export type TextCell = z.output<typeof textCellSchema>;
export type CodeCell = z.output<typeof codeCellSchema>;
export type SiteCell = z.output<typeof siteCellSchema>;
export type Answers = Readonly<z.output<typeof answersSchema>>;
export type OwnCell = TextCell | CodeCell | SiteCell;

export interface NotebookDocument {
  readonly id: string;
  readonly title: string;
  readonly from?: string | undefined;
  readonly answers?: Answers | undefined;
  readonly cells: readonly OwnCell[];
}

/** Characters in all cells. */
export function sizeOf({ cells }: Pick<NotebookDocument, 'cells'>): number {
  return cells.reduce((sum, cell) => sum + lengthOf(cell as OwnCell), 0);
}

/** 60 random bits as letters and digits: two browsers never make the same by chance. */
export function newId(): string {
  // Not `crypto.randomUUID`, which is missing on plain http.
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte & 31]).join('');
}

export function emptyDocument(id: string = newId(), title = 'Untitled notebook'): NotebookDocument {
  return { id, title, cells: [] };
}

/** The same cells under new names, as a notebook of its own. Settings and texts are shared: nothing of them is ever mutated. */
export function copyOf(document: NotebookDocument, title: string): NotebookDocument {
  return {
    ...document,
    id: newId(),
    title: title.slice(0, LIMITS.titleCharacters),
    cells: document.cells.map((cell) => ({ ...cell, id: newId() })),
  };
}

/** Marks all code as somebody else's: it waits to be read. */
export function asStranger(document: NotebookDocument): NotebookDocument {
  return {
    ...document,
    cells: document.cells.map((cell) =>
      cell.kind === 'code' && cell.code.trim() !== '' ? { ...cell, stranger: true } : cell,
    ),
  };
}
