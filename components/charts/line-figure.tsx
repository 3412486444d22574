'use client';

import { lazy, memo, type ReactNode, Suspense, useId, useMemo, useRef } from 'react';
import { useNear } from '@/components/ui/use-near';
import { Figure } from './figure';
import { shortNumber } from './numbers';
import { mergeRows, thinRows } from './rows';
import { type Axis, axisTitle, type LineSeries, type Reference } from './series';
import { lineTable } from './table';
import { useUnhurried } from './use-unhurried';
import { useWidth } from './use-width';

// The chart library weighs more than the rest of a page: it comes when a chart does.
const LinePlot = memo(lazy(() => import('./line-plot')));

export interface LineFigureProps {
  title: string;
  /** What the picture shows, in a sentence or two: read out in its place. */
  summary: string;
  caption?: ReactNode;
  series: readonly LineSeries[];
  x: Axis;
  y: Axis;
  references?: readonly Reference[];
  /** CSS pixels. Fixed, so that nothing on the page moves when the chart arrives. */
  height?: number;
  /** Print each line's newest value in the legend. */
  showLatest?: boolean;
}

const NO_REFERENCES: readonly Reference[] = [];

/** Lines over a common axis. Draws at most 400 points; its table and CSV have them all. */
export function LineFigure({
  title,
  summary,
  caption,
  series,
  x,
  y,
  references = NO_REFERENCES,
  height = 260,
  showLatest = true,
}: LineFigureProps) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const width = useWidth(box);
  const near = useNear(id);
  const rows = useMemo(
    () => thinRows(mergeRows(series, { x: x.scale === 'log', y: y.scale === 'log' })),
    [series, x.scale, y.scale],
  );
  const drawn = useUnhurried(
    useMemo(() => ({ rows, series, x, y, references }), [rows, series, x, y, references]),
    box,
  );
  const format = y.format ?? shortNumber;
  return (
    <Figure
      title={title}
      summary={summary}
      caption={caption}
      xTitle={axisTitle(x)}
      yTitle={axisTitle(y)}
      table={() => lineTable(series, x, y)}
      legend={series.map(({ label, role, faint = false, dots = false, points }) => {
        const latest = points.findLast((point) => point.y !== null)?.y;
        return {
          label,
          role,
          faint,
          kind: dots ? ('dots' as const) : ('line' as const),
          latest: showLatest && latest !== undefined && latest !== null ? format(latest) : undefined,
        };
      })}
    >
      <div ref={box} id={id} style={{ height }} className="w-full">
        {width === null || width < 40 || !near ? null : (
          <Suspense fallback={null}>
            <LinePlot width={width} height={height} {...drawn} />
          </Suspense>
        )}
      </div>
    </Figure>
  );
}
