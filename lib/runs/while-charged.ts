/** The frame of every charged run that cannot be continued: announced before each step, closed however it ends. */
import type { ExperimentContext } from '@/lib/runtime/experiment';
import type { ChargedRun } from './charge-run';

/**
 * Does the work of a run and closes its record: all steps done, stopped by the learner, or broken off.
 * @param charged null for work that the ledger need not hear of
 * @param work must await `before(step)` before each step (from 1) runs
 * @param reached how far a run that ends early has come, if not to the step that it began last
 */
export async function whileCharged<Result>(
  charged: ChargedRun | null,
  { signal, describe }: Pick<ExperimentContext<never>, 'signal' | 'describe'>,
  work: (before: (step: number) => Promise<void>) => Promise<Result>,
  reached?: () => number,
): Promise<Result> {
  if (charged) describe({ charged: charged.release });
  let begun = 0;
  let result: Result;
  try {
    result = await work(async (step) => {
      await charged?.before(step);
      begun = step;
    });
  } catch (error) {
    await charged?.close(signal.aborted ? 'user' : 'error', reached?.() ?? begun);
    throw error;
  }
  await charged?.close('finished', begun);
  return result;
}
