/**
 * Finds every block that fits the published tables. Garfinkel, Abowd and Martindale (2018) gave the same question to a SAT solver;
 * three columns of two values are few enough for a search of our own:
 *
 * 1. One column cuts the block into two halves. All lists of ages are made that a half's count, mean and median allow.
 * 2. Each list of one half is laid beside each of the other, and kept if the table about everybody comes out.
 * 3. For either other column, every set of people who might have its value is tried: 2^n sets, each judged by its count, its sum and
 *    the people in its middle. Where both columns have such sets, the tables about pairs of columns decide.
 */
import {
  type BlockPerson,
  COLUMN_BITS,
  type Column,
  LEAST_SHOWN,
  OLDEST,
  type PublishedTable,
  printedMean,
} from './block';

export interface SolverProgress {
  /** Of the lists of one half, those that were laid beside all of the other; and how many there are. */
  step: number;
  total: number;
  /** Blocks found so far. */
  found: number;
}

export interface SolvedBlocks {
  /** Blocks that fit, each once, people in order of age; up to the number asked for. */
  blocks: BlockPerson[][];
  /** Whether these are all there are. */
  complete: boolean;
  /** Pairs of lists of ages that were looked at. */
  tried: number;
}

/** What a table asks of those in it. Of one that is held back nothing is known but that few are in it. */
interface Demand {
  leastCount: number;
  mostCount: number;
  /** Lowest and highest sum of ages whose mean is printed so. */
  low: number;
  high: number;
  /** Twice the median; null where it is not known. */
  twice: number | null;
}

function demandOf({ statistics }: Pick<PublishedTable, 'statistics'>): Demand {
  if (statistics === null)
    return {
      ...{ leastCount: 0, mostCount: LEAST_SHOWN - 1 },
      ...{ low: 0, high: OLDEST * (LEAST_SHOWN - 1), twice: null },
    };
  const { count, median, mean } = statistics;
  const exact = { leastCount: count, mostCount: count };
  if (count === 0) return { ...exact, low: 0, high: 0, twice: null };
  const near = Math.round(count * mean);
  const sums = Array.from({ length: 2 * count + 1 }, (_, i) => near - count + i).filter(
    (sum) => printedMean(sum, count) === mean,
  );
  return { ...exact, low: sums[0]!, high: sums.at(-1)!, twice: 2 * median };
}

/** What is not printed about one half follows from everybody and the other half. */
function sharpened(half: Demand, whole: Demand, other: Demand): Demand {
  return {
    leastCount: Math.max(half.leastCount, whole.leastCount - other.mostCount),
    mostCount: Math.min(half.mostCount, whole.mostCount - other.leastCount),
    low: Math.max(half.low, whole.low - other.high),
    high: Math.min(half.high, whole.high - other.low),
    twice: half.twice,
  };
}

/** Whether an ascending list can still become one with this sum and median. `count` is what it shall have in the end. */
function canGrow(list: readonly number[], sum: number, count: number, { low, high, twice }: Demand): boolean {
  const missing = count - list.length;
  const last = list.at(-1) ?? 0;
  if (sum + missing * last > high || sum + missing * OLDEST < low) return false;
  if (twice === null) return true;
  const middle = count >> 1;
  if (count % 2 === 1) return list.length > middle ? 2 * list[middle]! === twice : 2 * last <= twice;
  if (list.length > middle) return list[middle - 1]! + list[middle]! === twice;
  return 2 * last <= twice;
}

/** All ascending lists of ages that a table allows. */
function ageLists(demand: Demand): number[][] {
  const lists: number[][] = [];
  const list: number[] = [];
  function grow(sum: number, count: number): void {
    if (list.length === count) {
      lists.push([...list]);
      return;
    }
    for (let age = list.at(-1) ?? 0; age <= OLDEST; age++) {
      list.push(age);
      if (canGrow(list, sum + age, count, demand)) grow(sum + age, count);
      list.pop();
    }
  }
  for (let count = demand.leastCount; count <= demand.mostCount; count++)
    if (count > 0 || demand.low <= 0) grow(0, count);
  return lists;
}

