'use client';

import { type PointerEvent, useId, useMemo, useRef } from 'react';
import { Below } from '@/components/charts/axes';
import { Figure } from '@/components/charts/figure';
import { Mark } from '@/components/charts/mark';
import { linearTicks } from '@/components/charts/numbers';
import { CODING } from '@/components/charts/series';
import { useWidth } from '@/components/charts/use-width';
import type { CountingMechanism } from '@/lib/privacy';

export interface WorldsPlotProps {
  made: CountingMechanism;
  truth: { without: number; with: number };
  /** Answers drawn, world by world. */
  drawn: { without: readonly number[]; with: readonly number[] } | null;
  /** The answer that is looked at. */
  at: number;
  onPoint(answer: number): void;
  summary: string;
}

const HEIGHT = 300;
const TOP = 14;
const BOTTOM = 26;
const SIDE = 14;
/** Of the axis, in people around the true counts. */
const REACH: readonly [number, number] = [30, 53];

const WORLDS = [
  { id: 'without', role: 'plain' },
  { id: 'with', role: 'private' },
] as const;

/** Where the axis begins and ends, and the places at which likelihoods are drawn and listed. */
export function placesOf(made: CountingMechanism): {
  reach: readonly [number, number];
  xs: readonly number[];
} {
  if (made.outputs === 'yes-or-no') return { reach: [-0.7, 1.7], xs: [0, 1] };
  const step = made.outputs === 'integers' ? 1 : 0.1;
  const count = Math.round((REACH[1] - REACH[0]) / step);
  const xs = Array.from({ length: count + 1 }, (_, i) => Number((REACH[0] + i * step).toFixed(1)));
  return { reach: [REACH[0] - 0.5, REACH[1] + 0.5], xs };
}

const names = (made: CountingMechanism) =>
  made.outputs === 'yes-or-no'
    ? { without: 'your answer is no', with: 'your answer is yes' }
    : { without: 'without you', with: 'with you' };

