/** Axis ticks, and numbers as they stand beside them. */
import { count, short } from '@/components/ui/format';

/** A number for a tick or a tooltip: four digits at most, in threes, powers of ten for the very small and very large. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && size !== Number.POSITIVE_INFINITY && (size < 1e-3 || size >= 1e6))
    return value
      .toExponential(1)
      .replace(/\.0(?=e)/, '')
      .replace('e+', 'e')
      .replace('-', '−');
  return size >= 1000 ? count(Number(value.toPrecision(4))) : short(value, 4);
}

/** A number in a table that is read: whole ones in full, others to four digits. */
export const tableNumber = (value: number): string =>
  Number.isSafeInteger(value) ? count(value) : shortNumber(value);

/** About `count` round numbers from `min` to `max`, both ends included in their span. */
export function linearTicks(min: number, max: number, count = 5): number[] {
  if (!(max > min)) return [min];
  const rough = (max - min) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough * (1 - 1e-9)) ?? rough;
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  // Multiplying, then cutting the crumbs of binary: 3 × 0.1 is not 0.3.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten from `min` to `max`; with fewer than two of them, 1-2-5 in between. */
export function logTicks(min: number, max: number): number[] {
  const from = Math.floor(Math.log10(min) + 1e-9);
  const to = Math.ceil(Math.log10(max) - 1e-9);
  const inside = (value: number) => value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9);
  const powers = Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
  const decades = powers.filter(inside);
  if (decades.length > 7) return decades.filter((_, i) => i % Math.ceil(decades.length / 6) === 0);
  if (decades.length >= 3) return decades;
  return powers.flatMap((p) => [p, 2 * p, 5 * p]).filter(inside);
}

/** The ticks of an axis from `low` to `high`: about so many. */
export function ticksOf(
  { scale, whole = false }: { scale?: 'linear' | 'log'; whole?: boolean },
  [low, high]: [number, number],
  count: number,
): number[] {
  const ticks = scale === 'log' ? logTicks(low, high) : linearTicks(low, high, count);
  return whole ? ticks.filter(Number.isInteger) : ticks;
}

/** The least and greatest of some numbers, widened to round ones unless the ends are given. */
export function domain(
  values: Iterable<number>,
  axis: { min?: number; max?: number; scale?: 'linear' | 'log' },
): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value) || (axis.scale === 'log' && value <= 0)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) [low, high] = axis.scale === 'log' ? [0.1, 1] : [0, 1];
  if (axis.scale === 'log') {
    if (low === high) [low, high] = [low / 2, high * 2];
    return [axis.min ?? low, axis.max ?? high];
  }
  if (low === high) [low, high] = low === 0 ? [0, 1] : [low - Math.abs(low) / 2, high + Math.abs(high) / 2];
  const ticks = linearTicks(axis.min ?? low, axis.max ?? high);
  const step = ticks.length > 1 ? ticks[1]! - ticks[0]! : 0;
  return [
    axis.min ?? (step > 0 ? Math.floor(low / step + 1e-9) * step : low),
    axis.max ?? (step > 0 ? Math.ceil(high / step - 1e-9) * step : high),
  ];
}