/** Of every set of n people in order of age: how many, and who stands in its middle. */
interface SetShape {
  count: Uint8Array;
  lower: Uint8Array;
  upper: Uint8Array;
}

function shapesOf(size: number): SetShape {
  const sets = 1 << size;
  const shape = { count: new Uint8Array(sets), lower: new Uint8Array(sets), upper: new Uint8Array(sets) };
  for (let set = 1; set < sets; set++) {
    const members = Array.from({ length: size }, (_, i) => i).filter((i) => (set >> i) & 1);
    shape.count[set] = members.length;
    shape.lower[set] = members[(members.length - 1) >> 1]!;
    shape.upper[set] = members[members.length >> 1]!;
  }
  return shape;
}

/** Sorted people of one candidate, and the sums of all their sets. */
class Candidate {
  readonly ages: Uint8Array;
  private readonly sums: Uint16Array;
  private readonly shape: SetShape;
  /** Who has the value 1 in the column that cuts the block. */
  half = 0;

  constructor(readonly size: number) {
    this.ages = new Uint8Array(size);
    this.sums = new Uint16Array(1 << size);
    this.shape = shapesOf(size);
  }

  /** Merges two ascending lists; the second has the value 1. */
  merge(zero: readonly number[], one: readonly number[]): void {
    this.half = 0;
    for (let i = 0, a = 0, b = 0; i < this.size; i++) {
      const takesOne = a === zero.length || (b < one.length && one[b]! < zero[a]!);
      this.ages[i] = takesOne ? one[b++]! : zero[a++]!;
      if (takesOne) this.half |= 1 << i;
    }
  }

  sumAllSets(): void {
    for (let i = 0; i < this.size; i++)
      for (let set = 1 << i, rest = 0; rest < 1 << i; rest++, set++)
        this.sums[set] = this.sums[rest]! + this.ages[i]!;
  }

  /** Whether those in a set may be the people of a table. */
  fits(set: number, { leastCount, mostCount, low, high, twice }: Demand): boolean {
    const count = this.shape.count[set]!;
    if (count < leastCount || count > mostCount) return false;
    const sum = this.sums[set]!;
    if (sum < low || sum > high) return false;
    return (
      twice === null || this.ages[this.shape.lower[set]!]! + this.ages[this.shape.upper[set]!]! === twice
    );
  }

  /** The median alone, before any set is summed. */
  hasMedian(twice: number | null): boolean {
    const { size, ages } = this;
    return twice === null || ages[(size - 1) >> 1]! + ages[size >> 1]! === twice;
  }
}

const COLUMNS: readonly Column[] = ['sex', 'group', 'married'];

/** The demands of one table for each combination of two columns' values, or null where no such table is published. */
function demandsOf(tables: readonly PublishedTable[], columns: readonly Column[]): Demand[] | null {
  const mask = columns.reduce((sum, column) => sum + COLUMN_BITS[column], 0);
  const found = tables.filter((table) => table.mask === mask);
  if (found.length === 0) return null;
  // In the order 00, 10, 01, 11 of the columns as they are named.
  return Array.from({ length: 1 << columns.length }, (_, at) => {
    const value = columns.reduce(
      (sum, column, i) => sum + (((at >> i) & 1) === 1 ? COLUMN_BITS[column] : 0),
      0,
    );
    return demandOf(found.find((table) => table.value === value)!);
  });
}

/** Whether the four parts into which two sets cut everybody may be the four tables about two columns. */
function pairFits(candidate: Candidate, a: number, b: number, demands: readonly Demand[] | null): boolean {
  if (demands === null) return true;
  const everybody = (1 << candidate.size) - 1;
  return (
    candidate.fits(everybody & ~(a | b), demands[0]!) &&
    candidate.fits(a & ~b, demands[1]!) &&
    candidate.fits(b & ~a, demands[2]!) &&
    candidate.fits(a & b, demands[3]!)
  );
}

/** Pairs of lists between two looks at whether the search should go on. */
const AT_ONCE = 20_000;

