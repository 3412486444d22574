/**
 * Whether anybody's part of a run could not be clipped. A gradient, or a client's update, that is infinite or no number counts as zero,
 * or else it alone would decide the release. Readers are told how many there were, since the model learnt nothing from them.
 */
import type { ExperimentContext } from '@/lib/runtime/experiment';

/** @param zeroed of the run so far, by model */
export function tellZeroed(
  { describe }: Pick<ExperimentContext<never>, 'describe'>,
  ...zeroed: readonly number[]
): void {
  const all = zeroed.reduce((sum, one) => sum + one, 0);
  if (all > 0) describe({ zeroed: all });
}

/** As results tell it. */
export const zeroedInWords = (zeroed: number): string =>
  zeroed === 1
    ? '1 contribution was infinite or no number, and counted as zero'
    : `${zeroed.toLocaleString('en')} contributions were infinite or no number, and counted as zero`;
