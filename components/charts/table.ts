/** The numbers behind a picture: what its table shows, rounded, and its CSV holds, with every digit. */
import { mergeRows } from './rows';
import { type Axis, axisTitle, type LineSeries } from './series';

export interface Table {
  columns: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

export function lineTable(series: readonly LineSeries[], x: Axis, y: Axis): Table {
  const banded = series.map(({ points }) => points.some((p) => p.low !== undefined || p.high !== undefined));
  const unit = y.unit ? ` (${y.unit})` : '';
  return {
    columns: [
      axisTitle(x),
      ...series.flatMap(({ label }, i) => [
        `${label}${unit}`,
        ...(banded[i] ? [`${label}, low${unit}`, `${label}, high${unit}`] : []),
      ]),
    ],
    rows: mergeRows(series).map((row) => [
      row.x,
      ...series.flatMap((_, i) => [
        row.y[i] ?? null,
        ...(banded[i] ? [row.band[i]?.[0] ?? null, row.band[i]?.[1] ?? null] : []),
      ]),
    ]),
  };
}

function field(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  // A spreadsheet takes a text that starts like a formula for one.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180: commas, lines end in CR LF. */
export function toCsv({ columns, rows }: Table): string {
  return [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}
