/** Places of a slider from end to end, evenly by the logarithm. */
import { type NumberParameter, sliderEnds } from '@/lib/notebook/parameters';

/** @param count at least 2 */
export function placesOf(parameter: NumberParameter, count: number): number[] {
  const { min, max } = sliderEnds(parameter);
  return Array.from({ length: count }, (_, i) => {
    const value = min * (max / min) ** (i / (count - 1));
    return parameter.integer ? Math.round(value) : Number(value.toPrecision(6));
  });
}
