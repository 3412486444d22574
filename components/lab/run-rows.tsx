import { ChargeSign, OldChargeSign } from '@/components/label/charge-sign';
import type { OldRun } from '@/components/label/release-of-charge';
import { formatSeconds } from '@/components/notebook/time';
import { Button } from '@/components/ui/button';
import { Scrollable } from '@/components/ui/scrollable';
import {
  endInWords,
  metricsOfRows,
  noiseInWords,
  originInWords,
  type RunRow,
  type Sorting,
  type SortKey,
  settingsInWords,
} from '@/lib/notebook/own/run-table';
import { formatNumber } from '@/lib/notebook/parameters';
import { BACKEND_LABELS, type BackendName } from '@/lib/runtime/backend';
import type { Runs } from './use-runs';

/** Of a run among others of all kinds; the whole of it stands in the table of its own cell. */
const BRIEF = 3;

const HEAD = 'border-b border-line-strong px-2 py-1 text-left align-bottom font-semibold';

function Head({
  by,
  sorting,
  onSort,
  children,
}: {
  by: SortKey;
  sorting: Sorting;
  onSort(sorting: Sorting): void;
  children: string;
}) {
  const mine = sorting.by === by;
  return (
    <th
      scope="col"
      aria-sort={mine ? (sorting.down ? 'descending' : 'ascending') : undefined}
      className={HEAD}
    >
      <button
        type="button"
        onClick={() => onSort({ by, down: mine ? !sorting.down : false })}
        className="min-h-8 text-left hover:underline"
      >
        {children}
        <span aria-hidden="true">{mine ? (sorting.down ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  );
}

/** Rows that older versions wrote know ε and δ, and no more. */
const isOldCharge = (row: RunRow): row is RunRow & OldRun =>
  row.epsilon !== null && Number.isFinite(row.epsilon) && !row.refused;

const brief = ({ metrics }: RunRow) =>
  Object.entries(metrics)
    .slice(0, BRIEF)
    .map(([name, value]) => `${name} ${formatNumber(value)}`)
    .join(', ');

export interface RunRowsProps {
  rows: readonly RunRow[];
  /** Rows are numbered as they came, however they are sorted. */
  numberOf(row: RunRow): number;
  /** All of one cell: then each of its metrics has a column. */
  alike: boolean;
  sorting: Sorting;
  onSort(sorting: Sorting): void;
  runs: Pick<Runs, 'hold' | 'remove'>;
  chosen: ReadonlySet<string>;
  /** No more can be chosen. */
  full: boolean;
  onChoose(id: string): void;
  /** Said of a box that cannot be ticked. */
  why: string;
}

/** The rows of finished runs, under heads that sort them. */
export function RunRows(props: RunRowsProps) {
  const { rows, alike, sorting, onSort } = props;
  const metrics = alike ? metricsOfRows(rows) : [];
  const head = { sorting, onSort };
  return (
    <Scrollable
      label="Table of runs"
      className="relative mt-3 max-h-[36rem] overflow-auto rounded-control border border-line bg-surface"
    >
      <table className="w-full border-collapse text-sm tabular-nums">
        <thead>
          <tr>
            <th scope="col" className={`no-print ${HEAD}`}>
              <span className="sr-only">Compare</span>
            </th>
            <Head by="order" {...head}>
              Run
            </Head>
            {alike ? null : (
              <Head by="title" {...head}>
                Cell
              </Head>
            )}
            <th scope="col" className={HEAD}>
              Settings
            </th>
            {alike ? null : (
              <th scope="col" className={HEAD}>
                Findings
              </th>
            )}
            {metrics.map((name) => (
              <Head key={name} by={`metric:${name}`} {...head}>
                {name}
              </Head>
            ))}
            {LAST_COLUMNS.map(([by, words]) => (
              <Head key={by} by={by} {...head}>
                {words}
              </Head>
            ))}
            <th scope="col" className="no-print border-b border-line-strong px-2 py-1">
              <span className="sr-only">Keep or remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={row.id} {...props} row={row} metrics={metrics} />
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}

const LAST_COLUMNS: readonly [SortKey, string][] = [
  ['epsilon', 'ε charged'],
  ['noise', 'Noise'],
  ['backend', 'Backend'],
  ['seconds', 'Time'],
];

function Line({
  row,
  metrics,
  numberOf,
  alike,
  runs,
  chosen,
  full,
  onChoose,
  why,
}: RunRowsProps & { row: RunRow; metrics: readonly string[] }) {
  const number = numberOf(row);
  const barred = full && !chosen.has(row.id);
  const following = row.follows && !row.held;
  return (
    <tr data-run={row.cell} className="border-b border-line align-top last:border-0">
      <td className="no-print px-2 py-1.5">
        <input
          type="checkbox"
          aria-label={`Compare run ${number}`}
          checked={chosen.has(row.id)}
          disabled={barred}
          title={barred ? why : undefined}
          onChange={() => onChoose(row.id)}
          className="h-5 w-5 accent-(--accent)"
        />
      </td>
      <td className="px-2 py-1.5">{number}</td>
      {alike ? null : <td className="min-w-36 px-2 py-1.5">{row.title}</td>}
      <td className="min-w-36 px-2 py-1.5">
        {row.opened === 'unread' ? 'those of its cell' : settingsInWords(row.settings)}
        {row.opened ? <span className="block text-secondary">{originInWords(row)}, not run here</span> : null}
        {following ? <span className="block text-secondary">follows its sliders</span> : null}
        {alike && row.brokenOff ? <span className="block text-secondary">{endInWords(row)}</span> : null}
      </td>
      {alike ? null : <td className="min-w-36 px-2 py-1.5">{endInWords(row) ?? brief(row)}</td>}
      {metrics.map((name) => (
        <td key={name} className="px-2 py-1.5">
          {row.metrics[name] === undefined ? '–' : formatNumber(row.metrics[name])}
        </td>
      ))}
      <td className="px-2 py-1.5">
        <span className="flex items-start gap-1">
          {row.refused ? 'refused' : row.epsilon === null ? '–' : formatNumber(row.epsilon)}
          {row.charged ? (
            <span className="-my-1.5">
              <ChargeSign charged={row.charged} />
            </span>
          ) : isOldCharge(row) ? (
            <span className="-my-1.5">
              <OldChargeSign run={row} />
            </span>
          ) : null}
        </span>
      </td>
      <td className="px-2 py-1.5">{noiseInWords(row)}</td>
      <td className="px-2 py-1.5">
        {row.backend ? (BACKEND_LABELS[row.backend as BackendName] ?? row.backend) : 'none needed'}
      </td>
      <td className="whitespace-nowrap px-2 py-1.5">{formatSeconds(row.seconds)}</td>
      <td className="no-print whitespace-nowrap px-2 py-1 text-right">
        {following ? (
          <Button
            small
            look="quiet"
            onClick={() => runs.hold(row.id)}
            aria-label={`Keep run ${number} as it is`}
            title="Keep this row as it is; the next run gets its own"
          >
            Keep
          </Button>
        ) : null}
        <Button small look="quiet" onClick={() => runs.remove(row.id)} aria-label={`Remove run ${number}`}>
          Remove
        </Button>
      </td>
    </tr>
  );
}
