/** The parts of an axis that charts drawn by hand share. */
import type { ReactNode } from 'react';

/** About how wide a sign of an axis's label is, in pixels. */
export const SIGN_WIDTH = 7;

/**
 * Pixels that the labels of an upright axis need beside it: as wide as the longest, so that neither a minus nor a
 * thousand is cut off.
 */
export const labelRoom = (labels: readonly string[]): number =>
  Math.max(28, 12 + SIGN_WIDTH * Math.max(0, ...labels.map((label) => label.length)));

const TEXT = { fontSize: 12, fill: 'var(--secondary)' };

interface HeightLinesProps {
  ticks: readonly number[];
  /** From here to there across. */
  left: number;
  right: number;
  up(value: number): number;
  format?(value: number): string;
}

/** A line across at each tick of the upright axis, with its number. */
export function HeightLines({ ticks, left, right, up, format = String }: HeightLinesProps) {
  return ticks.map((tick) => (
    <g key={tick}>
      <line x1={left} x2={right} y1={up(tick)} y2={up(tick)} stroke="var(--line)" />
      <text x={left - 8} y={up(tick)} dy="0.32em" textAnchor="end" {...TEXT}>
        {format(tick)}
      </text>
    </g>
  ));
}

/** What stands under a place of the lying axis. */
export function Below({ x, y, children }: { x: number; y: number; children: ReactNode }) {
  return (
    <text x={x} y={y} textAnchor="middle" {...TEXT}>
      {children}
    </text>
  );
}
