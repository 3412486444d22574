/**
 * A small block as a census counts it, and the tables that are published about it: counts, medians and means of age, for everybody
 * and for parts, as in Garfinkel, Abowd and Martindale (2018), "Understanding database reconstruction attacks on public data".
 */

/** The oldest age there is: ages are cut to it. */
export const OLDEST = 99;

export interface BlockPerson {
  /** Whole years, 0 … OLDEST. */
  age: number;
  /** Three columns of two values each, as bits: see `COLUMN_BITS`. */
  cell: number;
}

/** Which bit of a cell says what. */
export const COLUMN_BITS = { sex: 1, group: 2, married: 4 } as const;
export type Column = keyof typeof COLUMN_BITS;
export const CELLS = 8;

/** A family of tables: one for each combination of values of some columns. Everybody is in exactly one table of a family. */
export type Family = readonly Column[];

/** About everybody and each column; and about each pair of columns too. */
export const FAMILIES: Readonly<Record<'single' | 'pairs', readonly Family[]>> = {
  single: [[], ['sex'], ['group'], ['married']],
  pairs: [[], ['sex'], ['group'], ['married'], ['sex', 'group'], ['sex', 'married'], ['group', 'married']],
};

/** One table's people: those whose columns have these values. */
export interface TableOf {
  family: Family;
  /** Bits of the family's columns. */
  mask: number;
  /** Their values. */
  value: number;
}

/** All tables of some families, in order. */
export function tablesOf(families: readonly Family[]): TableOf[] {
  return families.flatMap((family) => {
    const mask = family.reduce((sum, column) => sum + COLUMN_BITS[column], 0);
    return Array.from({ length: CELLS }, (_, value) => value)
      .filter((value) => (value & ~mask) === 0)
      .map((value) => ({ family, mask, value }));
  });
}

export const isIn = ({ mask, value }: TableOf, cell: number): boolean => (cell & mask) === value;

/** What a census writes into a table. */
export interface Statistics {
  count: number;
  /** Of the ages; of an even number of people the middle between two. */
  median: number;
  /** Of the ages, rounded to one decimal. */
  mean: number;
}

/** Null where a table has so few people that it is held back. */
export interface PublishedTable extends TableOf {
  statistics: Statistics | null;
}

/** Tables with fewer people than this are held back, where small ones are. */
export const LEAST_SHOWN = 3;

/** A mean as it is printed. */
export const printedMean = (sum: number, count: number): number => Math.round((10 * sum) / count) / 10;

export function medianOf(ascending: readonly number[]): number {
  const middle = ascending.length >> 1;
  return ascending.length % 2 === 1 ? ascending[middle]! : (ascending[middle - 1]! + ascending[middle]!) / 2;
}

export const byAge = (a: number, b: number) => a - b;

/** @param hideSmall hold back tables with fewer than `LEAST_SHOWN` people; without it only empty tables have nothing to say */
export function publishTables(
  block: readonly BlockPerson[],
  families: readonly Family[],
  hideSmall: boolean,
): PublishedTable[] {
  const least = hideSmall ? LEAST_SHOWN : 0;
  return tablesOf(families).map((table) => {
    const ages = block.filter(({ cell }) => isIn(table, cell)).map(({ age }) => age);
    ages.sort(byAge);
    if (ages.length < least) return { ...table, statistics: null };
    const count = ages.length;
    if (count === 0) return { ...table, statistics: { count, median: Number.NaN, mean: Number.NaN } };
    const sum = ages.reduce((total, age) => total + age, 0);
    return { ...table, statistics: { count, median: medianOf(ages), mean: printedMean(sum, count) } };
  });
}

/** How close an age must be to count as found, in years. */
export const AGE_WITHIN = 2;

/**
 * Which guess stands for which person of the block: all three columns right and the age within `AGE_WITHIN` years. Each guess stands
 * for one person: as many pairs as there can be, by augmenting paths.
 *
 * @returns for each guess the place of its person in the block; −1 where it is nobody
 */
export function matchPeople(block: readonly BlockPerson[], guesses: readonly BlockPerson[]): number[] {
  const fits = (a: BlockPerson, b: BlockPerson) => a.cell === b.cell && Math.abs(a.age - b.age) <= AGE_WITHIN;
  const standsFor = new Array<number>(guesses.length).fill(-1);
  const place = (person: number, tried: Set<number>): boolean => {
    for (const [i, guess] of guesses.entries()) {
      if (tried.has(i) || !fits(block[person]!, guess)) continue;
      tried.add(i);
      if (standsFor[i] === -1 || place(standsFor[i]!, tried)) {
        standsFor[i] = person;
        return true;
      }
    }
    return false;
  };
  for (const person of block.keys()) place(person, new Set());
  return standsFor;
}

/** How many people of the block are found among the guesses. */
export const foundPeople = (block: readonly BlockPerson[], guesses: readonly BlockPerson[]): number =>
  matchPeople(block, guesses).filter((person) => person >= 0).length;
