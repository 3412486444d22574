'use client';

/**
 * Accuracy of a private and a plain model, step by step, with the gap between them shaded: the price of privacy. With its table, its
 * CSV and its picture to save.
 */
import { type ReactNode, useRef } from 'react';
import { Figure } from '@/components/charts/figure';
import type { LegendEntry } from '@/components/charts/legend';
import { type LineSeries, line, type SeriesRole } from '@/components/charts/series';
import { lineTable } from '@/components/charts/table';
import { useWidth } from '@/components/charts/use-width';
import { percent } from '@/components/ui/format';
import { inWords } from './in-words';
import { accuracyOf, SIDES, type Side, STYLES, TwinPlot, type Twins } from './twin-plot';

export interface TwinCurvesProps {
  title: string;
  caption?: ReactNode;
  /** The pair that is spoken of: its gap is shaded, its numbers stand in the legend and in the table. */
  focus: Twins;
  /** Behind it. */
  others?: readonly Twins[];
  /** Steps when the run is over. */
  total: number;
  /** Under the picture when it is saved: how it came to be. */
  source?: readonly string[];
  height?: number;
}

const capital = (side: Side) => (side === 'private' ? 'Private' : 'Plain');
const nameOf = (side: Side, words: string) => (words ? `${capital(side)}, ${words}` : capital(side));

/** Both curves of the pair that is spoken of. */
function legendOf(twins: Twins): LegendEntry[] {
  const last = twins.curve.at(-1);
  const { dash, opacity } = STYLES[twins.look];
  return [...SIDES].reverse().map((side) => ({
    label: nameOf(side, twins.words),
    role: side satisfies SeriesRole,
    kind: 'line',
    faint: opacity < 1,
    dash: dash[side],
    latest: last && percent(accuracyOf(last, side)),
  }));
}

/** One line for each pair behind it: the legend must not push the picture about while a slider moves. */
const behind = ({ words, look }: Twins): LegendEntry => ({
  label: words,
  role: 'private',
  kind: 'line',
  faint: true,
  dash: STYLES[look].dash.private,
});

const seriesOf = ({ id, words, curve }: Twins): LineSeries[] =>
  [...SIDES].reverse().map((side) =>
    line(
      `${id} ${side}`,
      nameOf(side, words),
      side,
      curve.map((point) => ({ x: point.step, y: accuracyOf(point, side) })),
    ),
  );

/** Before it is measured, and in what a server sends. */
const UNKNOWN_WIDTH = 560;
const Y_TITLE = 'test accuracy, the error on a log scale';

export function TwinCurves({
  title,
  caption,
  focus,
  others = [],
  total,
  source,
  height = 260,
}: TwinCurvesProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  return (
    <Figure
      title={title}
      summary={inWords(focus)}
      caption={caption}
      xTitle="step"
      yTitle={Y_TITLE}
      {...(source === undefined ? {} : { source })}
      table={() => lineTable(seriesOf(focus), { label: 'step' }, { label: 'accuracy' })}
      legend={[...legendOf(focus), ...others.map(behind)]}
    >
      <div ref={box} style={{ height }} className="w-full">
        {width !== null && width < 40 ? null : (
          <TwinPlot
            {...{ height, focus, others, total }}
            width={width ?? UNKNOWN_WIDTH}
            fluid={width === null}
          />
        )}
      </div>
    </Figure>
  );
}
