'use client';

import { memo, type ReactElement, useMemo } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { labelRoom, SIGN_WIDTH } from './axes';
import { Mark } from './mark';
import { domain, shortNumber, ticksOf } from './numbers';
import type { Row } from './rows';
import { type Axis, CODING, type LineSeries, type Reference } from './series';
import { PlotTooltip } from './tooltip';

export interface LinePlotProps {
  width: number;
  height: number;
  rows: readonly Row[];
  series: readonly LineSeries[];
  x: Axis;
  y: Axis;
  references: readonly Reference[];
}

/** Markers a line carries at most: enough to tell it apart, few enough to see the line. */
const MARKERS = 12;
/** The library's types want an element for each point; hundreds of empty ones would be drawn and cost a frame. */
const NO_MARK = null as unknown as ReactElement<SVGElement>;
const AXIS_FONT = { fontSize: 12, fill: 'var(--secondary)' };

/** The library breaks a label into lines at its spaces: "80 %" must stay one. */
function Tick({ x, y, text, anchor }: { x: number; y: number; text: string; anchor: 'middle' | 'end' }) {
  return (
    <text x={x} y={y} dy={anchor === 'middle' ? '0.9em' : '0.32em'} textAnchor={anchor} {...AXIS_FONT}>
      {text}
    </text>
  );
}

/*
 * The library keeps what its parts are told in a store, and works everything out anew when an axis or a line is told something
 * that is not the very same thing as before. So all that stays the same between two reports of a run is made once, here or by
 * `useMemo`: of a chart's redrawing that is more than half.
 */
const MARGIN = { top: 8, right: 14, bottom: 0, left: 0 };
const STRONG = { stroke: 'var(--line-strong)' };

/** What a line, and the band around it, reads from a row: one function for each place in the list. */
const reading = <T,>(read: (row: Row, i: number) => T) => {
  const made: ((row: Row) => T)[] = [];
  return (i: number) => {
    made[i] ??= (row) => read(row, i);
    return made[i];
  };
};
const valueAt = reading((row, i) => row.y[i] ?? undefined);
const bandAt = reading((row, i) => row.band[i] ?? undefined);

/** The array from before, where a new one says the same. */
function useSame<T extends readonly number[]>(values: T): T {
  const key = values.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the numbers
  return useMemo(() => values, [key]);
}

/** Draws the labels of an axis. */
const tick =
  (format: (value: number) => string, anchor: 'middle' | 'end') =>
  ({ x, y, payload }: { x: number | string; y: number | string; payload: { value: unknown } }) => (
    <Tick x={Number(x)} y={Number(y)} text={format(Number(payload.value))} anchor={anchor} />
  );

/** Drawing is cut at the frame only where data goes beyond it: else the markers on the frame would lose a half. */
const overflows = (values: readonly number[], [low, high]: [number, number]) =>
  values.some((value) => value < low || value > high);

/** Which rows of a series carry its marker: always the last, and before it those that keep their distance on the axis. */
function marked(
  rows: readonly Row[],
  index: number,
  every: boolean,
  place: (x: number) => number,
): Set<number> {
  const kept = new Set<number>();
  let next = Number.POSITIVE_INFINITY;
  for (let i = rows.length - 1; i >= 0; i--) {
    if (rows[i]!.y[index] === null) continue;
    const at = place(rows[i]!.x);
    if (!every && at > next) continue;
    kept.add(i);
    next = at - 1 / MARKERS + 1e-9;
  }
  return kept;
}

