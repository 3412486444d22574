/**
 * Seven made-up people, the tables that are published about them, and two solvers who see nothing else: one finds every block that
 * fits exact tables, the other the likeliest block behind noisy ones.
 */
import * as z from 'zod';
import {
  type BlockPerson,
  FAMILIES,
  foundPeople,
  matchPeople,
  type PublishedTable,
  publishTables,
} from '@/lib/privacy/reconstruction/block';
import { fitBlock, type NoisyTable, publishPrivately } from '@/lib/privacy/reconstruction/block-noise';
import { type SolvedBlocks, solveBlock } from '@/lib/privacy/reconstruction/block-solver';
import { type RandomSource, SeededRandom } from '@/lib/random';
import type { Experiment } from '@/lib/runtime/experiment';
import { pacedPause } from '@/lib/runtime/pause';

const params = z.object({
  tables: z.enum(['single', 'pairs']),
  /** Hold back tables of one or two people. */
  hideSmall: z.boolean(),
  /** Of all noisy tables together, in nats. */
  epsilon: z.number().min(0.01).max(1e4),
  seed: z.number().int().min(0),
});

export type CensusBlockParams = z.output<typeof params>;

export interface CensusBlockUpdate {
  /** Blocks that fit the exact tables, so far. */
  found: number;
}

export interface CensusBlockResult {
  people: BlockPerson[];
  exact: {
    tables: PublishedTable[];
    /** Blocks that fit, and whether these are all. */
    blocks: number;
    complete: boolean;
    /** The first of them. */
    first: BlockPerson[];
    /** People who are in every block that fits. */
    certain: number;
  };
  noisy: {
    tables: NoisyTable[];
    countScale: number;
    sumScale: number;
    /** The likeliest block, and which of the people each of it stands for; −1 for nobody. */
    fit: BlockPerson[];
    standsFor: number[];
    found: number;
    /** Found on average, over so many publications with fresh noise. */
    meanFound: number;
    publications: number;
  };
  /** Found on average by whoever knows only what people in general are like. */
  guessed: number;
}

const SIZE = 7;
const MOST_BLOCKS = 1000;
const PUBLICATIONS = 8;
const TRIES = 8_000;
const STARTS = 3;
const GUESSES = 300;
/** Of the search, in reports. */
const PARTS = 100;

/** People as they are drawn here: this much the attacker knows of people in general. */
export function drawBlock(random: RandomSource, size = SIZE): BlockPerson[] {
  const people = Array.from({ length: size }, () => {
    const age = random.integer(96);
    const married = age >= 18 && random.bernoulli(0.6);
    return { age, cell: random.integer(4) + (married ? 4 : 0) };
  });
  return people.sort((a, b) => a.age - b.age || a.cell - b.cell);
}

/** How many people are in every one of some blocks, each as often as it is in all. */
export function certainPeople(blocks: readonly (readonly BlockPerson[])[]): number {
  const countsOf = (block: readonly BlockPerson[]) => {
    const counts = new Map<string, number>();
    for (const { age, cell } of block) counts.set(`${age} ${cell}`, (counts.get(`${age} ${cell}`) ?? 0) + 1);
    return counts;
  };
  const [first, ...others] = blocks.map(countsOf);
  let certain = 0;
  for (const [key, count] of first ?? [])
    certain += Math.min(count, ...others.map((counts) => counts.get(key) ?? 0));
  return certain;
}

/** The last exact tables: another ε leaves them as they are. */
let solved: { key: string; tables: PublishedTable[]; found: SolvedBlocks } | null = null;

export const censusBlock: Experiment<CensusBlockParams, CensusBlockUpdate, CensusBlockResult> = {
  id: 'attack-census-block',
  needs: 'maths',
  params,
  async run({ tables: which, hideSmall, epsilon, seed }, { describe, report, random, signal }) {
    describe({
      noise: 'seeded',
      seed,
      epsilon,
      delta: 0,
      accountant: 'pure ε, added up over families of tables',
      dataset: `${SIZE} made-up people`,
    });
    const families = FAMILIES[which];
    const breathe = pacedPause(signal);
    const people = drawBlock(new SeededRandom(seed, 91));
    const total = PARTS + PUBLICATIONS;

    const key = JSON.stringify([which, hideSmall, seed]);
    if (solved?.key !== key) {
      const tables = publishTables(people, families, hideSmall);
      const search = solveBlock(tables, MOST_BLOCKS);
      let now = search.next();
      for (; !now.done; now = search.next()) {
        const { step, total: lists, found } = now.value;
        report({
          ...{ phase: 'run', step: Math.floor((PARTS * step) / lists), total },
          ...{ label: 'Searching for blocks that fit', update: { found } },
        });
        await breathe();
      }
      solved = { key, tables, found: now.value };
    }
    const { blocks, complete } = solved.found;

    const source = random.seeded(seed);
    let shown: Pick<CensusBlockResult['noisy'], 'tables' | 'countScale' | 'sumScale' | 'fit'> | null = null;
    let sum = 0;
    for (let publication = 0; publication < PUBLICATIONS; publication++) {
      report({
        ...{ phase: 'run', step: PARTS + publication, total, label: 'Fitting blocks to noisy tables' },
        update: { found: blocks.length },
      });
      const noisy = publishPrivately(people, families, epsilon, source);
      const search = fitBlock(noisy, { size: SIZE, tries: TRIES, starts: STARTS }, source);
      let now = search.next();
      for (; !now.done; now = search.next()) await breathe();
      shown ??= { ...noisy, fit: now.value };
      sum += foundPeople(people, now.value);
    }
    const { tables, countScale, sumScale, fit } = shown!;
    const standsFor = matchPeople(people, fit);
    const guesser = new SeededRandom(seed, 92);
    let guessed = 0;
    for (let guess = 0; guess < GUESSES; guess++) guessed += foundPeople(people, drawBlock(guesser));
    return {
      people,
      exact: {
        tables: solved.tables,
        ...{ blocks: blocks.length, complete, first: blocks[0]! },
        certain: complete ? certainPeople(blocks) : 0,
      },
      noisy: {
        ...{ tables, countScale, sumScale, fit, standsFor },
        found: standsFor.filter((person) => person >= 0).length,
        ...{ meanFound: sum / PUBLICATIONS, publications: PUBLICATIONS },
      },
      guessed: guessed / GUESSES,
    };
  },
};