/**
 * @param tables of the families that `FAMILIES` has, everybody and each column alone among them
 * @param most blocks after which the search ends
 * @yields now and then, so that whoever asked can stop it
 */
export function* solveBlock(
  tables: readonly PublishedTable[],
  most: number,
): Generator<SolverProgress, SolvedBlocks> {
  const whole = demandsOf(tables, [])![0]!;
  const size = whole.leastCount;
  const halves = (column: Column): [Demand, Demand] => {
    const [zero, one] = demandsOf(tables, [column]) as [Demand, Demand];
    return [sharpened(zero, whole, one), sharpened(one, whole, zero)];
  };
  // The more even the halves, the fewer lists.
  const largest = (column: Column) => Math.max(...halves(column).map(({ mostCount }) => mostCount));
  const [cut, second, third] = [...COLUMNS].sort((a, b) => largest(a) - largest(b)) as [
    Column,
    Column,
    Column,
  ];
  const [zeros, ones] = halves(cut).map(ageLists) as [number[][], number[][]];
  const secondAlone = halves(second);
  const thirdAlone = halves(third);
  const cutSecond = demandsOf(
    tables,
    COLUMNS.filter((one) => one === cut || one === second),
  );
  const cutThird = demandsOf(
    tables,
    COLUMNS.filter((one) => one === cut || one === third),
  );
  const secondThird = demandsOf(
    tables,
    COLUMNS.filter((one) => one === second || one === third),
  );
  const inOrder = (a: Column, b: Column) => COLUMNS.indexOf(a) < COLUMNS.indexOf(b);
  const pair = (a: Column, setA: number, b: Column, setB: number, demands: readonly Demand[] | null) =>
    inOrder(a, b) ? pairFits(candidate, setA, setB, demands) : pairFits(candidate, setB, setA, demands);

  const candidate = new Candidate(size);
  const everybody = (1 << size) - 1;
  const blocks = new Map<string, BlockPerson[]>();
  let tried = 0;

  /** Sets of people who may have the value 1 in a column. */
  function setsFor(column: Column, alone: [Demand, Demand], withCut: readonly Demand[] | null): number[] {
    const sets: number[] = [];
    for (let set = 0; set <= everybody; set++)
      if (
        candidate.fits(set, alone[1]) &&
        candidate.fits(everybody & ~set, alone[0]) &&
        pair(cut, candidate.half, column, set, withCut)
      )
        sets.push(set);
    return sets;
  }

  function keep(seconds: number, thirds: number): void {
    const sets = { [cut]: candidate.half, [second]: seconds, [third]: thirds } as Record<Column, number>;
    const people = Array.from(candidate.ages, (age, i) => ({
      age,
      cell: COLUMNS.reduce(
        (sum, column) => sum + (((sets[column] >> i) & 1) === 1 ? COLUMN_BITS[column] : 0),
        0,
      ),
    }));
    people.sort((a, b) => a.age - b.age || a.cell - b.cell);
    // Two of one age may change places: the same block.
    blocks.set(people.map(({ age, cell }) => `${age} ${cell}`).join(), people);
  }

  function lookAtSets(): void {
    candidate.sumAllSets();
    if (!candidate.fits(everybody, whole)) return;
    const seconds = setsFor(second, secondAlone, cutSecond);
    if (seconds.length === 0) return;
    const thirds = setsFor(third, thirdAlone, cutThird);
    for (const b of seconds) for (const c of thirds) if (pair(second, b, third, c, secondThird)) keep(b, c);
  }

  for (const [step, zero] of zeros.entries()) {
    for (const one of ones) {
      if (zero.length + one.length !== size) continue;
      if (++tried % AT_ONCE === 0) yield { step, total: zeros.length, found: blocks.size };
      candidate.merge(zero, one);
      if (candidate.hasMedian(whole.twice)) lookAtSets();
      if (blocks.size >= most) return { blocks: [...blocks.values()].slice(0, most), complete: false, tried };
    }
  }
  return { blocks: [...blocks.values()], complete: true, tried };
}
