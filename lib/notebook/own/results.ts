/**
 * What the cells of a notebook found, as it is taken along in a file: for whoever reads it without the site. Nothing of it is ever read
 * back as more than words and numbers, and no cell is drawn from it.
 */
import type { PrivacyLabel } from '@/lib/runs/label';
import type { RunRow } from './run-table';

export interface ResultTable {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

export interface ResultPicture {
  title: string;
  /** What is to be seen, for those who do not see it. */
  summary: string;
  /** PNG in base64, without what makes it an address. */
  png: string;
}

/** A label, and its fields in words as the site's own card has them. */
export interface ResultLabel {
  label: PrivacyLabel;
  fields: readonly (readonly [name: string, says: string | readonly string[]])[];
}

/** Why a picture was not kept over a reload: it may show what the reader brought, or it had no room. */
export type NotKept = 'own' | 'room';

/** For whoever reads a file, or comes back to a page. */
export const NOT_KEPT_IN_WORDS: Readonly<Record<NotKept, string>> = {
  own: 'Its drawing was not kept when the page was reloaded: pictures that a reader brings, and those of a camera, are never stored. Run it again to have it.',
  room: 'Its pictures were not kept when the page was reloaded: there was no room for them. Run it again to have them.',
};

/** The last result of a cell of the site. */
export interface CellResult {
  /** Its run: settings, figures, ε charged, when. */
  run: RunRow;
  /** What came out, in a sentence; empty where nobody has looked at the cell since the notebook was opened. */
  headline: string;
  /** The settings have moved since: the result is that of the run, not of the settings. */
  moved: boolean;
  pictures: readonly ResultPicture[];
  /** Drawn, but too large for the file. */
  leftOut: number;
  /** Not drawn, for the page was reloaded since. */
  notKept?: NotKept;
  labels: readonly ResultLabel[];
}

/** What stands below a code cell. */
export type CodeOutput =
  | { kind: 'text'; level: 'log' | 'warn' | 'error'; text: string }
  | { kind: 'table'; table: ResultTable }
  | { kind: 'chart'; table: ResultTable; picture: ResultPicture | null };

export interface CodeResult {
  /** ISO 8601: when the last of it was put out. */
  at: string;
  outputs: readonly CodeOutput[];
  /** How many outputs before these were not kept. */
  gone: number;
  /** The code has been changed since: another put this out. */
  moved: boolean;
}

export interface Results {
  /** ISO 8601. */
  madeAt: string;
  /** By the cells' ids in the notebook. */
  cells: Readonly<Record<string, CellResult>>;
  code: Readonly<Record<string, CodeResult>>;
  /** The table of runs. */
  runs: readonly RunRow[];
  /** By the ids of the runs. */
  labels: Readonly<Record<string, readonly ResultLabel[]>>;
}

/** By a name that may be `constructor`. */
export const resultAt = <T>(results: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(results, id) ? results[id] : undefined;

export const NO_RESULTS: Results = { madeAt: '', cells: {}, code: {}, runs: [], labels: {} };

/** Of all pictures of one file together, in characters: the file has to be read again, by us and by mail. */
export const MOST_PICTURE_CHARACTERS = 12_000_000;

/** The newest run of each cell that came to its end. */
export function lastRuns(runs: readonly RunRow[]): Map<string, RunRow> {
  const last = new Map<string, RunRow>();
  for (const run of runs) {
    if (run.brokenOff) continue;
    const known = last.get(run.place);
    if (!known || known.finishedAt <= run.finishedAt) last.set(run.place, run);
  }
  return last;
}
