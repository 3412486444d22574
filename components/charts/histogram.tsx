'use client';

import { type ReactNode, useRef } from 'react';
import { Below, HeightLines, labelRoom } from './axes';
import { Figure } from './figure';
import { domain, linearTicks, logTicks, shortNumber } from './numbers';
import { type Axis, axisTitle, CODING, type SeriesRole } from './series';
import { useWidth } from './use-width';

export interface Bin {
  from: number;
  to: number;
  count: number;
}

export interface HistogramProps {
  title: string;
  summary: string;
  caption?: ReactNode;
  bins: readonly Bin[];
  x: Axis;
  /** What is counted: "examples". */
  counted: string;
  role?: SeriesRole;
  label?: string;
  /** A vertical line, for instance the clip; bars beyond it are hatched. */
  marker?: { value: number; label: string; beyond?: string };
  height?: number;
}

const RIGHT = 14;
const TOP = 22;
const BOTTOM = 26;

/** Counts over a numeric axis. Drawn by hand: bins on a true scale, and a line that may fall inside one. */
export function Histogram({
  title,
  summary,
  caption,
  bins,
  x,
  counted,
  role = 'private',
  label = counted,
  marker,
  height = 220,
}: HistogramProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const yAxis: Axis = { label: `Number of ${counted}`, min: 0 };
  return (
    <Figure
      title={title}
      summary={summary}
      caption={caption}
      xTitle={axisTitle(x)}
      yTitle={yAxis.label}
      legend={
        marker?.beyond
          ? [
              { label, role, kind: 'bar' },
              { label: marker.beyond, role: 'plain', kind: 'bar' },
            ]
          : []
      }
      table={() => ({
        columns: [`${axisTitle(x)}, from`, 'to', yAxis.label],
        rows: bins.map(({ from, to, count }) => [from, to, count]),
      })}
    >
      <div ref={box} style={{ height }} className="w-full">
        {width === null || width < 40 ? null : (
          <Bars {...{ width, height, bins, x, role }} {...(marker ? { marker } : {})} />
        )}
      </div>
    </Figure>
  );
}

type BarsProps = Pick<HistogramProps, 'bins' | 'x' | 'marker'> & {
  role: SeriesRole;
  width: number;
  height: number;
};

function Bars({ width, height, bins, x, role, marker }: BarsProps) {
  const log = x.scale === 'log';
  const [low, high] = domain(
    [...bins.flatMap(({ from, to }) => [from, to]), ...(marker ? [marker.value] : [])],
    // Bins end where they end: no rounding outwards.
    {
      ...x,
      min: x.min ?? Math.min(...bins.map((bin) => bin.from), marker?.value ?? Number.POSITIVE_INFINITY),
      max: x.max ?? Math.max(...bins.map((bin) => bin.to), marker?.value ?? Number.NEGATIVE_INFINITY),
    },
  );
  const [, top] = domain(
    bins.map((bin) => bin.count),
    { min: 0 },
  );
  const counts = linearTicks(0, top, 4);
  const start = labelRoom(counts.map((count) => shortNumber(count)));
  const inner = { width: width - start - RIGHT, height: height - TOP - BOTTOM };
  const across = (value: number) => {
    const share = log
      ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
      : (value - low) / (high - low);
    return start + Math.min(1, Math.max(0, share)) * inner.width;
  };
  const up = (count: number) => TOP + inner.height * (1 - count / top);
  const format = x.format ?? shortNumber;
  const xTicks = log ? logTicks(low, high) : linearTicks(low, high, width < 420 ? 4 : 6);
  const markerX = marker ? across(marker.value) : 0;
  const labelLeft = markerX > start + inner.width * 0.6;
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by the figure around it; a title would follow the pointer
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} className="block">
      <defs>
        <pattern id="beyond" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="6" stroke={CODING.plain.colour} strokeWidth="3" />
        </pattern>
      </defs>
      <HeightLines {...{ up, left: start, right: width - RIGHT }} ticks={counts} format={shortNumber} />
      {bins.map(({ from, to, count }) => {
        const left = across(from);
        const beyond = marker !== undefined && from >= marker.value;
        return count > 0 ? (
          <rect
            key={from}
            x={left + 0.5}
            y={up(count)}
            width={Math.max(1, across(to) - left - 1)}
            height={TOP + inner.height - up(count)}
            fill={beyond && marker.beyond ? 'url(#beyond)' : CODING[role].colour}
            stroke={beyond && marker.beyond ? CODING.plain.colour : 'none'}
          />
        ) : null;
      })}
      <line
        x1={start}
        x2={width - RIGHT}
        y1={TOP + inner.height}
        y2={TOP + inner.height}
        stroke="var(--line-strong)"
      />
      {xTicks.map((tick) => (
        <g key={tick}>
          <line
            x1={across(tick)}
            x2={across(tick)}
            y1={TOP + inner.height}
            y2={TOP + inner.height + 5}
            stroke="var(--line-strong)"
          />
          <Below x={across(tick)} y={height - 6}>
            {format(tick)}
          </Below>
        </g>
      ))}
      {marker ? (
        <g>
          <line
            x1={markerX}
            x2={markerX}
            y1={6}
            y2={TOP + inner.height}
            stroke="var(--text)"
            strokeWidth="1.5"
            strokeDasharray="4 3"
          />
          <text
            x={markerX + (labelLeft ? -6 : 6)}
            y={14}
            textAnchor={labelLeft ? 'end' : 'start'}
            fontSize="12"
            fontWeight="600"
            fill="var(--text)"
          >
            {marker.label}
          </text>
        </g>
      ) : null}
    </svg>
  );
}