/** Shares of the drawn answers near each place, as a density or a probability. */
function observed(answers: readonly number[], xs: readonly number[], width: number, outputs: string) {
  const bins = new Map<number, number>();
  for (const answer of answers) {
    const bin = outputs === 'continuous' ? Math.round(answer / width) * width : answer;
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  const [low, high] = [xs[0]!, xs.at(-1)!];
  return [...bins]
    .filter(([x]) => x >= low && x <= high)
    .map(([x, count]) => ({ x, y: count / answers.length / (outputs === 'continuous' ? width : 1) }));
}

/** Two overlapping likelihoods, the draws of both worlds as dots, and a line at the answer looked at. */
export function WorldsPlot({ made, truth, drawn, at, onPoint, summary }: WorldsPlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const clip = useId();
  const { reach, xs } = placesOf(made);
  const { mechanism, outputs } = made;
  const worlds = names(made);
  const curves = useMemo(
    () => WORLDS.map(({ id }) => xs.map((x) => ({ x, y: mechanism.likelihood(x, truth[id]) }))),
    [mechanism, xs, truth],
  );
  const peak = Math.max(...curves.flat().map(({ y }) => y));
  const inner = (width ?? 0) - 2 * SIDE;
  const across = (x: number) => SIDE + ((x - reach[0]) / (reach[1] - reach[0])) * inner;
  const up = (y: number) => HEIGHT - BOTTOM - (y / (1.15 * peak)) * (HEIGHT - TOP - BOTTOM);
  const what = outputs === 'continuous' ? 'density' : 'probability';
  const stems = outputs !== 'continuous';

  function point(event: PointerEvent<SVGSVGElement>) {
    const { left, width: wide } = event.currentTarget.getBoundingClientRect();
    const x = reach[0] + (((event.clientX - left) * (width! / wide) - SIDE) / inner) * (reach[1] - reach[0]);
    onPoint(Math.min(xs.at(-1)!, Math.max(xs[0]!, stems ? Math.round(x) : Number(x.toFixed(1)))));
  }

  return (
    <Figure
      title="How likely is each answer?"
      summary={summary}
      caption="Curves: exact. Small marks: shares of the answers drawn. Point at an answer to read its odds."
      legend={WORLDS.map(({ id, role }) => ({ label: worlds[id], role, kind: 'line' as const }))}
      xTitle={outputs === 'yes-or-no' ? 'what is reported' : 'published answer (people)'}
      yTitle={what}
      table={() => ({
        columns: ['answer', `${what}, ${worlds.without}`, `${what}, ${worlds.with}`, 'with ÷ without'],
        rows: xs.map((x, i) => [x, curves[0]![i]!.y, curves[1]![i]!.y, curves[1]![i]!.y / curves[0]![i]!.y]),
      })}
    >
      <div ref={box} style={{ height: HEIGHT }} className="w-full">
        {width === null || width < 60 ? null : (
          // biome-ignore lint/a11y/noSvgWithoutTitle: named by the figure around it
          <svg
            width={width}
            height={HEIGHT}
            viewBox={`0 0 ${width} ${HEIGHT}`}
            className="block cursor-crosshair touch-pan-y"
            onPointerMove={(event) => (event.pointerType === 'mouse' || event.buttons > 0) && point(event)}
            onPointerDown={point}
          >
            <clipPath id={clip}>
              <rect x={SIDE} y={0} width={inner} height={HEIGHT - BOTTOM} />
            </clipPath>
            <g clipPath={`url(#${clip})`}>
              {WORLDS.map(({ id, role }, w) => {
                const { colour, dash, marker } = CODING[role];
                // Stems of two worlds side by side.
                const shift = stems ? (w === 0 ? -4 : 4) : 0;
                return (
                  <g key={id}>
                    {stems ? (
                      curves[w]!.map(({ x, y }) => (
                        <line
                          key={x}
                          x1={across(x) + shift}
                          x2={across(x) + shift}
                          y1={up(0)}
                          y2={up(y)}
                          stroke={colour}
                          strokeWidth={outputs === 'yes-or-no' ? 6 : 3}
                          strokeDasharray={dash}
                        />
                      ))
                    ) : (
                      <path
                        d={`M${curves[w]!.map(({ x, y }) => `${across(x).toFixed(1)} ${up(y).toFixed(1)}`).join('L')}`}
                        fill="none"
                        stroke={colour}
                        strokeWidth="2.25"
                        strokeDasharray={dash}
                      />
                    )}
                    {drawn === null
                      ? null
                      : observed(drawn[id], xs, 0.5, outputs).map(({ x, y }) => (
                          <Mark
                            key={x}
                            marker={marker}
                            x={across(x) + shift}
                            y={up(Math.min(y, 1.12 * peak))}
                            size={2.4}
                            color={colour}
                            hollow
                          />
                        ))}
                  </g>
                );
              })}
              <line
                x1={across(at)}
                x2={across(at)}
                y1={TOP}
                y2={up(0)}
                stroke="var(--text)"
                strokeWidth="1.5"
                strokeDasharray="3 3"
              />
              {WORLDS.map(({ id, role }, w) => (
                <Mark
                  key={id}
                  marker={CODING[role].marker}
                  x={across(at) + (stems ? (w === 0 ? -4 : 4) : 0)}
                  y={up(mechanism.likelihood(at, truth[id]))}
                  size={5}
                  color={CODING[role].colour}
                />
              ))}
            </g>
            <line x1={SIDE} x2={width - SIDE} y1={up(0)} y2={up(0)} stroke="var(--line-strong)" />
            {(outputs === 'yes-or-no' ? [0, 1] : linearTicks(reach[0], reach[1], width < 420 ? 5 : 9)).map(
              (tick) => (
                <Below key={tick} x={across(tick)} y={HEIGHT - 8}>
                  {outputs === 'yes-or-no' ? ['no', 'yes'][tick] : tick}
                </Below>
              ),
            )}
          </svg>
        )}
      </div>
    </Figure>
  );
}
