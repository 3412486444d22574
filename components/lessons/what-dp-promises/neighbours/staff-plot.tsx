'use client';

import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react';
import { Below, HeightLines } from '@/components/charts/axes';
import { Figure } from '@/components/charts/figure';
import { Mark } from '@/components/charts/mark';
import { linearTicks } from '@/components/charts/numbers';
import { CODING } from '@/components/charts/series';
import { useWidth } from '@/components/charts/use-width';
import { type Colleague, MOST_PAY, MOST_YEARS } from '../staff';

export interface StaffPlotProps {
  staff: readonly Colleague[];
  you: Colleague;
  takesPart: boolean;
  /** Where private answers cut pay, in thousands. */
  payRange: number;
  onMove(you: Colleague): void;
  onTakePart(takesPart: boolean): void;
}

const HEIGHT = 320;
const TOP = 10;
const BOTTOM = 26;
const LEFT = 34;
/** On the right: the place for whoever is not in the data. */
const DOCK = 74;

const within = (value: number, most: number, step: number) =>
  Math.round(Math.min(most, Math.max(0, value)) / step) * step;
const tidy = (value: number) => Number(value.toFixed(2));

/** Everybody by years and pay, and you, to be dragged: also out of the data, and far away from all others. */
export function StaffPlot({ staff, you, takesPart, payRange, onMove, onTakePart }: StaffPlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const width = useWidth(box);
  /** Where a drag began, and whether it has gone anywhere: a press that goes nowhere takes you in or out. */
  const grip = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  const right = (width ?? 0) - DOCK;
  const across = (years: number) => LEFT + (years / MOST_YEARS) * (right - LEFT - 8);
  const up = (pay: number) => HEIGHT - BOTTOM - (pay / MOST_PAY) * (HEIGHT - TOP - BOTTOM);
  const x = takesPart ? across(you.years) : right + DOCK / 2;
  const y = up(you.pay);

  function drag(event: PointerEvent) {
    const from = grip.current;
    if (from === null || event.buttons === 0) return;
    if (!from.moved && Math.hypot(event.clientX - from.x, event.clientY - from.y) < 4) return;
    from.moved = true;
    const frame = svg.current!.getBoundingClientRect();
    const left = event.clientX - frame.left;
    const pay = ((HEIGHT - BOTTOM - (event.clientY - frame.top)) / (HEIGHT - TOP - BOTTOM)) * MOST_PAY;
    const inside = left < right;
    if (inside !== takesPart) onTakePart(inside);
    const years = ((left - LEFT) / (right - LEFT - 8)) * MOST_YEARS;
    onMove({
      years: inside ? tidy(within(years, MOST_YEARS, 0.5)) : you.years,
      pay: tidy(within(pay, MOST_PAY, 0.05)),
    });
  }

  function key(event: KeyboardEvent) {
    const far = event.shiftKey ? 4 : 1;
    const by = {
      ArrowLeft: [-0.5, 0],
      ArrowRight: [0.5, 0],
      ArrowUp: [0, 0.25],
      ArrowDown: [0, -0.25],
    }[event.key];
    if (by) {
      onMove({
        years: tidy(within(you.years + far * by[0]!, MOST_YEARS, 0.5)),
        pay: tidy(within(you.pay + far * by[1]!, MOST_PAY, 0.05)),
      });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: where a dot stands follows from the width
  const dots = useMemo(
    () =>
      width === null || width < 120
        ? null
        : staff.map(({ years, pay }, i) => (
            <Mark
              // biome-ignore lint/suspicious/noArrayIndexKey: colleagues have no names
              key={i}
              marker={CODING.noise.marker}
              x={across(years)}
              y={up(pay)}
              size={2.2}
              color={CODING.noise.colour}
            />
          )),
    [staff, width],
  );

  return (
    <Figure
      title="The staff, and you"
      summary={`${staff.length} colleagues, most of whom earn more the longer they stay. You: ${you.years} years, ${you.pay} thousand, ${takesPart ? 'in' : 'not in'} the data.`}
      caption="Drag yourself, also out of the data on the right. Arrow keys move you too (with Shift, further); a press takes you in or out."
      legend={[
        { label: 'colleagues', role: 'noise', kind: 'dots' },
        { label: 'you', role: 'private', kind: 'dots' },
      ]}
      xTitle="years at the firm"
      yTitle="pay, thousand a month"
      overlay={
        dots === null ? null : (
          <button
            type="button"
            aria-pressed={takesPart}
            aria-label={`You: ${you.years} years, ${you.pay} thousand, in the data`}
            data-you
            style={{ left: x - 22, top: y - 22 }}
            className="absolute h-11 w-11 cursor-grab touch-none rounded-full active:cursor-grabbing"
            onKeyDown={key}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              grip.current = { x: event.clientX, y: event.clientY, moved: false };
            }}
            onPointerMove={drag}
            onClick={() => {
              if (!grip.current?.moved) onTakePart(!takesPart);
              grip.current = null;
            }}
          />
        )
      }
      table={() => ({
        columns: ['number', 'years', 'pay, thousand a month'],
        rows: [
          ...staff.map(({ years, pay }, i) => [i + 1, years, pay]),
          ...(takesPart ? [['you', you.years, you.pay]] : []),
        ],
      })}
    >
      <div ref={box} style={{ height: HEIGHT }} className="w-full">
        {dots === null || width === null ? null : (
          // biome-ignore lint/a11y/noSvgWithoutTitle: named by the figure around it
          <svg ref={svg} width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} className="block">
            <HeightLines {...{ up, left: LEFT, right }} ticks={linearTicks(0, MOST_PAY, 5)} />
            {linearTicks(0, MOST_YEARS, 5).map((tick) => (
              <Below key={tick} x={across(tick)} y={HEIGHT - 8}>
                {tick}
              </Below>
            ))}
            <rect
              x={right}
              y={TOP}
              width={DOCK - 2}
              height={HEIGHT - TOP - BOTTOM}
              rx="6"
              fill="var(--ground)"
              stroke="var(--line-strong)"
              strokeDasharray="4 4"
            />
            <Below x={right + DOCK / 2} y={HEIGHT - 8}>
              not in
            </Below>
            <line
              x1={LEFT}
              x2={right}
              y1={up(payRange)}
              y2={up(payRange)}
              stroke="var(--text)"
              strokeDasharray="3 3"
            />
            <text
              x={right - 6}
              y={up(payRange) - 6}
              textAnchor="end"
              fontSize="12"
              fill="var(--text)"
              style={{ paintOrder: 'stroke', stroke: 'var(--surface)', strokeWidth: 4 }}
            >
              private answers cut here
            </text>
            {dots}
            <Mark
              marker={CODING.private.marker}
              x={x}
              y={y}
              size={8}
              color={CODING.private.colour}
              hollow={!takesPart}
            />
            <text
              x={x}
              y={y - 13}
              textAnchor="middle"
              fontSize="13"
              fontWeight="600"
              fill="var(--text)"
              style={{ paintOrder: 'stroke', stroke: 'var(--surface)', strokeWidth: 4 }}
            >
              you
            </text>
          </svg>
        )}
      </div>
    </Figure>
  );
}
