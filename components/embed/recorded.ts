/**
 * Results of real runs made elsewhere, shown in an embed until its cell is started, and where it cannot start at all. Cells that
 * are not here say in words what they would show.
 */

import symbol from '@/components/cells/rare-symbol/recorded.json';
import detector from '@/components/cells/train-detector/recorded.json';
import type { Table } from '@/components/charts/table';
import { FOUND_SCORE, WHO, type Who } from '@/lib/runtime/experiments/symbol-account';

export interface Recorded {
  /** Where the numbers come from. */
  source: string;
  table: Table;
}

const percent = (share: number) => Number((100 * share).toFixed(1));

const ofDetector: Recorded = {
  source: `Recorded, not live: means of ${detector.seeds.length} seeded runs of ${detector.steps} steps on 2,000 forms, judged on ${detector.tests} others (${detector.backend}).`,
  table: {
    columns: ['ε', 'mAP50, %'],
    rows: [
      ...detector.private.map(({ epsilon, mean }): [string, number] => [String(epsilon), percent(mean)]),
      ['no privacy', percent(detector.plain.mean)],
    ],
  },
};

const HEADS: Record<Who, string> = {
  plainWith: 'plain, with the person',
  plainWithout: 'plain, without',
  privateWith: 'private, with the person',
  privateWithout: 'private, without',
};

export const RECORDED: Readonly<Record<string, Recorded>> = {
  train: {
    source:
      'Recorded, not live: means of five seeded runs on full MNIST, 200 steps, expected lot 2,048, δ = 1e-5, on the WASM backend.',
    table: {
      columns: ['ε', 'test accuracy, %'],
      rows: [
        ['0.5', 96.04],
        ['1', 96.68],
        ['2', 97.1],
        ['3', 97.23],
        ['no privacy', 97.92],
      ],
    },
  },
  'train-detector': ofDetector,
  'sweep-detector': ofDetector,
  'rare-symbol': {
    source: `Recorded, not live: ${symbol.rows.length} seeded runs of ${symbol.steps} steps, private ones at ε = ${symbol.epsilon} (${symbol.backend}).`,
    table: {
      columns: ['head', `seeds of ${symbol.rows.length} in which it finds the symbol on that person’s form`],
      rows: WHO.map((who): [string, number] => [
        HEADS[who],
        symbol.rows.filter((row) => row[who].score >= FOUND_SCORE).length,
      ]),
    },
  },
};
