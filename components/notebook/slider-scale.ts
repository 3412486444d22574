/** Where a value lies on a slider of whole positions, linear or logarithmic. */
import type { NumberParameter } from '@/lib/notebook';

/** Positions of a logarithmic slider: fine enough that no value in the field is far from one. */
export const LOG_POSITIONS = 1000;

export interface SliderScale {
  max: number;
  /** Position of a value, 0 … max. */
  position(value: number): number;
  /** Value at a position, rounded to something one would write down. */
  value(position: number): number;
  /** Positions that Page Up and Page Down move. */
  page: number;
}

const DIGITS = 3;

export function sliderScale(parameter: NumberParameter): SliderScale {
  const { min, max, step, scale, integer } = parameter;
  const tidy = (value: number) => {
    const kept = integer ? Math.round(value) : Number(value.toPrecision(DIGITS));
    return Math.min(max, Math.max(min, kept));
  };
  if (scale === 'log') {
    const span = Math.log(max / min);
    return {
      max: LOG_POSITIONS,
      position: (value) => Math.round((Math.log(Math.max(min, value) / min) / span) * LOG_POSITIONS),
      value: (position) => tidy(min * Math.exp((position / LOG_POSITIONS) * span)),
      page: LOG_POSITIONS / 10,
    };
  }
  const positions = Math.round((max - min) / step);
  // Adding up steps in binary leaves crumbs: 0.30000000000000004.
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return {
    max: positions,
    position: (value) => Math.round((value - min) / step),
    value: (position) => Math.min(max, Number((min + position * step).toFixed(decimals))),
    page: Math.max(1, Math.round(positions / 10)),
  };
}
