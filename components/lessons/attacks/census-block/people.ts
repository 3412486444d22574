/** A person of the block in the words of a table. */
import { type BlockPerson, COLUMN_BITS, type TableOf } from '@/lib/privacy/reconstruction/block';

const WORDS = {
  sex: ['male', 'female'],
  group: ['A', 'B'],
  married: ['single', 'married'],
} as const;

const word = (column: keyof typeof WORDS, cell: number) =>
  WORDS[column][(cell & COLUMN_BITS[column]) === 0 ? 0 : 1];

/** “34, female, B, married” */
export const personInWords = ({ age, cell }: BlockPerson): string =>
  [age, word('sex', cell), word('group', cell), word('married', cell)].join(', ');

/** Whom a table is about. */
export const tableInWords = ({ family, value }: TableOf): string =>
  family.length === 0 ? 'everybody' : family.map((column) => word(column, value)).join(', ');
