/**
 * Where a value lies on a slider of whole positions, linear or logarithmic, and where the keys take it. A value is rounded to what
 * one would write down, so several positions may stand for one value: a key goes on to the next value that reads differently, else it
 * would be pressed in vain.
 */
import { formatValue, type NumberParameter } from '@/lib/notebook';

/** Positions of a logarithmic slider: fine enough that no value in the field is far from one. */
export const LOG_POSITIONS = 1000;

export interface SliderScale {
  max: number;
  /** Position of a value, 0 … max. */
  position(value: number): number;
  /** Value at a position, rounded to something one would write down; at the ends, the ends themselves. */
  value(position: number): number;
  /**
   * Where a key takes a value: so many positions up (or, if negative, down), further where nothing else would be read there, and to
   * the end where there is nothing more.
   */
  moved(value: number, positions: number): number;
  /** Positions that Page Up and Page Down move. */
  page: number;
}

const DIGITS = 3;
/** A value that lies on a position but for its last bits does lie on it. */
const CRUMB = 1e-9;

/** Digits behind the point of a step or an end, at most twelve: 0.25 has two. */
function decimalsOf(number: number): number {
  for (let decimals = 0; decimals < 12; decimals++)
    if (Math.abs(number - Number(number.toFixed(decimals))) < CRUMB * Math.abs(number)) return decimals;
  return 12;
}

interface Positions {
  max: number;
  /** Not rounded to a whole position. */
  exact(value: number): number;
  /** Between the ends. */
  at(position: number): number;
}

function logarithmic({ min, max, integer }: NumberParameter): Positions {
  const span = Math.log(max / min);
  return {
    max: LOG_POSITIONS,
    exact: (value) => (Math.log(Math.max(min, value) / min) / span) * LOG_POSITIONS,
    at: (position) => {
      const value = min * Math.exp((position / LOG_POSITIONS) * span);
      return integer ? Math.round(value) : Number(value.toPrecision(DIGITS));
    },
  };
}

function linear({ min, max, step }: NumberParameter): Positions {
  // Adding up steps in binary leaves crumbs: 0.30000000000000004.
  const decimals = Math.max(decimalsOf(step), decimalsOf(min));
  return {
    // The last step is a short one where the range is no multiple of it.
    max: Math.max(1, Math.ceil((max - min) / step - CRUMB)),
    exact: (value) => (value - min) / step,
    at: (position) => Number((min + position * step).toFixed(decimals)),
  };
}

export function sliderScale(parameter: NumberParameter): SliderScale {
  const { min, max, scale } = parameter;
  const positions = scale === 'log' ? logarithmic(parameter) : linear(parameter);
  const last = positions.max;
  const value = (position: number) => {
    if (position <= 0) return min;
    if (position >= last) return max;
    return Math.min(max, Math.max(min, positions.at(position)));
  };
  const read = (number: number) => formatValue(parameter, number);
  return {
    max: last,
    position: (number) => Math.min(last, Math.max(0, Math.round(positions.exact(number)))),
    value,
    moved(from, by) {
      const up = by > 0 ? 1 : -1;
      // A field may hold what lies beyond the slider: a key leads to its end, or nowhere.
      if (from > max) return up > 0 ? from : max;
      if (from < min) return up > 0 ? min : from;
      const exact = positions.exact(from);
      // From between two positions a step leads to the nearer one of them, not beyond it.
      const start = up > 0 ? Math.floor(exact + CRUMB) : Math.ceil(exact - CRUMB);
      for (let at = start + by; at > 0 && at < last; at += up) {
        const there = value(at);
        if ((there - from) * up > 0 && read(there) !== read(from)) return there;
      }
      return up > 0 ? max : min;
    },
    page: Math.max(1, Math.round(last / 10)),
  };
}

/** Where a key takes the value of a slider; null for a key that means nothing to one. */
export function movedByKey(scale: SliderScale, value: number, key: string): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return scale.moved(value, 1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return scale.moved(value, -1);
    case 'PageUp':
      return scale.moved(value, scale.page);
    case 'PageDown':
      return scale.moved(value, -scale.page);
    case 'Home':
      return scale.value(0);
    case 'End':
      return scale.value(scale.max);
    default:
      return null;
  }
}
