/** A notebook as one JSON file, and back. Whatever a file holds, reading it ends in a notebook or in a reason. */
import * as z from 'zod';
import {
  asStranger,
  documentSchema,
  LIMITS,
  NOTEBOOK_FORMAT,
  NOTEBOOK_SCHEMA,
  type NotebookDocument,
  TOO_LONG,
} from './document';
import { NotebookFileError } from './errors';
import type { Results } from './results';

/** More than a full notebook can need, with its results, escapes and all. */
const LONGEST_FILE = 20_000_000;

/**
 * @param version of the site that writes
 * @param found what its cells found, for readers of the file; read back is only the table of runs
 */
export function writeNotebook(
  document: NotebookDocument,
  version: string,
  { now = new Date(), found }: { now?: Date; found?: Results } = {},
): string {
  const { id, title, from, cells } = document;
  const file = {
    format: NOTEBOOK_FORMAT,
    schema: NOTEBOOK_SCHEMA,
    version,
    exportedAt: now.toISOString(),
    notebook: { id, title, ...(from === undefined ? {} : { from }), cells },
    ...(found ? { results: found } : {}),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** "cells, 3rd, text": where in the notebook something is wrong, as people count. */
export function placeInWords(path: readonly PropertyKey[]): string {
  const words = path.map((part) => (typeof part === 'number' ? `number ${part + 1}` : String(part)));
  return words.length === 0 ? 'the notebook itself' : words.join(', ');
}

/**
 * @param value that came from outside
 * @throws NotebookFileError `notebook-damaged` or `notebook-large`, naming what is wrong and where
 */
export function checkDocument(value: unknown): NotebookDocument {
  const checked = documentSchema.safeParse(value);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  if (issue?.code === 'too_big' || issue?.message.startsWith(TOO_LONG))
    throw new NotebookFileError(
      'notebook-large',
      `This notebook is too large, at ${placeInWords(issue.path)}: ${issue.message}.`,
      `Split it. A notebook here has at most ${LIMITS.cells} cells of ${LIMITS.textCharacters.toLocaleString('en')} characters each, and ${LIMITS.notebookCharacters.toLocaleString('en')} in all.`,
    );
  throw new NotebookFileError(
    'notebook-damaged',
    `This notebook is damaged at ${placeInWords(issue?.path ?? [])}: ${issue?.message ?? 'not as it should be'}.`,
    'Export it again; it was changed or cut short on its way.',
  );
}

/**
 * Reads a file that may be anything. Its code is a stranger's.
 * @throws NotebookFileError that says what is wrong with it
 */
export const readNotebook = (text: string): NotebookDocument => readNotebookJson(text).document;

/**
 * The same, with what the file says its table of runs is: unchecked.
 * @throws NotebookFileError
 */
export function readNotebookJson(text: string): { document: NotebookDocument; runs?: unknown } {
  if (text.length > LONGEST_FILE)
    throw new NotebookFileError(
      'notebook-large',
      `This file is larger than ${LONGEST_FILE / 1e6} MB.`,
      'Choose a notebook that was exported here; none is that large.',
    );
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new NotebookFileError(
      'notebook-unreadable',
      'This file is no JSON, or was cut short.',
      'Choose a notebook: a .json file exported here, or an .ipynb file.',
    );
  }
  const file = z
    .object({
      format: z.string(),
      schema: z.number(),
      notebook: z.unknown().optional(),
      results: z.unknown().optional(),
    })
    .safeParse(json);
  if (!file.success || file.data.format !== NOTEBOOK_FORMAT)
    throw new NotebookFileError(
      'notebook-foreign',
      'This file is JSON, but no notebook of this site.',
      'Choose a .json file of “Export as JSON” or “Save this run as JSON”, or an .ipynb file.',
    );
  if (file.data.schema > NOTEBOOK_SCHEMA)
    throw new NotebookFileError(
      'notebook-newer',
      `This notebook has schema ${file.data.schema}; this site reads up to ${NOTEBOOK_SCHEMA}.`,
      'Reload the page to get the current version of the site.',
    );
  if (file.data.schema !== NOTEBOOK_SCHEMA)
    throw new NotebookFileError(
      'notebook-damaged',
      `This notebook has schema ${file.data.schema}, which never was.`,
      'Export it again; it was changed on its way.',
    );
  const results = z.object({ runs: z.unknown().optional() }).safeParse(file.data.results);
  const runs = results.success ? results.data.runs : undefined;
  return {
    document: asStranger(checkDocument(file.data.notebook)),
    ...(runs === undefined ? {} : { runs }),
  };
}
