/** What a chart draws, and how series are told apart by more than colour. */

/** Who a series is about. Four at most in one chart: a fifth colour cannot be told apart by everybody. */
export type SeriesRole = 'private' | 'plain' | 'attacker' | 'noise';
export type Marker = 'circle' | 'square' | 'triangle' | 'diamond';

export interface Point {
  x: number;
  /** Null or not finite where there is nothing to draw; the line bridges it. */
  y: number | null;
  /** Spread around `y`, drawn as a band. */
  low?: number | null;
  high?: number | null;
}

export interface LineSeries {
  id: string;
  label: string;
  role: SeriesRole;
  /** Thinner and lighter, for a pinned earlier run. */
  faint?: boolean;
  /** Points alone, without a line between them. */
  dots?: boolean;
  points: readonly Point[];
}

/** A line said at once. */
export const line = (
  id: string,
  label: string,
  role: SeriesRole,
  points: readonly Point[],
  look: Pick<LineSeries, 'faint' | 'dots'> = {},
): LineSeries => ({ id, label, role, points, ...look });

/** From nothing to all: where two shares are equal. */
export const DIAGONAL: readonly Point[] = [
  { x: 0, y: 0 },
  { x: 1, y: 1 },
];

export interface BarValue {
  value: number;
  /** The ends of an interval around it, drawn as a whisker. */
  low?: number;
  high?: number;
}

export interface BarSeries {
  id: string;
  label: string;
  role: SeriesRole;
  /** One for each category; null where there is none. */
  values: readonly (BarValue | null)[];
}

/** A mean with the ends of its interval, as a bar. */
export const whiskered = ({ mean, low, high }: { mean: number; low: number; high: number }): BarValue => ({
  value: mean,
  low,
  high,
});

/** A bar for each value, said at once. */
export const bars = (
  id: string,
  label: string,
  role: SeriesRole,
  values: readonly (BarValue | number | null)[],
): BarSeries => ({
  id,
  label,
  role,
  values: values.map((value) => (typeof value === 'number' ? { value } : value)),
});

export interface Axis {
  label: string;
  unit?: string;
  scale?: 'linear' | 'log';
  min?: number;
  max?: number;
  /** It counts: nothing stands between two whole numbers, no tick either. */
  whole?: boolean;
  /** A number at a tick and in the tooltip. The CSV always has every digit. */
  format?: (value: number) => string;
}

/** A straight line to compare with: a threshold, a bound, the clip. */
export interface Reference {
  axis: 'x' | 'y';
  value: number;
  label: string;
}

export const axisTitle = ({ label, unit }: Axis): string => (unit ? `${label} (${unit})` : label);

interface Coding {
  colour: string;
  dash: string | undefined;
  marker: Marker;
  /** Direction of the lines that fill a bar, in degrees, so that bars differ in print too; null is solid. */
  hatch: number | null;
  /** The line in words, for those who do not see the colour. */
  line: string;
}

export const CODING: Readonly<Record<SeriesRole, Coding>> = {
  private: { colour: 'var(--private)', dash: undefined, marker: 'circle', hatch: null, line: 'solid' },
  plain: { colour: 'var(--plain)', dash: '6 4', marker: 'square', hatch: 45, line: 'dashed' },
  attacker: { colour: 'var(--attacker)', dash: '2 4', marker: 'triangle', hatch: 135, line: 'dotted' },
  noise: { colour: 'var(--noise)', dash: '8 3 2 3', marker: 'diamond', hatch: 90, line: 'dash-dotted' },
};
