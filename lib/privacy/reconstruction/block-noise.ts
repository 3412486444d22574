/**
 * The same tables with noise, and an attacker who fits a block to them. Of every table the count and the sum of ages get discrete
 * Laplace noise, and the median is drawn by the exponential mechanism. Nothing is held back: whether a table is small is a secret too.
 *
 * In one family everybody is in exactly one table, so a family costs what one of its tables costs (parallel composition, McSherry
 * 2009); families and statistics add up. ε is therefore cut into 3 × families equal parts.
 */
import type { RandomSource } from '@/lib/random';
import { discreteLaplaceMechanism } from '../mechanisms/discrete-laplace';
import { exponentialMechanism } from '../mechanisms/selection';
import { type BlockPerson, CELLS, type Family, isIn, OLDEST, type TableOf, tablesOf } from './block';

const STATISTICS = 3;
const AGES = OLDEST + 1;

export interface NoisyTable extends TableOf {
  count: number;
  sum: number;
  median: number;
}

export interface NoisyTables {
  tables: NoisyTable[];
  /** ε of each statistic of each family. */
  share: number;
  /** Scale b of the noise on a count, and on a sum of ages: one person moves the one by 1, the other by `OLDEST` at most. */
  countScale: number;
  sumScale: number;
}

/** How well each age divides a list: minus the difference between how many are younger and how many older. One person moves it by 1. */
function medianScores(ages: readonly number[]): number[] {
  const balance = new Array<number>(AGES).fill(0);
  for (const age of ages) for (let at = 0; at < AGES; at++) balance[at]! += at > age ? 1 : at < age ? -1 : 0;
  return balance.map((difference) => -Math.abs(difference));
}

/** @param epsilon of all that is published together, in nats; add-or-remove-one person, at δ = 0 */
export function publishPrivately(
  block: readonly BlockPerson[],
  families: readonly Family[],
  epsilon: number,
  random: RandomSource,
): NoisyTables {
  const share = epsilon / (STATISTICS * families.length);
  const countScale = 1 / share;
  const sumScale = OLDEST / share;
  const counts = discreteLaplaceMechanism({ scale: countScale });
  const sums = discreteLaplaceMechanism({ scale: sumScale, sensitivity: OLDEST });
  const medians = exponentialMechanism({ epsilon: share });
  const tables = tablesOf(families).map((table) => {
    const ages = block.filter(({ cell }) => isIn(table, cell)).map(({ age }) => age);
    const sum = ages.reduce((total, age) => total + age, 0);
    return {
      ...table,
      count: counts.release(ages.length, random),
      sum: sums.release(sum, random),
      median: medians.release(medianScores(ages), random),
    };
  });
  return { tables, share, countScale, sumScale };
}

/** How likely blocks of one size make what was published. */
export class BlockLikelihood {
  /** e^{−share k / 2}: what a median with the score −k weighs. */
  private readonly weight: Float64Array;
  /** The block in order of age. */
  private readonly ages: Uint8Array;
  private readonly cells: Uint8Array;
  /** Those of one table. */
  private readonly own: Uint8Array;

  constructor(
    private readonly noisy: NoisyTables,
    size: number,
  ) {
    this.weight = Float64Array.from({ length: size + 1 }, (_, k) => Math.exp((-noisy.share / 2) * k));
    this.ages = new Uint8Array(size);
    this.cells = new Uint8Array(size);
    this.own = new Uint8Array(size);
  }

  /** ln of the probability of all that is published, were this the block; but for a constant. */
  of(block: readonly BlockPerson[]): number {
    const { ages, cells, own } = this;
    for (const [i, { age, cell }] of block.entries()) {
      let at = i;
      for (; at > 0 && ages[at - 1]! > age; at--) {
        ages[at] = ages[at - 1]!;
        cells[at] = cells[at - 1]!;
      }
      ages[at] = age;
      cells[at] = cell;
    }
    const { tables, countScale, sumScale } = this.noisy;
    let total = 0;
    for (const { mask, value, count, sum, median } of tables) {
      let there = 0;
      let years = 0;
      for (let i = 0; i < block.length; i++)
        if ((cells[i]! & mask) === value) {
          own[there++] = ages[i]!;
          years += ages[i]!;
        }
      total -= Math.abs(there - count) / countScale + Math.abs(years - sum) / sumScale;
      total += this.logMedian(there, median);
    }
    return total;
  }

