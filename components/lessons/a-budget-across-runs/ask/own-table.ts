/** The learner's own table, once a file was chosen: shared by the cell that asks and the account below it. Gone with the page. */
import { create } from 'zustand';
import { DataError } from '@/lib/data/files';
import { checkTableSize, readTable, type Table, valuesOfColumn } from '@/lib/data/table';
import { hashBytes } from '@/lib/ledger/canonical';
import type { OwnFile, OwnQuestion } from '../own-table';

export interface OwnTable extends Table {
  file: OwnFile;
  /** Of the file's bytes. */
  hash: string;
  /** What is asked about, by number. */
  column: number;
  value: number;
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
    const table = readTable(bytes);
    const values = valuesOfColumn(table, 0);
    put({
      table: {
        ...table,
        ...{ file: { name: file.name, bytes }, hash: hashBytes(bytes), column: 0, value: 0, values },
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

export const closeOwnTable = () => put({ table: null, problem: null });

export function chooseColumn(column: number): void {
  const { table } = getState();
  if (table) put({ table: { ...table, column, value: 0, values: valuesOfColumn(table, column) } });
}

export function chooseValue(value: number): void {
  const { table } = getState();
  if (table) put({ table: { ...table, value } });
}

export const ownQuestion = ({ hash, column, value }: OwnTable): OwnQuestion => ({
  file: hash,
  column,
  value,
});

/** An empty value has to be named, too. */
export const valueInWords = (value: string) => (value === '' ? '(empty)' : value);
