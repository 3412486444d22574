/** The numbers behind what code has drawn. */
import { lineTable, type Table } from '@/components/charts/table';
import type { BarsSpec, ChartSpec } from '@/lib/sandbox/messages';

const labelOf = (axis: ChartSpec['x']) => (typeof axis === 'string' ? axis : axis.label);

/** Columns say what they hold, also for whoever never sees the axis. */
export const plotTable = ({ title, x, y, series }: ChartSpec): Table & { title: string } => ({
  title,
  ...lineTable(
    series.map(({ label, points }, at) => ({
      ...{ id: String(at), label: `${label}: ${labelOf(y)}`, role: 'private' as const },
      points: points.map(([px, py]) => ({ x: px, y: py })),
    })),
    { label: labelOf(x) },
    { label: labelOf(y) },
  ),
});

export const barTable = ({ title, x, y, bars }: BarsSpec): Table & { title: string } => ({
  title,
  columns: [x || 'bar', y, 'low', 'high'],
  rows: bars.map(({ label, value, low, high }) => [label, value, low ?? null, high ?? null]),
});
