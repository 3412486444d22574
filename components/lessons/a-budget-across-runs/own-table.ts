/**
 * A table of the learner's own as an account of the ledger: known by the hash of its bytes, whatever it is called.
 *
 * A question names its column and value by number, so that neither stands in a run record or in the ledger.
 */
import { readTable, valuesOfColumn } from '@/lib/data/table';
import type { AccountRequest } from '@/lib/ledger';
import { hashBytes } from '@/lib/ledger/canonical';
import { PlaygroundError } from '@/lib/runtime/failure';

/** As the page sends it ahead of a run. */
export interface OwnFile {
  name: string;
  bytes: Uint8Array;
}

export interface OwnQuestion {
  /** `hashBytes` of the file, which is also the key that it was sent under. */
  file: string;
  /** From 0, as in the header. */
  column: number;
  /** From 0, as in `valuesOfColumn`; null asks for all of them at once, as a histogram. */
  value: number | null;
  /** False where the first line is a person, too. */
  header?: boolean | undefined;
}

/** In the ledger, instead of the names of a column and a value. */
export const OWN_QUESTION_TITLE = 'How many rows have a certain value?';
export const OWN_HISTOGRAM_TITLE = 'How many rows have each value of a column?';

/** For the label of a histogram, and in the ledger beside its charge. */
export const OWN_GROUPS = 'The list of groups: they are the values of a column, read from the table itself.';

/** Groups of a histogram: more counts than that nobody reads. */
export const MOST_GROUPS = 100;

const NAME_LENGTH = 100;

/** One row is one person. Name and number of rows are taken to be public: they stand in the ledger. */
export function ownTableAccount(hash: string, name: string, rows: number): AccountRequest {
  const shown = name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH)}…` : name;
  return {
    dataset: {
      hash,
      title: `Your table (${shown}, ${rows} ${rows === 1 ? 'row' : 'rows'})`,
      size: rows,
    },
    unit: 'person',
    relation: 'add-or-remove-one',
    // Below 1 / the most rows that a table may have.
    delta: 1e-6,
  };
}

/**
 * Makes a question ready to be charged: whose account, how many counts come back, and how to count once that is done.
 *
 * A row has one value in a column, so that no person is in two groups of a histogram. Which values there are is read from the table
 * itself: no ε covers that list, and a count of it says that somebody has the value. The page says so.
 * @throws DataError if the file is no table; PlaygroundError `table-changed` if the file is not the one that was meant,
 *   or has no such column or value; `too-many-values` where a histogram would have more than `MOST_GROUPS`
 */
export function readOwnQuestion(
  { name, bytes }: OwnFile,
  { file, column, value, header = true }: OwnQuestion,
): { account: AccountRequest; answers: number; counts(): number[] } {
  const hash = hashBytes(bytes);
  const table = readTable(bytes, { header });
  const values = column < table.columns.length ? valuesOfColumn(table, column) : [];
  const asked = value === null ? values : values.slice(value, value + 1);
  if (hash !== file || asked.length === 0)
    throw new PlaygroundError(
      'table-changed',
      'The question is about another table than the one that is open.',
      'Choose the file again, and then a column and a value.',
    );
  if (value === null && asked.length > MOST_GROUPS)
    throw new PlaygroundError(
      'too-many-values',
      `The column has ${asked.length} different values; ${MOST_GROUPS} are the most that are counted at once.`,
      'Choose another column, or one value of this one.',
    );
  return {
    account: ownTableAccount(hash, name, table.rows.length),
    answers: asked.length,
    counts() {
      const places = new Map(asked.map((one, place) => [one, place]));
      const counts = asked.map(() => 0);
      for (const row of table.rows) {
        const place = places.get(row[column]!);
        if (place !== undefined) counts[place]!++;
      }
      return counts;
    },
  };
}
