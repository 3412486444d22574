/** Finished runs as rows that can be sorted, compared and written out. */
import type { ChargedRelease } from '@/lib/ledger';
import type { Provenance } from '@/lib/runtime/experiment';
import type { Setting } from '../page/values';
import { formatNumber } from '../parameters';
import { type Findings, findingsOf } from './findings';

/** How far a run came that did not come to its end. */
export interface BrokenOff {
  how: 'stopped' | 'failed';
  /** Steps done of so many; null: it had not begun with them, or nobody knows. */
  step: number | null;
  total: number | null;
}

export interface RunRow {
  id: string;
  /** Of the cell in its notebook; a cell may be there twice. */
  place: string;
  /** Of the cell on the site, e.g. `train`. */
  cell: string;
  title: string;
  /** The cell follows its sliders: its row follows too, until it is held. */
  follows: boolean;
  held: boolean;
  /** It came with a file and did not run here; `unread` until its cell has put its settings into words. */
  opened?: 'unread' | 'read' | undefined;
  /** The settings that are not at their defaults, in words. */
  settings: readonly { label: string; value: string }[];
  /** All settings; rows that older versions wrote have none. */
  every?: readonly Setting[] | undefined;
  /** By their names in words: "test accuracy, private". */
  metrics: Readonly<Record<string, number>>;
  /** Charged to the ledger, in nats; null for a run that charges nothing. */
  epsilon: number | null;
  delta: number | null;
  /** For its label; left out of runs that charged nothing, and of those of older versions. */
  charged?: ChargedRelease | undefined;
  noise: Provenance['noise'];
  /** The budget did not allow it. */
  refused: boolean;
  /** It was charged, and did not come to its end: it found nothing. */
  brokenOff?: BrokenOff | undefined;
  backend: string | null;
  seconds: number;
  /** ISO 8601. */
  finishedAt: string;
}

/** Older runs give way. */
export const MOST_ROWS = 300;

/** A run's settings as its cell says them. */
export type SettingsInWords = Pick<RunRow, 'settings' | 'every'>;

export interface FinishedRun {
  place: string;
  cell: string;
  title: string;
  follows: boolean;
  settings: RunRow['settings'];
  every?: RunRow['every'];
  /** As its cell has them. */
  findings: Findings;
  result: unknown;
  provenance: Provenance;
}

export function rowOf(id: string, run: FinishedRun): RunRow {
  const { noise, epsilon, delta, backend, seconds, finishedAt } = run.provenance;
  const { result } = run;
  const refused =
    typeof result === 'object' && result !== null && 'refusal' in result && result.refusal !== null;
  // Only noise that nobody can compute again is private, and only what is private has a price.
  const charged = noise === 'cryptographic' && !refused;
  return {
    ...{ id, place: run.place, cell: run.cell, title: run.title, follows: run.follows, held: false },
    settings: run.settings,
    ...(run.every && { every: run.every }),
    metrics: refused ? {} : findingsOf(run.findings, result),
    epsilon: charged ? epsilon : null,
    delta: charged ? delta : null,
    ...(charged && run.provenance.charged && { charged: run.provenance.charged }),
    ...{ noise, refused, backend, seconds, finishedAt },
  };
}

/** A run that was stopped, or failed, after it was charged: what it cost stands in the table like any other cost. */
export function brokenRow(
  id: string,
  run: Pick<FinishedRun, 'place' | 'cell' | 'title' | 'follows' | 'settings' | 'every'>,
  end: BrokenOff & { charged: ChargedRelease; backend: string | null; seconds: number; finishedAt: string },
): RunRow {
  const { charged, how, step, total, ...rest } = end;
  const { every, ...whose } = run;
  return {
    ...{ id, ...whose, held: false, metrics: {} },
    ...(every && { every }),
    // Its ε may be infinite, which no file has a number for: its label says it.
    epsilon: Number.isFinite(charged.epsilon) ? charged.epsilon : null,
    delta: charged.account.delta,
    charged,
    ...{ noise: 'cryptographic', refused: false, brokenOff: { how, step, total } },
    ...rest,
  };
}

/** What became of a run that found nothing; null of one that came to its end. */
export function endInWords({ refused, brokenOff }: Pick<RunRow, 'refused' | 'brokenOff'>): string | null {
  if (refused) return 'refused by the budget';
  if (!brokenOff) return null;
  const { how, step, total } = brokenOff;
  if (step === null) return `${how} before its first step`;
  return total === null ? `${how} at step ${step}` : `${how} at step ${step} of ${total}`;
}

/** With one run more. A cell that follows its sliders has one row, but for those that were held. */
export function withRun(rows: readonly RunRow[], row: RunRow): RunRow[] {
  const at = row.follows ? rows.findIndex((old) => old.follows && !old.held && old.place === row.place) : -1;
  if (at >= 0) return rows.map((old, index) => (index === at ? { ...row, id: old.id } : old));
  return [...rows, row].slice(-MOST_ROWS);
}

export type SortKey = 'order' | 'title' | 'epsilon' | 'seconds' | 'backend' | 'noise' | `metric:${string}`;

export interface Sorting {
  by: SortKey;
  down: boolean;
}

function columnOf(row: RunRow, by: SortKey, order: number): number | string | null {
  if (by === 'order') return order;
  if (by.startsWith('metric:')) return row.metrics[by.slice('metric:'.length)] ?? null;
  return row[by as 'title' | 'epsilon' | 'seconds' | 'backend' | 'noise'];
}

