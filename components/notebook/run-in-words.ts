/** A run in a few lines of text, for pictures that leave the site: which settings, which ε, whose noise, made where and when. */
import { fromThisPage } from '@/components/charts/chart-source';
import { short } from '@/components/ui/format';
import type { RunRecord } from '@/lib/notebook/run-record';
import type { Provenance } from '@/lib/runtime';

const NOISE: Record<Provenance['noise'], string> = {
  cryptographic: 'cryptographic noise',
  seeded: 'seeded noise (reproducible, not private)',
  none: 'no noise',
};

/** Longer values are data, not settings. */
const LONGEST = 40;

function settings(params: unknown): string {
  if (typeof params !== 'object' || params === null) return '';
  return Object.entries(params)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]) => `${name} ${value}`)
    .filter((words) => words.length <= LONGEST)
    .join(', ');
}

function origin({ origin: how, noise, epsilon, delta, seed, dataset, accountant, finishedAt }: Provenance) {
  return [
    how,
    finishedAt.slice(0, 10),
    epsilon === null ? null : `ε = ${short(epsilon)}${delta === null ? '' : `, δ = ${delta}`}`,
    NOISE[noise] + (seed === null ? '' : `, seed ${seed}`),
    accountant,
    dataset,
  ]
    .filter((words) => words !== null)
    .join(' · ');
}

/** @param address of the page that it was made on, without its hash */
export function runInWords(
  { title, params, provenance, version, link }: RunRecord,
  address: string,
): string[] {
  const set = settings(params);
  return [
    ...(provenance ? [`${title}: ${origin(provenance)}`] : [title]),
    ...(set ? [`Settings: ${set}`] : []),
    `Epsilon Playground ${version}, ${address}${link}`,
  ];
}

/** What a picture of a cell says of itself. @param run what the cell shows; null where nothing was run yet */
export const sourceOf = (run: RunRecord | null, title: string): string[] =>
  run === null ? [title, fromThisPage()] : runInWords(run, `${location.origin}${location.pathname}`);
