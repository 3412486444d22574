/**
 * An axis of accuracies on which 97 % and 98 % lie apart: by the logarithm of the error, 1 less the accuracy. Half the error is the
 * same way up wherever one stands. Accuracies from 0 to 1.
 */

export interface ErrorScale {
  /** Accuracies at the lower and the upper end. */
  low: number;
  high: number;
  /** 0 at the lower end, 1 at the upper; what lies beyond is cut to them. */
  place(accuracy: number): number;
  ticks: readonly number[];
}

/** Round accuracies that an axis may name. */
const NAMED = [0, 0.5, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999];
/** The axis begins with half of the digits wrong, or higher where a model ends near that. */
const LOWEST = 0.5;
/** And ends at 98.5 %, or beyond the best. */
const HIGHEST = 0.985;
/** Room beyond the worst and the best end, as a factor of the error. */
const ROOM = 1.6;
/** Names closer than this part of the axis would touch. */
const APART = 0.07;

/** @param ends accuracies at which the curves end, or stand now */
export function errorScale(ends: readonly number[]): ErrorScale {
  const errors = ends.map((accuracy) => 1 - accuracy);
  const most = Math.min(0.95, Math.max(1 - LOWEST, ...errors.map((error) => error * ROOM)));
  const least = Math.max(1e-3, Math.min(1 - HIGHEST, ...errors.map((error) => error / ROOM)));
  const place = (accuracy: number) => {
    const error = Math.min(most, Math.max(least, 1 - accuracy));
    return Math.log(most / error) / Math.log(most / least);
  };
  return { low: 1 - most, high: 1 - least, place, ticks: spaced(NAMED, { most, least }, place) };
}

/** Those inside, the lowest first; near another one the later goes. */
function spaced(
  names: readonly number[],
  { most, least }: { most: number; least: number },
  place: ErrorScale['place'],
): number[] {
  const inside = names.filter((name) => 1 - name <= most + 1e-9 && 1 - name >= least - 1e-9);
  const kept: number[] = [];
  for (const name of inside)
    if (kept.length === 0 || place(name) - place(kept.at(-1)!) >= APART) kept.push(name);
  return kept;
}
