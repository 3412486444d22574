'use client';

import { useId, useMemo, useState } from 'react';
import { BarFigure } from '@/components/charts/bar-figure';
import { LineFigure } from '@/components/charts/line-figure';
import { bars, line } from '@/components/charts/series';
import {
  isNumeric,
  isWide,
  type PlotPoint,
  plottable,
  plottableAgainst,
  pointsAgainst,
} from '@/lib/notebook/own/run-plot';
import type { RunRow } from '@/lib/notebook/own/run-table';
import { formatNumber } from '@/lib/notebook/parameters';

function Choose({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly string[];
  value: string;
  onChange(value: string): void;
}) {
  const id = useId();
  return (
    <span className="flex flex-wrap items-center gap-2 text-sm">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className="min-h-8 max-w-60 rounded-control border border-line-strong bg-surface px-2"
      >
        {options.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </span>
  );
}

const inWords = (points: readonly PlotPoint[]) =>
  points
    .slice(0, 12)
    .map(({ at, mean, runs }) => `${at}: ${formatNumber(mean)}${runs > 1 ? ` in ${runs} runs` : ''}.`)
    .join(' ');

function Plot({ points, x, y }: { points: readonly PlotPoint[]; x: string; y: string }) {
  const title = `${y} against ${x}`;
  const caption = points.some(({ runs }) => runs > 1)
    ? 'Where several runs stand at one value: their mean, from the lowest to the highest.'
    : 'One run at each value.';
  const numeric = isNumeric(points);
  const series = useMemo(
    () => [
      line(
        'runs',
        y,
        'private',
        points.map(({ x: at, mean, low, high, runs }) => ({
          ...{ x: at ?? 0, y: mean },
          ...(runs > 1 ? { low, high } : {}),
        })),
      ),
    ],
    [points, y],
  );
  if (numeric)
    return (
      <LineFigure
        {...{ title, caption, series }}
        summary={inWords(points)}
        x={{ label: x, scale: isWide(points) ? 'log' : 'linear' }}
        y={{ label: y }}
        showLatest={false}
      />
    );
  return (
    <BarFigure
      {...{ title, caption }}
      summary={inWords(points)}
      categories={points.map(({ at }) => at)}
      series={[
        bars(
          'runs',
          y,
          'private',
          points.map(({ mean, low, high, runs }) => ({ value: mean, ...(runs > 1 ? { low, high } : {}) })),
        ),
      ]}
      x={{ label: x }}
      y={{ label: y }}
    />
  );
}

/** What the runs of one cell found, against whichever setting. */
export function RunPlot({ rows }: { rows: readonly RunRow[] }) {
  const figures = useMemo(() => plottable(rows), [rows]);
  const settings = useMemo(() => plottableAgainst(rows), [rows]);
  const [chosen, choose] = useState({ x: '', y: '' });
  const x = settings.includes(chosen.x) ? chosen.x : (settings[0] ?? '');
  const y = figures.includes(chosen.y) ? chosen.y : (figures[0] ?? '');
  const points = useMemo(() => pointsAgainst(rows, x, y), [rows, x, y]);
  if (settings.length === 0 || points.length < 2) return null;
  return (
    <section aria-label="Runs as a chart" data-run-plot className="mt-4 max-w-[44rem]">
      <div className="no-print mb-2 flex flex-wrap gap-3">
        <Choose label="Draw" options={figures} value={y} onChange={(next) => choose({ x, y: next })} />
        <Choose label="against" options={settings} value={x} onChange={(next) => choose({ x: next, y })} />
      </div>
      <Plot {...{ points, x, y }} />
    </section>
  );
}
