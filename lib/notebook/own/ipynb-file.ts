/**
 * A notebook as a Jupyter file, and back. Text is Markdown there, code is code, and a cell of the site becomes a Markdown cell that says
 * what it is and links to it; its metadata keeps it whole, so that the file comes back here as it was.
 */
import * as z from 'zod';
import { IpynbError, type NotebookCell, readIpynb, writeIpynb } from '../ipynb';
import {
  asStranger,
  cellSchema,
  LIMITS,
  type NotebookDocument,
  newId,
  type OwnCell,
  type SiteCell,
} from './document';
import { NotebookFileError } from './errors';
import { aboutCell, outputsOfCode, resultCell, runsCell } from './ipynb-results';
import { checkDocument } from './json-file';
import { NO_RESULTS, type Results, resultAt } from './results';

/** What a cell of the site is, for a reader without the site. */
export type DescribeCell = (cell: SiteCell) => { title: string; summary: string; address: string };

/** Square brackets would end a link's words. */
const plain = (words: string) => words.replace(/[[\]\\]/g, '\\$&');

/** Texts of lessons lead to other pages of the site as seen from `/lab/`. A file has no such place: there they lead to its address. */
const FROM_LAB = '](../';
const outward = (markdown: string, site: string) =>
  site === '' ? markdown : markdown.replaceAll(FROM_LAB, `](${site}`);
const homeward = (markdown: string, site: string) =>
  site === '' ? markdown : markdown.replaceAll(`](${site}`, FROM_LAB);

/** What is written for its readers alone, and made anew with every export. */
const FOR_READERS = new Set(['about', 'result', 'runs']);
const isForReaders = ({ metadata }: NotebookCell) => {
  const said = z.object({ kind: z.string() }).safeParse(metadata);
  return said.success && FOR_READERS.has(said.data.kind);
};

/** What is written for readers gives way where a cell of the notebook has its name already. */
function withOwnIds(cells: readonly NotebookCell[]): NotebookCell[] {
  const used = new Set(cells.flatMap((cell) => (isForReaders(cell) ? [] : [cell.id])));
  return cells.map((cell) => {
    if (!isForReaders(cell)) return cell;
    let { id } = cell;
    for (let tries = 2; used.has(id); tries++) id = `${cell.id?.slice(0, 55)}-${tries}`;
    used.add(id);
    return { ...cell, id };
  });
}

function toJupyter(cell: OwnCell, describe: DescribeCell, site: string, results: Results): NotebookCell[] {
  switch (cell.kind) {
    case 'text':
      return [
        {
          kind: 'markdown',
          id: cell.id,
          source: outward(cell.text, site),
          metadata: { kind: 'text' },
        },
      ];
    case 'code':
      return [
        {
          kind: 'code',
          id: cell.id,
          source: cell.code,
          metadata: { kind: 'code', ...(cell.title === undefined ? {} : { title: cell.title }) },
          outputs: outputsOfCode(resultAt(results.code, cell.id)),
        },
      ];
    case 'cell': {
      const { title, summary, address } = describe(cell);
      const result = resultAt(results.cells, cell.id);
      const found = result ? 'What it found is below.' : 'It has found nothing yet: run it there.';
      return [
        {
          kind: 'markdown',
          id: cell.id,
          source: `**${plain(title)}**: ${summary}\n\n[Open this experiment, with these settings](<${address}>). ${found}`,
          metadata: { kind: 'cell', cell: cell.cell, settings: cell.settings },
        },
        ...(result ? [resultCell(cell.id, title, address, result)] : []),
      ];
    }
  }
}

/**
 * @param site the address of the site, with a slash at its end; empty leaves links within the site as they are
 * @param results below the cells that found them, what the file is before them, and the table of runs at the end; left out, nothing was found
 * @returns the text of an .ipynb file
 */
export function writeNotebookIpynb(
  document: NotebookDocument,
  describe: DescribeCell,
  site = '',
  results: Results = NO_RESULTS,
): string {
  const { runs } = results;
  const cells = document.cells.flatMap((cell) => toJupyter(cell, describe, site, results));
  const about = results === NO_RESULTS ? [] : [aboutCell(document.title, site, results)];
  return writeIpynb(withOwnIds([...about, ...cells, ...(runs.length > 0 ? [runsCell(results)] : [])]), {
    language: 'javascript',
    metadata: {
      ...{ kind: 'notebook', title: document.title, site },
      ...(runs.length > 0 ? { runs } : {}),
    },
  });
}

