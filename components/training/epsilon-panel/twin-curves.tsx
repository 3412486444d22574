'use client';

/**
 * Accuracy of a private and a plain model, step by step, with the gap between them shaded: the price of privacy. Drawn by hand, in a
 * few paths, so that it follows a finger: a slider redraws it at every position.
 */
import { type ReactNode, useRef } from 'react';
import { Below, HeightLines } from '@/components/charts/axes';
import { Figure } from '@/components/charts/figure';
import type { LegendEntry } from '@/components/charts/legend';
import { Mark } from '@/components/charts/mark';
import { linearTicks } from '@/components/charts/numbers';
import { CODING, type LineSeries, line, type SeriesRole } from '@/components/charts/series';
import { lineTable } from '@/components/charts/table';
import { useWidth } from '@/components/charts/use-width';
import { count, percent, shortPercent } from '@/components/ui/format';
import { type ErrorScale, errorScale } from './error-scale';
import { inPoints, pointsLost } from './gap';
import type { AccuracyPoint } from './recorded';

/** `recorded` is dotted and pale, `earlier` thin. */
export type Look = 'live' | 'recorded' | 'earlier';

export interface Twins {
  id: string;
  /** Said of both curves: "recorded at ε 2". Empty for the one that needs no word. */
  words: string;
  look: Look;
  curve: readonly AccuracyPoint[];
}

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

const STYLES: Record<
  Look,
  { width: number; opacity: number; dash: Record<'private' | 'plain', string | undefined> }
> = {
  live: { width: 2.25, opacity: 1, dash: { private: undefined, plain: '6 4' } },
  recorded: { width: 2, opacity: 0.7, dash: { private: '1.5 4', plain: '6 6' } },
  earlier: { width: 1.25, opacity: 0.55, dash: { private: undefined, plain: '6 4' } },
};
const SIDES = ['plain', 'private'] as const;
type Side = (typeof SIDES)[number];
const accuracyOf = (point: AccuracyPoint, side: Side) =>
  side === 'private' ? point.privateAccuracy : point.plainAccuracy;

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

const Y_TITLE = 'test accuracy, the error on a log scale';

/** What a reader hears in place of the picture. */
export function inWords({ words, curve }: Twins): string {
  const last = curve.at(-1);
  if (!last) return 'Nothing yet.';
  return `${words ? `${words[0]!.toUpperCase()}${words.slice(1)}: p` : 'P'}rivate ${percent(last.privateAccuracy)}, plain ${percent(last.plainAccuracy)} after ${last.step} steps. Privacy costs ${inPoints(pointsLost(last))}.`;
}

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
        {width === null || width < 40 ? null : <TwinPlot {...{ width, height, focus, others, total }} />}
      </div>
    </Figure>
  );
}

const LEFT = 44;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 24;
/** Pixels that the price takes, written out. */
const LABEL = 170;

interface PlotProps {
  width: number;
  height: number;
  focus: Twins;
  others: readonly Twins[];
  total: number;
}

/** The picture alone: no hooks, so that a server draws it too. */
export function TwinPlot({ width, height, focus, others, total }: PlotProps) {
  const all = [...others, focus];
  const scale = errorScale(
    all.flatMap(({ curve }) => {
      const last = curve.at(-1);
      return last && last.step > total / 4 ? [last.privateAccuracy, last.plainAccuracy] : [];
    }),
  );
  const up = (accuracy: number) => TOP + (height - TOP - BOTTOM) * (1 - scale.place(accuracy));
  const along = (step: number) => LEFT + ((width - LEFT - RIGHT) * step) / total;
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by the figure around it; a title would follow the pointer
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} className="block">
      <HeightLines
        {...{ up, left: LEFT, right: width - RIGHT }}
        ticks={scale.ticks}
        format={(tick) => shortPercent(tick)}
      />
      {linearTicks(0, total, width < 420 ? 4 : 6).map((tick) => (
        <Below key={tick} x={along(tick)} y={height - 6}>
          {count(tick)}
        </Below>
      ))}
      <line
        x1={LEFT}
        x2={width - RIGHT}
        y1={height - BOTTOM}
        y2={height - BOTTOM}
        stroke="var(--line-strong)"
      />
      <Gap {...{ focus, along, up }} />
      {all.map(({ id, look, curve }) =>
        SIDES.map((side) => (
          <g key={`${id} ${side}`} opacity={STYLES[look].opacity}>
            <path
              d={pathOf(curve, side, along, up)}
              fill="none"
              stroke={CODING[side].colour}
              strokeWidth={STYLES[look].width}
              strokeDasharray={STYLES[look].dash[side]}
              strokeLinecap="round"
              strokeLinejoin="round"
            />
            {curve.length > 0 && scale.low <= accuracyOf(curve.at(-1)!, side) ? (
              <Mark
                marker={CODING[side].marker}
                x={along(curve.at(-1)!.step)}
                y={up(accuracyOf(curve.at(-1)!, side))}
                color={CODING[side].colour}
                hollow={look !== 'live'}
              />
            ) : null}
          </g>
        )),
      )}
      <Price {...{ focus, scale, along, up, height }} />
    </svg>
  );
}

type Place = (value: number) => number;

/** Along a curve, from where it enters the picture. */
function pathOf(curve: readonly AccuracyPoint[], side: Side, along: Place, up: Place): string {
  return curve
    .map(
      (point, i) => `${i === 0 ? 'M' : 'L'}${round(along(point.step))} ${round(up(accuracyOf(point, side)))}`,
    )
    .join('');
}

const round = (pixels: number) => Math.round(pixels * 10) / 10;

interface GapProps {
  focus: Twins;
  along: Place;
  up: Place;
}

/** Between the two curves of a pair. */
function Gap({ focus: { curve }, along, up }: GapProps) {
  if (curve.length < 2) return null;
  const there = pathOf(curve, 'plain', along, up);
  const back = pathOf([...curve].reverse(), 'private', along, up).replace('M', 'L');
  return <path d={`${there}${back}Z`} fill="var(--plain)" fillOpacity="0.14" data-gap />;
}

/** The width of the gap where the curves are now, written below them. */
function Price({
  focus: { curve },
  scale,
  along,
  up,
  height,
}: GapProps & { scale: ErrorScale; height: number }) {
  const last = curve.at(-1);
  if (!last || last.privateAccuracy <= scale.low) return null;
  const right = Math.max(LEFT + LABEL, along(last.step) - 8);
  // Below all of the curves that the words stand under.
  const above = curve.filter(({ step }) => along(step) >= right - LABEL);
  const lowest = Math.max(...above.map((point) => up(Math.min(point.privateAccuracy, point.plainAccuracy))));
  return (
    <text
      x={right}
      y={Math.min(height - BOTTOM - 6, lowest + 18)}
      textAnchor="end"
      fontSize="13"
      fontWeight="600"
      fill="var(--text)"
      stroke="var(--surface)"
      strokeWidth="4"
      paintOrder="stroke"
      data-price
    >
      privacy costs {inPoints(pointsLost(last))}
    </text>
  );
}
