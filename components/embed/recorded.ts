/**
 * Results of real runs made elsewhere, shown in an embed until its cell is started, and where it cannot start at all: without a script,
 * or without a worker. Written by tests/commands/record-posters.ts, which runs each cell once; a unit test runs those again that need no
 * tensors.
 */

import type { LessonCell, Poster } from '@/components/lessons/lesson';
import { formatNumber } from '@/lib/notebook/parameters';
import { BACKEND_LABELS, type BackendName } from '@/lib/runtime/backend';
import type { Provenance } from '@/lib/runtime/experiment';
import runs from './recorded-runs.json' with { type: 'json' };

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

function ofRun({ findings, provenance }: RecordedRun): Poster {
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

const RUNS = runs as unknown as Readonly<Record<string, RecordedRun>>;

/** What a cell has to show before it is started: its room's own table, or else its recorded run, where there is one. */
export async function posterOf({ id, poster }: LessonCell): Promise<Poster | null> {
  if (poster) return poster();
  return RUNS[id] ? ofRun(RUNS[id]) : null;
}
