/** The learner's own table, once a file was chosen: shared by the cell that asks and the account below it. Gone with the page. */
import { create } from 'zustand';
import { DataError } from '@/lib/data/files';
import {
  checkTableSize,
  looksHeaderless,
  readTable,
  type Table,
  valueInSight,
  valuesOfColumn,
} from '@/lib/data/table';
import { hashBytes } from '@/lib/ledger/canonical';
import type { OwnFile, OwnQuestion } from '../own-table';

export interface OwnTable extends Table {
  file: OwnFile;
  /** Of the file's bytes. */
  hash: string;
  /** Whether the first line names the columns; and whether that was only guessed, because it looks like a row. */
  header: boolean;
  guessed: boolean;
  /** What is asked about, by number. */
  column: number;
  /** Null asks about all values at once. */
  value: number | null;
  /** The different values of that column. */
  values: string[];
}

export interface TableProblem {
  message: string;
  remedy: string;
}

interface State {
  table: OwnTable | null;
  /** What was wrong with the last file. */
  problem: TableProblem | null;
}

export const useOwnTable = create<State>(() => ({ table: null, problem: null }));
const { setState: put, getState } = useOwnTable;

/** Reads a file that was chosen. One that cannot be read leaves what was there. */
export async function openOwnTable(file: File): Promise<void> {
  try {
    checkTableSize(file.size);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const guessed = looksHeaderless(bytes);
    put({
      table: {
        ...inForm(bytes, !guessed),
        ...{ file: { name: file.name, bytes }, hash: hashBytes(bytes), guessed },
      },
      problem: null,
    });
  } catch (error) {
    const known = error instanceof DataError;
    put({
      problem: {
        message: `${file.name}: ${known ? error.message : 'the file could not be read.'}`,
        remedy: known ? error.remedy : 'Choose it again.',
      },
    });
  }
}

/** The table with its first column asked about. */
function inForm(bytes: Uint8Array, header: boolean) {
  const table = readTable(bytes, { header });
  return { ...table, header, column: 0, value: 0, values: valuesOfColumn(table, 0) };
}

/** Whether the first line names the columns, as its owner says. A line that cannot name them stays a row. */
export function sayHeader(header: boolean): void {
  const { table } = getState();
  if (!table) return;
  try {
    put({ table: { ...table, ...inForm(table.file.bytes, header), guessed: false }, problem: null });
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    put({ problem: { message: error.message, remedy: 'It stays a row, and counts as a person.' } });
  }
}

export const closeOwnTable = () => put({ table: null, problem: null });

export function chooseColumn(column: number): void {
  const { table } = getState();
  if (table) put({ table: { ...table, column, value: 0, values: valuesOfColumn(table, column) } });
}

export function chooseValue(value: number | null): void {
  const { table } = getState();
  if (table) put({ table: { ...table, value } });
}

export const ownQuestion = ({ hash, column, value, header }: OwnTable): OwnQuestion => ({
  file: hash,
  ...{ column, value },
  ...(header ? {} : { header }),
});

/** An empty value has to be named, too, and one that only looks like another told from it. */
export const valueInWords = (value: string) => (value === '' ? '(empty)' : valueInSight(value));

/** What comes back of a histogram, in its order; null of one count. */
export const groupsOf = ({ value, values }: OwnTable): readonly { words: string }[] | null =>
  value === null ? values.map((one) => ({ words: valueInWords(one) })) : null;

export function ownQuestionInWords({ columns, column, values, value }: OwnTable): string {
  const name = valueInWords(columns[column]!);
  return value === null
    ? `How many rows have each value of ${name}?`
    : `How many rows have ${name} = ${valueInWords(values[value]!)}?`;
}
