/** A saved run, opened: a notebook of the one cell that made it, and the run's row, marked as one that did not run here. */
import { RunRecordError, readRunRecord } from '../read-run-record';
import { RUN_RECORD_FORMAT } from '../run-record';
import { emptyDocument, LIMITS, newId } from './document';
import type { Findings } from './findings';
import type { ReadNotebook } from './ipynb-file';
import { type RunRow, rowOf } from './run-table';

/** What the site knows of a cell by its name; undefined for one that it does not have. */
export type FindCell = (id: string) => { title: string; findings: Findings } | undefined;

export interface ReadFile extends ReadNotebook {
  /** For the notebook's table of runs. */
  rows: readonly RunRow[];
}

const RUN = new RegExp(`"format"\\s*:\\s*"${RUN_RECORD_FORMAT}"`);

/** Whether a file says that it is a run; inside another file's texts the quotes would be escaped. */
export const saysRun = (text: string): boolean => RUN.test(text);

/**
 * Of the file only what can be checked is used: the settings as a link, which is brought into range where it is read; the
 * figures that its cell finds in the result; and how they came to be. Titles and words are the site's own.
 * @throws RunRecordError
 */
export function openRun(text: string, findCell: FindCell): ReadFile {
  const { cell: name, link, state, provenance, result } = readRunRecord(text);
  const cell = findCell(name);
  if (!cell)
    throw new RunRecordError(
      'record-unknown-cell',
      `This run is of a cell “${name.slice(0, 60)}”, which this version of the site does not have.`,
      'Reload the page to get the current version of the site, or open it where it was saved.',
    );
  if (link.length > LIMITS.settingsCharacters || !/^(#.*)?$/s.test(link))
    throw new RunRecordError(
      'record-damaged',
      'This run is damaged at “link”: settings begin with #, as in a link, and are not that long.',
      'Save the run again; its file was changed on its way.',
    );
  const place = newId();
  const document = {
    ...emptyDocument(newId(), cell.title),
    cells: [{ id: place, kind: 'cell' as const, cell: name, settings: link }],
  };
  if (state !== 'done' || !provenance)
    return {
      document,
      notes: ['The run did not finish: its settings are there, but no row of it.'],
      rows: [],
    };
  const row = rowOf(newId(), {
    ...{ place, cell: name, title: cell.title, follows: false, settings: [], result, provenance },
    findings: cell.findings,
  });
  return {
    document,
    notes: ['Its run is in the table of runs there, marked as opened from a file.'],
    // What another browser's ledger knows is no record of this one's.
    rows: [{ ...row, opened: 'unread', charged: undefined }],
  };
}
