'use client';

import { BarFigure } from '@/components/charts/bar-figure';
import { LineFigure } from '@/components/charts/line-figure';
import type { SeriesRole } from '@/components/charts/series';
import type { BarsSpec, ChartSpec, TableSpec } from '@/lib/sandbox/messages';
import { LongTable } from './long-table';

/** What code has put out: printed, or drawn. */
export type Output =
  | { kind: 'text'; level: 'log' | 'warn' | 'error'; text: string }
  | { kind: 'chart'; spec: ChartSpec }
  | { kind: 'bars'; spec: BarsSpec }
  | { kind: 'table'; spec: TableSpec };

const ROLES: readonly SeriesRole[] = ['private', 'plain', 'attacker', 'noise'];

const axisOf = (axis: ChartSpec['x']) =>
  typeof axis === 'string'
    ? { label: axis }
    : { label: axis.label, ...(axis.scale ? { scale: axis.scale } : {}) };

export function Shown({ output }: { output: Output }) {
  if (output.kind === 'chart') {
    const { title, x, y, series } = output.spec;
    return (
      <LineFigure
        title={title}
        summary={`Drawn by the code: ${series.map((one) => one.label).join(', ')}.`}
        series={series.map((one, index) => ({
          id: String(index),
          label: one.label,
          role: ROLES[index]!,
          ...(one.dots === undefined ? {} : { dots: one.dots }),
          points: one.points.map(([px, py]) => ({ x: px, y: py })),
        }))}
        x={axisOf(x)}
        y={axisOf(y)}
      />
    );
  }
  if (output.kind === 'bars') {
    const { title, x, y, bars } = output.spec;
    return (
      <BarFigure
        title={title}
        summary={`Drawn by the code: ${bars.length} bars.`}
        categories={bars.map(({ label }) => label)}
        series={[
          {
            id: 'bars',
            label: y,
            role: 'private',
            values: bars.map(({ value, low, high }) => ({
              value,
              ...(low === undefined ? {} : { low }),
              ...(high === undefined ? {} : { high }),
            })),
          },
        ]}
        x={{ label: x }}
        y={{ label: y }}
      />
    );
  }
  if (output.kind === 'table')
    return (
      <div className="grid gap-1">
        <p className="font-semibold">{output.spec.title}</p>
        <LongTable table={output.spec} name={output.spec.title} />
      </div>
    );
  const danger = output.level === 'error' ? 'text-danger' : '';
  return (
    <pre className={`whitespace-pre-wrap break-words font-mono text-sm ${danger}`}>
      {output.level === 'warn' ? 'Warning: ' : ''}
      {output.text}
    </pre>
  );
}
