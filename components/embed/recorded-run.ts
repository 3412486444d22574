/**
 * One real run of a cell, made elsewhere with its default settings: what it found, and where the numbers come from, in words. Written by
 * tests/commands/record-posters.ts into recorded-runs/, a file for each cell.
 */
import { formatNumber } from '@/lib/notebook/parameters';
import { BACKEND_LABELS, type BackendName } from '@/lib/runtime/backend';
import type { Provenance } from '@/lib/runtime/experiment';

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

/** As a JSON file has it: its pairs are lists to the compiler. */
export type RecordedFile = Omit<RecordedRun, 'findings' | 'provenance'> & {
  findings: readonly (readonly (string | number)[])[];
  provenance: { [name: string]: unknown };
};

export const asRecorded = (file: RecordedFile) => file as unknown as RecordedRun;

const NOISE = { cryptographic: 'cryptographic noise', seeded: 'seeded noise', none: null } as const;

export function sourceOf({ provenance }: RecordedRun): string {
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
  return `Recorded, not live: one run with the default settings; ${facts.join('; ')}.`;
}
