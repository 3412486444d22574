/**
 * Results of real runs made elsewhere, shown in an embed until its cell is started, and where it cannot start at all: without a script,
 * or without a worker. Written by tests/commands/record-posters.ts, which runs each cell once; a unit test runs those again that need no
 * tensors.
 */

import type { Table } from '@/components/charts/table';
import symbol from '@/components/lessons/a-privately-trained-detector/rare-symbol/recorded.json' with {
  type: 'json',
};
import { FOUND_SCORE, WHO, type Who } from '@/components/lessons/a-privately-trained-detector/symbol-account';
import detector from '@/components/lessons/a-privately-trained-detector/train-detector/recorded.json' with {
  type: 'json',
};
import { SCENARIOS } from '@/components/lessons/which-protection/cases';
import { CONTROLS, THREATS } from '@/components/lessons/which-protection/threats';
import { formatNumber } from '@/lib/notebook/parameters';
import { BACKEND_LABELS, type BackendName } from '@/lib/runtime/backend';
import type { Provenance } from '@/lib/runtime/experiment';
import runs from './recorded-runs.json' with { type: 'json' };

export interface Recorded {
  /** Where the table comes from. */
  source: string;
  table: Table;
}

/** One run of one cell with its default settings. */
export interface RecordedRun {
  experiment: string;
  params: unknown;
  /** In words, with five digits. */
  findings: readonly (readonly [string, number])[];
  provenance: Pick<
    Provenance,
    'backend' | 'noise' | 'seed' | 'dataset' | 'epsilon' | 'delta' | 'finishedAt' | 'version'
  >;
}

const NOISE = { cryptographic: 'cryptographic noise', seeded: 'seeded noise', none: null } as const;

function ofRun({ findings, provenance }: RecordedRun): Recorded {
  const { backend, noise, seed, dataset, epsilon, delta, finishedAt } = provenance;
  const facts = [
    dataset,
    NOISE[noise] && `${NOISE[noise]}${seed === null ? '' : `, seed ${seed}`}`,
    epsilon === null
      ? null
      : `ε = ${formatNumber(epsilon)}${delta === null ? '' : `, δ = ${formatNumber(delta)}`}`,
    backend && `on the ${BACKEND_LABELS[backend as BackendName] ?? backend} backend`,
    finishedAt.slice(0, 10),
  ].filter((fact) => fact !== null);
  return {
    source: `Recorded, not live: one run with the default settings; ${facts.join('; ')}.`,
    table: {
      columns: ['what was found', 'value'],
      rows: findings.map(([words, value]) => [words, formatNumber(value)]),
    },
  };
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

const oneRun = Object.fromEntries(
  Object.entries(runs as unknown as Record<string, RecordedRun>).map(([cell, run]) => [cell, ofRun(run)]),
);

const VERDICTS = { yes: 'answers it', partly: 'in part', no: 'does not' } as const;

/** Of cells that find nothing before a learner has done something: what they are about. */
const ABOUT: Readonly<Record<string, Recorded>> = {
  matrix: {
    source:
      'Our verdicts: one control by itself, rightly used. The cell asks for yours first, and has a reason for each.',
    table: {
      columns: ['threat', ...CONTROLS.map(({ name }) => name)],
      rows: THREATS.map(({ name, judgements }) => [
        name,
        ...CONTROLS.map(({ id }) => VERDICTS[judgements[id].verdict]),
      ]),
    },
  },
  quiz: {
    source: 'The cases. The cell has a reason for every answer to them.',
    table: {
      columns: ['case', 'answers to choose from'],
      rows: SCENARIOS.map(({ title, options }) => [title, options.length]),
    },
  },
  'your-report': {
    source: 'Computed from the promise itself: e to the ε. Your own answer stays in your browser.',
    table: {
      columns: ['ε of one report', 'a server’s odds on any answer shift at most by a factor of'],
      rows: [0.5, 1, 1.5, 3, 6].map((epsilon) => [String(epsilon), formatNumber(Math.exp(epsilon))]),
    },
  },
};

export const RECORDED: Readonly<Record<string, Recorded>> = {
  ...oneRun,
  ...ABOUT,
  // Of several runs each: a curve says more than a point.
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
