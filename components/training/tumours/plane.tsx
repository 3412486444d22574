/** Two axes with dots between them, drawn by hand: where every dot is somebody, or stands for a number of people. */
import type { ReactNode } from 'react';
import { Below, HeightLines } from '@/components/charts/axes';

/** One axis: where a value stands between 0 and 1, and which values are written beside it. */
export interface PlaneAxis {
  place(value: number): number;
  ticks: readonly number[];
  format(value: number): string;
}

export interface PlaneProps {
  width: number;
  height: number;
  x: PlaneAxis;
  y: PlaneAxis;
  /** Draws between the axes, in pixels. */
  children(across: (value: number) => number, up: (value: number) => number): ReactNode;
  onPointerDown?(x: number, y: number): void;
}

export const PLANE_EDGE = { left: 46, right: 12, top: 10, bottom: 22 };

/** What turns values into pixels of a plane of this size. */
export function planeScales({ width, height, x, y }: Pick<PlaneProps, 'width' | 'height' | 'x' | 'y'>) {
  const { left, right, top, bottom } = PLANE_EDGE;
  return {
    across: (value: number) => left + x.place(value) * (width - left - right),
    up: (value: number) => height - bottom - y.place(value) * (height - top - bottom),
  };
}

export function Plane({ width, height, x, y, children, onPointerDown }: PlaneProps) {
  const { across, up } = planeScales({ width, height, x, y });
  const { left, right, top, bottom } = PLANE_EDGE;
  return (
    <svg
      width={width}
      height={height}
      aria-hidden="true"
      onPointerDown={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        onPointerDown?.(event.clientX - box.left, event.clientY - box.top);
      }}
    >
      <HeightLines ticks={y.ticks} left={left} right={width - right} up={up} format={y.format} />
      {x.ticks.map((tick) => (
        <g key={tick}>
          <line x1={across(tick)} x2={across(tick)} y1={top} y2={height - bottom} stroke="var(--line)" />
          <Below x={across(tick)} y={height - bottom + 16}>
            {x.format(tick)}
          </Below>
        </g>
      ))}
      {children(across, up)}
    </svg>
  );
}