export default memo(function LinePlot({ width, height, rows, series, x, y, references }: LinePlotProps) {
  const xFormat = x.format ?? shortNumber;
  const yFormat = y.format ?? shortNumber;
  const xDomain = useSame(
    domain([...rows.map((row) => row.x), ...references.flatMap((r) => (r.axis === 'x' ? [r.value] : []))], x),
  );
  const yDomain = useSame(
    domain(
      [
        ...rows.flatMap((row) => row.y.filter((value) => value !== null)),
        ...rows.flatMap((row) => row.band.flatMap((band) => band ?? [])),
        ...references.flatMap((r) => (r.axis === 'y' ? [r.value] : [])),
      ],
      y,
    ),
  );
  /** Along the axis, 0 … 1. */
  const place = (value: number) =>
    x.scale === 'log'
      ? Math.log(value / xDomain[0]) / Math.log(xDomain[1] / xDomain[0])
      : (value - xDomain[0]) / (xDomain[1] - xDomain[0]);
  const xTicks = useSame(ticksOf(x, xDomain, width < 420 ? 4 : 6));
  const yTicks = useSame(ticksOf(y, yDomain, height < 200 ? 3 : 5));
  const lastTick = xTicks.at(-1) ?? xDomain[0];
  // A label on the frame's right end is as wide as it is: “100 %” needs more than a mark does.
  const half = (SIGN_WIDTH / 2) * xFormat(lastTick).length;
  const beyond = Math.ceil(half - (1 - place(lastTick)) * width);
  const right = Math.max(MARGIN.right, beyond);
  const margin = useMemo(() => ({ ...MARGIN, right }), [right]);
  const xTick = useMemo(() => tick(xFormat, 'middle'), [xFormat]);
  const yTick = useMemo(() => tick(yFormat, 'end'), [yFormat]);
  const yWidth = labelRoom(yTicks.map((tick) => yFormat(tick)));
  // Lines that are being compared with go behind.
  const order = series.map((_, i) => i).sort((a, b) => Number(series[b]!.faint) - Number(series[a]!.faint));
  return (
    <ComposedChart
      width={width}
      height={height}
      data={rows as Row[]}
      margin={margin}
      accessibilityLayer={false}
    >
      <CartesianGrid stroke="var(--line)" strokeWidth={1} vertical={false} />
      <XAxis
        dataKey="x"
        type="number"
        scale={x.scale ?? 'linear'}
        domain={xDomain}
        ticks={xTicks as number[]}
        allowDataOverflow={overflows(
          rows.map((row) => row.x),
          xDomain,
        )}
        tick={xTick}
        tickLine={STRONG}
        axisLine={STRONG}
        height={24}
        minTickGap={12}
      />
      <YAxis
        type="number"
        scale={y.scale ?? 'linear'}
        domain={yDomain}
        ticks={yTicks as number[]}
        allowDataOverflow={overflows(
          rows.flatMap((row) => row.y.filter((value) => value !== null)),
          yDomain,
        )}
        tick={yTick}
        interval={0}
        tickLine={false}
        axisLine={false}
        width={yWidth}
      />
      {series.map((one, i) =>
        one.points.some((point) => point.low !== undefined) ? (
          <Area
            key={`band ${one.id}`}
            dataKey={bandAt(i)}
            stroke="none"
            fill={CODING[one.role].colour}
            fillOpacity={0.16}
            connectNulls
            isAnimationActive={false}
            activeDot={false}
            tooltipType="none"
            dot={false}
          />
        ) : null,
      )}
      {references.map(({ axis, value, label }) => (
        <ReferenceLine
          key={`${axis} ${label}`}
          {...(axis === 'x' ? { x: value } : { y: value })}
          stroke="var(--text)"
          strokeWidth={1.25}
          strokeDasharray="3 3"
          label={{
            value: label,
            position: axis === 'x' ? 'insideTopLeft' : 'insideTopRight',
            fontSize: 12,
            fill: 'var(--text)',
            style: { paintOrder: 'stroke', stroke: 'var(--surface)', strokeWidth: 4 },
          }}
        />
      ))}
      {order.map((i) => {
        const { id, label, role, faint = false, dots = false } = series[i]!;
        const { colour: color, dash, marker } = CODING[role];
        const shown = marked(rows, i, dots, place);
        return (
          <Line
            key={id}
            name={label}
            dataKey={valueAt(i)}
            stroke={dots ? 'none' : color}
            strokeWidth={faint ? 1.25 : 2}
            strokeOpacity={faint ? 0.55 : 1}
            {...(dash === undefined ? {} : { strokeDasharray: dash })}
            strokeLinejoin="round"
            connectNulls
            isAnimationActive={false}
            activeDot={false}
            dot={({ cx, cy, index }: { cx?: number; cy?: number; index?: number }) =>
              index !== undefined &&
              shown.has(index) &&
              cx !== undefined &&
              cy !== undefined &&
              cy !== null ? (
                <g key={index} opacity={faint ? 0.55 : 1} strokeDasharray="none">
                  <Mark marker={marker} x={cx} y={cy} size={faint ? 2.5 : 3.2} color={color} hollow={faint} />
                </g>
              ) : (
                NO_MARK
              )
            }
          />
        );
      })}
      <Tooltip
        isAnimationActive={false}
        cursor={STRONG}
        content={({ active, label }) => {
          const row = active ? rows.find((one) => one.x === Number(label)) : undefined;
          if (!row) return null;
          return (
            <PlotTooltip
              heading={`${x.label} ${xFormat(row.x)}${x.unit ? ` ${x.unit}` : ''}`}
              lines={series.flatMap((one, i) => {
                const value = row.y[i];
                if (value === null || value === undefined)
                  return one.dots || one.faint ? [] : [{ label: one.label, role: one.role, value: '–' }];
                const band = row.band[i];
                const spread = band ? ` (${yFormat(band[0])} to ${yFormat(band[1])})` : '';
                return [{ label: one.label, role: one.role, value: `${yFormat(value)}${spread}` }];
              })}
            />
          );
        }}
      />
    </ComposedChart>
  );
});
