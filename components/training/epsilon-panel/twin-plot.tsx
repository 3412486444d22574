/**
 * The picture of two curves and the gap between them. Drawn by hand, in a few paths, so that it follows a finger; without hooks, so that a
 * server draws it too.
 */
import { Below, HeightLines } from '@/components/charts/axes';
import { Mark } from '@/components/charts/mark';
import { linearTicks } from '@/components/charts/numbers';
import { CODING } from '@/components/charts/series';
import { count, shortPercent } from '@/components/ui/format';
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

export const STYLES: Record<
  Look,
  { width: number; opacity: number; dash: Record<'private' | 'plain', string | undefined> }
> = {
  live: { width: 2.25, opacity: 1, dash: { private: undefined, plain: '6 4' } },
  recorded: { width: 2, opacity: 0.7, dash: { private: '1.5 4', plain: '6 6' } },
  earlier: { width: 1.25, opacity: 0.55, dash: { private: undefined, plain: '6 4' } },
};
export const SIDES = ['plain', 'private'] as const;
export type Side = (typeof SIDES)[number];
export const accuracyOf = (point: AccuracyPoint, side: Side) =>
  side === 'private' ? point.privateAccuracy : point.plainAccuracy;

const LEFT = 44;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 24;
/** Pixels that the price takes, written out. */
const LABEL = 170;

export interface TwinPlotProps {
  width: number;
  height: number;
  focus: Twins;
  others: readonly Twins[];
  total: number;
  /** As wide as its place, which is not known yet: drawn for `width`, and scaled. */
  fluid?: boolean;
}

export function TwinPlot({ width, height, focus, others, total, fluid = false }: TwinPlotProps) {
  const all = [...others, focus];
  const scale = errorScale(
    all.flatMap(({ curve }) => {
      const last = curve.at(-1);
      return last && last.step > total / 4 ? [last.privateAccuracy, last.plainAccuracy] : [];
    }),
  );
  // To a hundredth of a pixel: the last bits of a logarithm are not the same in every engine, and server and page would disagree.
  const up = (accuracy: number) =>
    Math.round(100 * (TOP + (height - TOP - BOTTOM) * (1 - scale.place(accuracy)))) / 100;
  const along = (step: number) => LEFT + ((width - LEFT - RIGHT) * step) / total;
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by the figure around it; a title would follow the pointer
    <svg width={fluid ? '100%' : width} height={height} viewBox={`0 0 ${width} ${height}`} className="block">
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
