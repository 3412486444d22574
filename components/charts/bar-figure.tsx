'use client';

import { type ReactNode, useId, useRef } from 'react';
import { Below, HeightLines, labelRoom } from './axes';
import { Figure } from './figure';
import { Mark } from './mark';
import { domain, linearTicks, shortNumber } from './numbers';
import { type Axis, axisTitle, type BarSeries, CODING } from './series';
import type { Table } from './table';
import { useWidth } from './use-width';

export type Tops = { signs: readonly string[] } | { words: readonly string[] };

export interface BarFigureProps {
  title: string;
  /** What the picture shows, in a sentence or two: read out in its place. */
  summary: string;
  caption?: ReactNode;
  /** What stands under each group of bars; each word once. */
  categories: readonly string[];
  /** What is drawn there instead, where the words are too long for it. The table has the words. */
  shortCategories?: readonly string[];
  /** What stands on top of each group instead of under it: signs, large; or words, upright. */
  tops?: Tops;
  series: readonly BarSeries[];
  x: Pick<Axis, 'label'>;
  y: Axis;
  height?: number;
}

/** Table of a bar chart: a row for each category, whiskers in columns of their own. */
export function barTable(
  categories: readonly string[],
  series: readonly BarSeries[],
  x: string,
  y: Axis,
): Table {
  const unit = y.unit ? ` (${y.unit})` : '';
  const spread = series.map(({ values }) =>
    values.some((one) => one?.low !== undefined || one?.high !== undefined),
  );
  return {
    columns: [
      x,
      ...series.flatMap(({ label }, i) => [
        `${label}${unit}`,
        ...(spread[i] ? [`${label}, low${unit}`, `${label}, high${unit}`] : []),
      ]),
    ],
    rows: categories.map((category, row) => [
      category,
      ...series.flatMap(({ values }, i) => {
        const one = values[row];
        return [one?.value ?? null, ...(spread[i] ? [one?.low ?? null, one?.high ?? null] : [])];
      }),
    ]),
  };
}

/** The upright axis does not begin at nothing. */
const beginsAbove = ({ min = 0 }: Axis) => min > 0;

/** Groups of bars, one bar a series, with whiskers; dots where the axis does not begin at 0. */
export function BarFigure({
  title,
  summary,
  caption,
  categories,
  shortCategories,
  tops,
  series,
  x,
  y,
  height = 240,
}: BarFigureProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  return (
    <Figure
      title={title}
      summary={summary}
      caption={caption}
      xTitle={x.label}
      yTitle={axisTitle(y)}
      table={() => barTable(categories, series, x.label, y)}
      legend={
        series.length > 1
          ? series.map(({ label, role }) => ({
              label,
              role,
              kind: beginsAbove(y) ? ('dots' as const) : ('bar' as const),
            }))
          : []
      }
    >
      <div ref={box} style={{ height }} className="w-full">
        {width === null || width < 40 ? null : (
          <Bars
            {...{ width, height, categories, series, y }}
            {...(shortCategories ? { shortCategories } : {})}
            {...(tops ? { tops } : {})}
          />
        )}
      </div>
    </Figure>
  );
}

const RIGHT = 8;
const TOP = 8;
const BOTTOM = 26;
/** Side of a sign on top of a group, and the room for words there. */
const SIGN = 24;
const WORDS = 112;
/** Letters of a word that fit into that room. */
const LETTERS = 16;
/** Share of a group's room that its bars fill. */
const FILL = 0.72;

