/** Five settings of a corruption, from the mildest to the worst. */
import type { Severity } from './index';

export type Five<T> = readonly [T, T, T, T, T];

export const at = <T>(settings: Five<T>, severity: Severity): T => settings[severity - 1]!;

export const clamp = (value: number) => (value < 0 ? 0 : Math.min(value, 1));

/** Each value of a picture changed, and kept in [0, 1]. */
export function mapValues(
  data: Float32Array,
  change: (value: number, index: number) => number,
): Float32Array {
  const out = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) out[i] = clamp(change(data[i]!, i));
  return out;
}
