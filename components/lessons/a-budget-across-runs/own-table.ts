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
  /** From 0, as in `valuesOfColumn`. */
  value: number;
  /** False where the first line is a person, too. */
  header?: boolean | undefined;
}

/** In the ledger, instead of the names of a column and a value. */
export const OWN_QUESTION_TITLE = 'How many rows have a certain value?';

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
 * Makes a question ready to be charged: whose account, and how to count once that is done.
 * @throws DataError if the file is no table; PlaygroundError `table-changed` if the file is not the one that was meant,
 *   or has no such column or value
 */
export function readOwnQuestion(
  { name, bytes }: OwnFile,
  { file, column, value, header = true }: OwnQuestion,
): { account: AccountRequest; count(): number } {
  const hash = hashBytes(bytes);
  const table = readTable(bytes, { header });
  const asked = column < table.columns.length ? valuesOfColumn(table, column)[value] : undefined;
  if (hash !== file || asked === undefined)
    throw new PlaygroundError(
      'table-changed',
      'The question is about another table than the one that is open.',
      'Choose the file again, and then a column and a value.',
    );
  return {
    account: ownTableAccount(hash, name, table.rows.length),
    count: () => table.rows.filter((row) => row[column] === asked).length,
  };
}
