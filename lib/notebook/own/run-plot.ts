/** A figure of the runs against one of their settings: the mean of the runs at each value, with the lowest and the highest. */
import { endInWords, metricsOfRows, type RunRow, settingOf, settingsThatTell } from './run-table';

export interface PlotPoint {
  /** In words, with its unit. */
  at: string;
  /** Null of a choice. */
  x: number | null;
  mean: number;
  low: number;
  high: number;
  runs: number;
}

/** What stands in the table beside the figures that runs found, as figures too. */
const EPSILON = 'ε charged';
const SECONDS = 'seconds';

/** Figures that at least one run has, the most telling first. */
export const plottable = (rows: readonly RunRow[]): string[] => [
  ...metricsOfRows(rows),
  ...(rows.some(({ epsilon }) => epsilon !== null) ? [EPSILON] : []),
  SECONDS,
];

/** Settings that are not the same in all runs, and what they were charged. */
export const plottableAgainst = (rows: readonly RunRow[]): string[] => [
  ...settingsThatTell(rows).filter((label) => new Set(rows.map((row) => settingOf(row, label))).size > 1),
  ...(new Set(rows.map(({ epsilon }) => epsilon)).size > 1 ? [EPSILON] : []),
];

function figureOf(row: RunRow, name: string): number | null {
  if (name === EPSILON) return row.epsilon;
  if (name === SECONDS) return row.seconds;
  return row.metrics[name] ?? null;
}

function placeOf(row: RunRow, label: string): { at: string; x: number | null } | null {
  if (label === EPSILON) return row.epsilon === null ? null : { at: String(row.epsilon), x: row.epsilon };
  const at = settingOf(row, label);
  const number = row.every?.find((one) => one.label === label)?.number;
  // Rows of older versions note words alone: those that are a number are one.
  const read = number ?? (at === null || at.trim() === '' ? Number.NaN : Number(at));
  return at === null ? null : { at, x: Number.isFinite(read) ? read : null };
}

/** In order of the setting where it is a number everywhere, else in order of the runs. Refused runs found nothing, nor did those that broke off. */
export function pointsAgainst(rows: readonly RunRow[], label: string, name: string): PlotPoint[] {
  const groups = new Map<string, { x: number | null; values: number[] }>();
  for (const row of rows) {
    const place = placeOf(row, label);
    const value = figureOf(row, name);
    if (place === null || value === null || endInWords(row) !== null || !Number.isFinite(value)) continue;
    const key = place.x === null ? place.at : String(place.x);
    const group = groups.get(key) ?? { x: place.x, values: [] };
    group.values.push(value);
    groups.set(key, group);
  }
  const points = [...groups].map(([at, { x, values }]) => ({
    ...{ at, x, runs: values.length },
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    low: Math.min(...values),
    high: Math.max(...values),
  }));
  return isNumeric(points) ? points.sort((a, b) => a.x! - b.x!) : points;
}

/** Every value is a number: a line can be drawn over them. */
export const isNumeric = (points: readonly PlotPoint[]): boolean => points.every(({ x }) => x !== null);

/** Values over more than this factor are drawn by their factors. */
const WIDE = 30;

export function isWide(points: readonly PlotPoint[]): boolean {
  const all = points.map(({ x }) => x ?? 0);
  return Math.min(...all) > 0 && Math.max(...all) / Math.min(...all) > WIDE;
}
