/**
 * The clipped sum of a lot, whatever is in it. A gradient that is infinite, or no number at all, cannot be clipped: C / ‖g‖ is then
 * no number, and neither is the sum, so that one example would decide the whole release. It is therefore taken for zero. Only an
 * example's own gradient decides that, so C stays what one example can change.
 *
 * The rest of the lot is summed again without it, for 0 · NaN is NaN: that costs a second pass, where it ever happens, and else
 * one look at each norm.
 */
import type { Learner, LotKernel, LotSum } from './lot-kernel';

export interface FiniteSum extends LotSum {
  /** Examples whose gradient was taken for zero; their norms are given as 0. Depends on who took part: not covered by ε. */
  zeroed: number;
}

/** As `LotKernel.sumLot`. Without clipping there are no norms to look at, and nothing is promised. */
export async function sumFinite(
  kernel: LotKernel,
  learners: readonly Learner[],
  ...[lot, breathe, draw]: LotParameters
): Promise<FiniteSum[]> {
  const sums = await kernel.sumLot(learners, lot, breathe, draw);
  const finite: FiniteSum[] = [];
  for (const [i, sum] of sums.entries())
    finite.push(
      sum.norms.every(Number.isFinite)
        ? { ...sum, zeroed: 0 }
        : await withoutOthers(kernel, learners[i]!, sum.norms, lot, breathe, draw),
    );
  return finite;
}

type LotParameters = Parameters<LotKernel['sumLot']> extends [unknown, ...infer Rest] ? Rest : never;

async function withoutOthers(
  kernel: LotKernel,
  learner: Learner,
  norms: Float32Array,
  ...[lot, breathe, draw]: LotParameters
): Promise<FiniteSum> {
  const places = Array.from(lot.keys()).filter((place) => Number.isFinite(norms[place]));
  const kept = Int32Array.from(places, (place) => lot[place]!);
  // What is finite in one company stays so in another, but for rounding at the very edge of what a number can hold.
  const [sum] = await sumFinite(kernel, [learner], kept, breathe, draw);
  const all = new Float32Array(lot.length);
  for (const [i, place] of places.entries()) all[place] = sum!.norms[i]!;
  return { ...sum!, norms: all, zeroed: lot.length - kept.length + sum!.zeroed };
}