const ours = z.object({
  kind: z.literal('notebook'),
  title: z.string(),
  site: z
    .string()
    .regex(/^(https?:\/\/[^\s()]+\/)?$/)
    .catch(''),
  runs: z.unknown().optional(),
});

/** Longer than any run of backticks in the code, so that the code cannot end its own block. */
function fenced(code: string, language: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${code.replace(/\n$/, '')}\n${fence}`;
}

/** A cell as it was written here, if its metadata says so and is sound; a changed source counts, being what people edit. */
function asWritten({ kind, source, metadata }: NotebookCell, id: string, site: string): OwnCell | null {
  const said = z.object({ kind: z.string() }).passthrough().safeParse(metadata);
  if (!said.success) return null;
  const changed = kind === 'markdown' ? { text: homeward(source, site) } : { code: source };
  const cell = cellSchema.safeParse({ ...said.data, id, ...changed });
  if (!cell.success || (cell.data.kind === 'code') !== (kind === 'code')) return null;
  return cell.data;
}

/** How Jupyter's Python says that a cell is JavaScript. */
const JAVASCRIPT = /^\s*%%(?:javascript|js)\b[^\n]*\n/i;

/** Characters of a language's name: a file may say anything there. */
const LONGEST_LANGUAGE = 20;

const languageOf = (language: string) => language.replace(/[^a-zA-Z0-9+#-]/g, '').slice(0, LONGEST_LANGUAGE);

export interface ReadNotebook {
  document: NotebookDocument;
  /** What was changed on the way, in words. */
  notes: string[];
  /** What the file says its table of runs is: unchecked. */
  runs?: unknown;
}

/**
 * Reads any .ipynb file of format 4. JavaScript becomes code cells; what is in another language is kept as text, since it cannot run here.
 * @param fallbackTitle for files that were not written here
 * @throws NotebookFileError
 */
export function readNotebookIpynb(text: string, fallbackTitle: string): ReadNotebook {
  let read: ReturnType<typeof readIpynb>;
  try {
    read = readIpynb(text);
  } catch (error) {
    if (!(error instanceof IpynbError)) throw error;
    throw new NotebookFileError('notebook-unreadable', error.message, error.remedy);
  }
  const notes: string[] = [];
  const header = ours.safeParse(read.metadata);
  const runs = header.success || /^(javascript|js|ecmascript)$/i.test(read.language);
  let kept = 0;
  const used = new Set<string>();
  const idFor = (wanted: string | undefined) => {
    const id =
      wanted !== undefined && /^[a-zA-Z0-9_-]{1,64}$/.test(wanted) && !used.has(wanted) ? wanted : newId();
    used.add(id);
    return id;
  };
  const own = header.success ? read.cells.filter((cell) => !isForReaders(cell)) : read.cells;
  const cells = own.map((cell): OwnCell => {
    const id = idFor(cell.id);
    const written = header.success ? asWritten(cell, id, header.data.site) : null;
    if (written) return written;
    if (cell.kind === 'markdown') return { id, kind: 'text', text: cell.source };
    if (runs) return { id, kind: 'code', code: cell.source };
    const magic = JAVASCRIPT.exec(cell.source);
    if (magic) return { id, kind: 'code', code: cell.source.slice(magic[0].length) };
    kept++;
    return { id, kind: 'text', text: fenced(cell.source, languageOf(read.language)) };
  });
  if (kept > 0)
    notes.push(
      `${kept} code ${kept === 1 ? 'cell is' : 'cells are'} in ${read.language.slice(0, LONGEST_LANGUAGE) || 'another language'} and came as text: this site runs JavaScript.`,
    );
  const title = (header.success ? header.data.title : fallbackTitle).slice(0, LIMITS.titleCharacters);
  const table = header.success ? header.data.runs : undefined;
  return {
    document: asStranger(checkDocument({ id: newId(), title, cells })),
    notes,
    ...(table === undefined ? {} : { runs: table }),
  };
}