  /** Of the median, were these the ages: its weight over all ages' weights, which are alike in the gaps between those of people. */
  private logMedian(size: number, median: number): number {
    const { own, weight } = this;
    let all = 0;
    let mine = 0;
    let from = 0;
    for (let i = 0; i < size; ) {
      const age = own[i]!;
      let next = i + 1;
      while (next < size && own[next] === age) next++;
      // Below this age i are younger and the rest older; at it, those of this age count on neither side.
      const between = weight[Math.abs(2 * i - size)]!;
      const at = weight[Math.abs(i - (size - next))]!;
      all += (age - from) * between + at;
      if (median >= from && median < age) mine = between;
      if (median === age) mine = at;
      from = age + 1;
      i = next;
    }
    all += (AGES - from) * weight[size]!;
    if (median >= from) mine = weight[size]!;
    return Math.log(mine / all);
  }
}

export interface FitOptions {
  /** People in the block, whom the attacker knows to be there. */
  size: number;
  /** Changes that are tried, in all. */
  tries: number;
  /** Searches that begin anew; the best is kept. */
  starts: number;
}

/** Changes between two looks at whether the search should go on. */
const AT_ONCE = 200;

/**
 * The likeliest block, as far as simulated annealing finds it (Kirkpatrick, Gelatt and Vecchi 1983): one person is changed at a time,
 * and a change for the worse is kept the less often the cooler it is.
 *
 * @yields now and then, so that whoever asked can stop it
 */
export function* fitBlock(
  noisy: NoisyTables,
  { size, tries, starts }: FitOptions,
  random: RandomSource,
): Generator<void, BlockPerson[]> {
  const likelihood = new BlockLikelihood(noisy, size);
  let best: BlockPerson[] = [];
  let bestFit = Number.NEGATIVE_INFINITY;
  const each = Math.ceil(tries / starts);
  // From hot enough that a miscount hardly matters to cold enough that a year decides.
  const hottest = Math.max(2, 1 / noisy.countScale);
  const coldest = Math.min(0.3, 0.5 / noisy.sumScale);
  for (let start = 0; start < starts; start++) {
    let block = Array.from({ length: size }, () => anybody(random));
    let fit = likelihood.of(block);
    for (let i = 0; i < each; i++) {
      const heat = hottest * (coldest / hottest) ** (i / each);
      const changed = changedBlock(block, random);
      const other = likelihood.of(changed);
      if (other >= fit || random.uniform() < Math.exp((other - fit) / heat)) [block, fit] = [changed, other];
      if (fit > bestFit) [best, bestFit] = [block, fit];
      if (i % AT_ONCE === AT_ONCE - 1) yield;
    }
  }
  return [...best].sort((a, b) => a.age - b.age);
}

const anybody = (random: RandomSource): BlockPerson => ({
  age: random.integer(AGES),
  cell: random.integer(CELLS),
});

/** One person another age, or another value in a column; two people change columns, or years between them. */
function changedBlock(block: readonly BlockPerson[], random: RandomSource): BlockPerson[] {
  const changed = [...block];
  const i = random.integer(block.length);
  const j = random.integer(block.length);
  const [{ age, cell }, other] = [block[i]!, block[j]!];
  switch (random.integer(5)) {
    case 0:
      changed[i] = { age: random.integer(AGES), cell };
      break;
    case 1:
      changed[i] = { age: within(age - 3 + random.integer(7)), cell };
      break;
    case 2:
      changed[i] = { age, cell: cell ^ (1 << random.integer(3)) };
      break;
    case 3:
      changed[i] = { age, cell: other.cell };
      changed[j] = { age: other.age, cell };
      break;
    default: {
      // So that the sum of both stays, where neither reaches an end.
      const years = 1 + random.integer(random.bernoulli(0.5) ? 3 : 30);
      if (i === j) break;
      changed[i] = { age: within(age + years), cell };
      changed[j] = { age: within(other.age - years), cell: other.cell };
    }
  }
  return changed;
}

const within = (age: number) => Math.min(OLDEST, Math.max(0, age));
