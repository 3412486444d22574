'use client';

import { useId, useMemo, useState } from 'react';
import { toCsv } from '@/components/charts/table';
import { Button } from '@/components/ui/button';
import { download, fileName } from '@/components/ui/download';
import { type Sorting, sorted, tableOfRuns } from '@/lib/notebook/own/run-table';
import { Comparison } from './run-comparison';
import { RunPlot } from './run-plot';
import { RunRows } from './run-rows';
import type { Runs } from './use-runs';

const SIDE_BY_SIDE = 4;

/** Every finished run of the notebook as a row, and every one that broke off after it was charged: to sort, to compare, to take along. */
export function RunTable({ runs, title }: { runs: Runs; title: string }) {
  const id = useId();
  const [sorting, setSorting] = useState<Sorting>({ by: 'order', down: false });
  const [cell, setCell] = useState('');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const { rows } = runs;
  const numbers = new Map(rows.map((row, at) => [row.id, at + 1]));
  const cells = [...new Map(rows.map((row) => [row.cell, row.title]))];
  const only = cells.some(([name]) => name === cell) ? cell : cells.length === 1 ? cells[0]![0] : '';
  const compared = rows
    .filter((row) => ticked.has(row.id))
    .map((row) => ({ row, number: numbers.get(row.id)! }));
  // Of several cells none is drawn: their figures are not of one kind.
  const plotted = useMemo(() => (only === '' ? [] : rows.filter((row) => row.cell === only)), [rows, only]);
  // Without those that were removed.
  const chosen = new Set(compared.map(({ row }) => row.id));

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
    setTicked(next);
  }

  return (
    <section aria-labelledby={`${id}-title`} data-runs className="mt-10">
      <div className="flex flex-wrap items-center gap-3">
        <h2 id={`${id}-title`} className="mr-auto text-[1.44rem] font-semibold tracking-tight">
          Runs
        </h2>
        {cells.length > 1 ? (
          <WhichCell
            cells={cells}
            only={only}
            onChoose={(name) => {
              setCell(name);
              setSorting({ by: 'order', down: false });
            }}
          />
        ) : null}
        {rows.length > 0 ? (
          <>
            <Button small className="no-print" onClick={saveCsv}>
              CSV
            </Button>
            <Button small className="no-print" look="quiet" onClick={runs.clear}>
              Clear
            </Button>
          </>
        ) : null}
      </div>
      {rows.length === 0 ? (
        <p className="mt-2 max-w-[68ch] text-secondary">
          Every finished run of the experiments above gets a row here, with its settings, what came out and
          what it cost; so does one that was charged and then stopped. Tick two of them to see them side by
          side. “Sweep” above an experiment fills the table by itself.
        </p>
      ) : (
        <RunRows
          rows={sorted(
            rows.filter((row) => only === '' || row.cell === only),
            sorting,
          )}
          numberOf={(row) => numbers.get(row.id)!}
          alike={only !== ''}
          sorting={sorting}
          onSort={setSorting}
          runs={runs}
          chosen={chosen}
          full={chosen.size >= SIDE_BY_SIDE}
          onChoose={toggle}
          why={`At most ${SIDE_BY_SIDE} side by side`}
        />
      )}
      {compared.length > 1 ? <Comparison rows={compared} /> : null}
      {plotted.length > 1 ? <RunPlot rows={plotted} /> : null}
    </section>
  );
}

function WhichCell({
  cells,
  only,
  onChoose,
}: {
  cells: readonly [name: string, title: string][];
  only: string;
  onChoose(name: string): void;
}) {
  const id = useId();
  return (
    <span className="no-print flex items-center gap-2 text-sm">
      <label htmlFor={id}>Show</label>
      <select
        id={id}
        value={only}
        onChange={(event) => onChoose(event.target.value)}
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
  );
}
