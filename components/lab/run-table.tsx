'use client';

import { useId, useState } from 'react';
import { toCsv } from '@/components/charts/table';
import { formatSeconds } from '@/components/notebook/time';
import { Button } from '@/components/ui/button';
import { download, fileName } from '@/components/ui/download';
import {
  compareRuns,
  metricsOfRows,
  noiseInWords,
  originInWords,
  type RunRow,
  type Sorting,
  type SortKey,
  settingsInWords,
  sorted,
  tableOfRuns,
} from '@/lib/notebook/own/run-table';
import { formatNumber } from '@/lib/notebook/parameters';
import { BACKEND_LABELS, type BackendName } from '@/lib/runtime/backend';
import type { Runs } from './use-runs';

const SIDE_BY_SIDE = 4;
/** Of a run among others of all kinds; the whole of it stands in the table of its own cell. */
const BRIEF = 3;

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
      className="border-b border-line-strong px-2 py-1 text-left align-bottom font-semibold"
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

function Comparison({ rows }: { rows: readonly { row: RunRow; number: number }[] }) {
  const lines = compareRuns(rows.map(({ row }) => row));
  return (
    <section
      aria-label="Runs side by side"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: wider than its frame, so it must be possible to scroll it by keyboard
      tabIndex={0}
      className="relative mt-4 overflow-x-auto rounded-control border border-line"
    >
      <table className="w-full border-collapse text-sm tabular-nums">
        <caption className="px-2 py-1 text-left font-semibold">
          Side by side. What differs is marked ≠.
        </caption>
        <thead>
          <tr>
            <td className="border-b border-line-strong px-2 py-1" />
            {rows.map(({ row, number }) => (
              <th key={row.id} scope="col" className="border-b border-line-strong px-2 py-1 text-left">
                Run {number}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, values, differs }) => (
            <tr
              key={name}
              className={`border-b border-line last:border-0 ${differs ? 'bg-accent-soft' : ''}`}
            >
              <th scope="row" className="px-2 py-1 text-left font-normal">
                {name}
                {differs ? <span className="ml-1 font-semibold">≠</span> : null}
              </th>
              {values.map((value, at) => (
                <td key={rows[at]!.row.id} className={`px-2 py-1 ${differs ? 'font-semibold' : ''}`}>
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const brief = ({ metrics }: RunRow) =>
  Object.entries(metrics)
    .slice(0, BRIEF)
    .map(([name, value]) => `${name} ${formatNumber(value)}`)
    .join(', ');

/** Every finished run of the notebook as a row: to sort, to compare, to take along. */
export function RunTable({ runs, title }: { runs: Runs; title: string }) {
  const id = useId();
  const [sorting, setSorting] = useState<Sorting>({ by: 'order', down: false });
  const [cell, setCell] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { rows } = runs;
  const numbers = new Map(rows.map((row, at) => [row.id, at + 1]));
  const cells = [...new Map(rows.map((row) => [row.cell, row.title]))];
  const only = cells.some(([name]) => name === cell) ? cell : cells.length === 1 ? cells[0]![0] : '';
  const shown = sorted(
    rows.filter((row) => only === '' || row.cell === only),
    sorting,
  );
  const metrics = only === '' ? [] : metricsOfRows(shown);
  const compared = rows
    .filter((row) => chosen.has(row.id))
    .map((row) => ({ row, number: numbers.get(row.id)! }));
  const head = { sorting, onSort: setSorting };

  function saveCsv() {
    const table = tableOfRuns(sorted(rows, sorting));
    download(
      fileName(`${title || 'notebook'} runs`, 'csv'),
      new Blob([toCsv(table)], { type: 'text/csv;charset=utf-8' }),
    );
  }

  function toggle(row: string) {
    const next = new Set(chosen);
    if (!next.delete(row)) next.add(row);
    setChosen(next);
  }

  return (
    <section aria-labelledby={`${id}-title`} data-runs className="mt-10">
      <div className="flex flex-wrap items-center gap-3">
        <h2 id={`${id}-title`} className="mr-auto text-[1.44rem] font-semibold tracking-tight">
          Runs
        </h2>
        {cells.length > 1 ? (
          <span className="flex items-center gap-2 text-sm">
            <label htmlFor={`${id}-cell`}>Show</label>
            <select
              id={`${id}-cell`}
              value={only}
              onChange={(event) => {
                setCell(event.target.value);
                setSorting({ by: 'order', down: false });
              }}
              className="min-h-8 max-w-52 rounded-control border border-line-strong bg-surface px-2"
            >
              <option value="">all cells</option>
              {cells.map(([name, words]) => (
                <option key={name} value={name}>
                  {words}
                </option>
              ))}
            </select>
          </span>
        ) : null}
        {rows.length > 0 ? (
          <>
            <Button small onClick={saveCsv}>
              CSV
            </Button>
            <Button
              small
              look="quiet"
              onClick={() => {
                runs.clear();
                setChosen(new Set());
              }}
            >
              Clear
            </Button>
          </>
        ) : null}
      </div>
      {rows.length === 0 ? (
        <p className="mt-2 max-w-[68ch] text-secondary">
          Every finished run of the experiments above gets a row here, with its settings, what came out and
          what it cost. Tick two of them to see them side by side.
        </p>
      ) : (
        <section
          aria-label="Table of runs"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: wider than its frame, so it must be possible to scroll it by keyboard
          tabIndex={0}
          className="relative mt-3 max-h-[36rem] overflow-auto rounded-control border border-line bg-surface"
        >
          <table className="w-full border-collapse text-sm tabular-nums">
            <thead>
              <tr>
                <th
                  scope="col"
                  className="border-b border-line-strong px-2 py-1 text-left align-bottom font-semibold"
                >
                  <span className="sr-only">Compare</span>
                </th>
                <Head by="order" {...head}>
                  Run
                </Head>
                {only === '' ? (
                  <Head by="title" {...head}>
                    Cell
                  </Head>
                ) : null}
                <th
                  scope="col"
                  className="border-b border-line-strong px-2 py-1 text-left align-bottom font-semibold"
                >
                  Settings
                </th>
                {only === '' ? (
                  <th
                    scope="col"
                    className="border-b border-line-strong px-2 py-1 text-left align-bottom font-semibold"
                  >
                    Findings
                  </th>
                ) : null}
                {metrics.map((name) => (
                  <Head key={name} by={`metric:${name}`} {...head}>
                    {name}
                  </Head>
                ))}
                <Head by="epsilon" {...head}>
                  ε charged
                </Head>
                <Head by="noise" {...head}>
                  Noise
                </Head>
                <Head by="backend" {...head}>
                  Backend
                </Head>
                <Head by="seconds" {...head}>
                  Time
                </Head>
                <th scope="col" className="border-b border-line-strong px-2 py-1">
                  <span className="sr-only">Keep or remove</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => {
                const number = numbers.get(row.id)!;
                const full = !chosen.has(row.id) && chosen.size >= SIDE_BY_SIDE;
                return (
                  <tr
                    key={row.id}
                    data-run={row.cell}
                    className="border-b border-line align-top last:border-0"
                  >
                    <td className="px-2 py-1.5">
                      <input
                        type="checkbox"
                        aria-label={`Compare run ${number}`}
                        checked={chosen.has(row.id)}
                        disabled={full}
                        title={full ? `At most ${SIDE_BY_SIDE} side by side` : undefined}
                        onChange={() => toggle(row.id)}
                        className="h-5 w-5 accent-(--accent)"
                      />
                    </td>
                    <td className="px-2 py-1.5">{number}</td>
                    {only === '' ? <td className="min-w-36 px-2 py-1.5">{row.title}</td> : null}
                    <td className="min-w-36 px-2 py-1.5">
                      {row.opened === 'unread' ? 'those of its cell' : settingsInWords(row.settings)}
                      {row.opened ? (
                        <span className="block text-secondary">{originInWords(row)}, not run here</span>
                      ) : null}
                      {row.follows && !row.held ? (
                        <span className="block text-secondary">follows its sliders</span>
                      ) : null}
                    </td>
                    {only === '' ? (
                      <td className="min-w-36 px-2 py-1.5">
                        {row.refused ? 'refused by the budget' : brief(row)}
                      </td>
                    ) : null}
                    {metrics.map((name) => (
                      <td key={name} className="px-2 py-1.5">
                        {row.metrics[name] === undefined ? '–' : formatNumber(row.metrics[name])}
                      </td>
                    ))}
                    <td className="px-2 py-1.5">
                      {row.refused ? 'refused' : row.epsilon === null ? '–' : formatNumber(row.epsilon)}
                    </td>
                    <td className="px-2 py-1.5">{noiseInWords(row)}</td>
                    <td className="px-2 py-1.5">
                      {row.backend
                        ? (BACKEND_LABELS[row.backend as BackendName] ?? row.backend)
                        : 'none needed'}
                    </td>
                    <td className="whitespace-nowrap px-2 py-1.5">{formatSeconds(row.seconds)}</td>
                    <td className="whitespace-nowrap px-2 py-1 text-right">
                      {row.follows && !row.held ? (
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
                      <Button
                        small
                        look="quiet"
                        onClick={() => {
                          runs.remove(row.id);
                          setChosen(new Set([...chosen].filter((one) => one !== row.id)));
                        }}
                        aria-label={`Remove run ${number}`}
                      >
                        Remove
                      </Button>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      )}
      {compared.length > 1 ? <Comparison rows={compared} /> : null}
    </section>
  );
}