function Bars({
  width,
  height,
  categories,
  shortCategories,
  tops,
  series,
  y,
}: Pick<BarFigureProps, 'categories' | 'shortCategories' | 'tops' | 'series' | 'y'> & {
  width: number;
  height: number;
}) {
  const pattern = useId().replace(/[^a-zA-Z0-9]/g, '');
  const values = series.flatMap((one) => one.values.filter((value) => value !== null));
  const [low, high] = domain(
    [0, ...values.flatMap((v) => [v.value, v.low ?? v.value, v.high ?? v.value])],
    y,
  );
  const ticks = linearTicks(low, high, 4);
  const format = y.format ?? shortNumber;
  const start = labelRoom(ticks.map((tick) => format(tick)));
  // A bar that does not begin at nothing says by its length what is not so.
  const dots = beginsAbove(y);
  const top = tops === undefined ? TOP : 'signs' in tops ? SIGN + 6 : WORDS;
  const inner = height - top - (tops === undefined ? BOTTOM : TOP);
  const up = (value: number) =>
    top + inner * (1 - (Math.min(high, Math.max(low, value)) - low) / (high - low));
  const group = (width - start - RIGHT) / Math.max(1, categories.length);
  // Short names are some 16 pixels wide; in a narrow frame only every second or third has room.
  const stride = shortCategories ? Math.ceil(18 / group) : 1;
  const topStride = tops === undefined ? 1 : Math.ceil(('signs' in tops ? SIGN + 2 : 14) / group);
  const bar = (group * FILL) / Math.max(1, series.length);
  const base = up(Math.max(low, Math.min(high, 0)));
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by the figure around it; a title would follow the pointer
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} className="block">
      <defs>
        {series.map(({ role, id }) => {
          const { colour, hatch } = CODING[role];
          return hatch === null ? null : (
            <pattern
              key={id}
              id={`${pattern}-${role}`}
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform={`rotate(${hatch})`}
            >
              <line x1="0" y1="0" x2="0" y2="6" stroke={colour} strokeWidth="3" />
            </pattern>
          );
        })}
      </defs>
      <HeightLines {...{ up, left: start, right: width - RIGHT }} ticks={ticks} format={format} />
      {categories.map((category, at) => {
        const left = start + group * (at + (1 - FILL) / 2);
        return (
          <g key={category}>
            {series.map(({ id, role, values: own }, i) => {
              const one = own[at];
              if (!one) return null;
              const { colour, hatch } = CODING[role];
              const middle = left + bar * (i + 0.5);
              const edge = Math.min(up(one.value), base);
              return (
                <g key={id}>
                  {dots ? null : (
                    <rect
                      x={left + bar * i + 0.5}
                      y={edge}
                      width={Math.max(1, bar - 1)}
                      height={Math.abs(up(one.value) - base)}
                      fill={hatch === null ? colour : `url(#${pattern}-${role})`}
                      stroke={colour}
                    />
                  )}
                  {one.low === undefined || one.high === undefined ? null : (
                    <path
                      d={`M${middle} ${up(one.low)}V${up(one.high)}M${middle - 4} ${up(one.low)}h8M${middle - 4} ${up(one.high)}h8`}
                      stroke="var(--text)"
                      strokeWidth="1.5"
                    />
                  )}
                  {dots ? (
                    <Mark marker={CODING[role].marker} x={middle} y={up(one.value)} size={5} color={colour} />
                  ) : null}
                </g>
              );
            })}
            {tops !== undefined && at % topStride === 0 ? (
              <Top x={left + (group * FILL) / 2} y={up(highest(series, at)) - 5} tops={tops} at={at} />
            ) : null}
            {tops === undefined && at % stride === 0 ? (
              <Below x={left + (group * FILL) / 2} y={height - 8}>
                {shortCategories?.[at] ?? category}
              </Below>
            ) : null}
          </g>
        );
      })}
      <line x1={start} x2={width - RIGHT} y1={base} y2={base} stroke="var(--line-strong)" />
    </svg>
  );
}

/** How high a group reaches, whiskers and all; 0 where it only goes down. */
const highest = (series: readonly BarSeries[], at: number) =>
  Math.max(0, ...series.map(({ values }) => values[at]?.high ?? values[at]?.value ?? 0));

function Top({ x, y, tops, at }: { x: number; y: number; tops: Tops; at: number }) {
  if ('signs' in tops)
    return (
      <text x={x} y={y} textAnchor="middle" fontSize={SIGN - 2}>
        {tops.signs[at]}
      </text>
    );
  const word = tops.words[at] ?? '';
  return (
    <text x={x} y={y} dy="0.32em" fontSize={12} fill="var(--secondary)" transform={`rotate(-90 ${x} ${y})`}>
      {word.length > LETTERS ? `${word.slice(0, LETTERS - 1)}…` : word}
    </text>
  );
}