/** Rows that have nothing in the column come last, whichever way it is sorted. Equal ones stay as they are. */
export function sorted(rows: readonly RunRow[], { by, down }: Sorting): RunRow[] {
  return rows
    .map((row, order) => ({ row, order, value: columnOf(row, by, order) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) {
        if (a.value === b.value) return a.order - b.order;
        return a.value === null ? 1 : -1;
      }
      const way =
        typeof a.value === 'number' && typeof b.value === 'number'
          ? a.value - b.value
          : String(a.value).localeCompare(String(b.value), 'en');
      return way === 0 ? a.order - b.order : down ? -way : way;
    })
    .map(({ row }) => row);
}

/** Names of all metrics, in the order in which they first appear. */
export const metricsOfRows = (rows: readonly RunRow[]): string[] => [
  ...new Set(rows.flatMap(({ metrics }) => Object.keys(metrics))),
];

export const settingsInWords = (settings: RunRow['settings']): string =>
  settings.length === 0 ? 'defaults' : settings.map(({ label, value }) => `${label} ${value}`).join(', ');

/** Puts the settings of opened runs into words, as soon as their cells have read them. */
export const withSettings = (
  rows: readonly RunRow[],
  settingsOf: (place: string) => SettingsInWords | undefined,
): RunRow[] =>
  rows.map((row) => {
    const settings = row.opened === 'unread' ? settingsOf(row.place) : undefined;
    return settings ? { ...row, ...settings, opened: 'read' } : row;
  });

export const originInWords = ({ opened }: Pick<RunRow, 'opened'>): string =>
  opened ? 'opened from a file' : 'run here';

const NOISE_IN_WORDS = {
  cryptographic: 'cryptographic',
  seeded: 'seeded: not private',
  none: 'none',
} as const;
export const noiseInWords = ({ noise }: Pick<RunRow, 'noise'>): string => NOISE_IN_WORDS[noise];

/** Every digit, for a file. */
export function tableOfRuns(rows: readonly RunRow[]): {
  columns: string[];
  rows: (string | number | null)[][];
} {
  const metrics = metricsOfRows(rows);
  const mixed = rows.some(({ opened }) => opened);
  const broken = rows.some(({ brokenOff }) => brokenOff);
  return {
    columns: [
      ...['run', 'cell', 'settings', 'ε charged (nats)', 'δ', 'noise', 'backend', 'seconds', 'finished'],
      ...(mixed ? ['origin'] : []),
      ...(broken ? ['end'] : []),
      ...metrics,
    ],
    rows: rows.map((row, index) => [
      ...[index + 1, row.title, settingsInWords(row.settings), row.epsilon, row.delta],
      ...[row.refused ? endInWords(row) : noiseInWords(row), row.backend ?? 'none needed'],
      ...[row.seconds, row.finishedAt],
      ...(mixed ? [originInWords(row)] : []),
      ...(broken ? [endInWords(row) ?? 'finished'] : []),
      ...metrics.map((name) => row.metrics[name] ?? null),
    ]),
  };
}

export interface ComparedLine {
  name: string;
  values: string[];
  /** Not the same in all of them. */
  differs: boolean;
}

/** An older version noted only what was not at its default: which value that was is not known. */
const NOT_NOTED = 'its default, not noted';

/** A setting of a run in words, with its unit; null where the run has no such setting. */
export function settingOf({ settings, every }: RunRow, label: string): string | null {
  const named = (list: RunRow['settings'] | undefined) => list?.find((one) => one.label === label)?.value;
  return named(every) ?? named(settings) ?? (every ? null : NOT_NOTED);
}

/** Labels of the settings that tell runs apart, or that somebody moved, in the order of the cell. */
export function settingsThatTell(rows: readonly RunRow[]): string[] {
  const all = new Set(
    rows.flatMap(({ every, settings }) => [...(every ?? []), ...settings].map(({ label }) => label)),
  );
  const moved = new Set(rows.flatMap(({ settings }) => settings.map(({ label }) => label)));
  return [...all].filter(
    (label) => moved.has(label) || new Set(rows.map((row) => settingOf(row, label))).size > 1,
  );
}

/** Some runs side by side: one line a setting and a metric, those that differ marked. */
export function compareRuns(rows: readonly RunRow[]): ComparedLine[] {
  const line = (name: string, values: string[]): ComparedLine => ({
    name,
    values,
    differs: new Set(values).size > 1,
  });
  const figure = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : formatNumber(value);
  return [
    line(
      'Cell',
      rows.map(({ title }) => title),
    ),
    ...settingsThatTell(rows).map((label) =>
      line(
        label,
        rows.map((row) => settingOf(row, label) ?? '–'),
      ),
    ),
    line(
      'ε charged',
      rows.map(({ epsilon }) => figure(epsilon)),
    ),
    line('Noise', rows.map(noiseInWords)),
    ...(rows.some(({ opened }) => opened) ? [line('Origin', rows.map(originInWords))] : []),
    ...(rows.some((row) => endInWords(row) !== null)
      ? [
          line(
            'End',
            rows.map((row) => endInWords(row) ?? 'finished'),
          ),
        ]
      : []),
    line(
      'Backend',
      rows.map(({ backend }) => backend ?? 'none needed'),
    ),
    line(
      'Seconds',
      rows.map(({ seconds }) => figure(seconds)),
    ),
    ...metricsOfRows(rows).map((name) =>
      line(
        name,
        rows.map(({ metrics }) => figure(metrics[name])),
      ),
    ),
  ];
}
