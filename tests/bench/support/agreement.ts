/** Whether two engines computed the same: a race between different sums would be worth nothing. */

/** What one step from the start found. */
export interface FirstStep {
  /** Mean over the lot, in nats. */
  loss: number;
  /** Of gradients, clipped or not, over the lot; all parameters one after the other. */
  sums: number[];
}

export interface Apart {
  /** Relative. */
  loss: number;
  /** The largest difference, in units of the largest sum. */
  sums: number;
}

/** What float32 arithmetic in another order may change, and no more. */
export const AGREED = 1e-4;

export function difference(one: FirstStep, reference: FirstStep): Apart {
  if (one.sums.length !== reference.sums.length)
    throw new RangeError(`${one.sums.length} sums cannot be set against ${reference.sums.length}.`);
  let largest = 0;
  let apart = 0;
  reference.sums.forEach((sum, i) => {
    largest = Math.max(largest, Math.abs(sum));
    // One that is no number stays: it must not pass for agreement.
    apart = Math.max(apart, Math.abs(sum - one.sums[i]!));
  });
  return { loss: Math.abs(one.loss - reference.loss) / Math.abs(reference.loss), sums: apart / largest };
}

export const agree = ({ loss, sums }: Apart): boolean => loss <= AGREED && sums <= AGREED;
