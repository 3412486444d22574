/** Loads digits, finds their features and tries the kernel ahead of a run in the same worker, while there is nothing else to do. */
import type * as z from 'zod';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { rehearse, softmaxIsRight } from '@/lib/training';
import { prepareDigits as prepare } from './mnist-data';
import { choicesSchema } from './train-choices-schema';

const params = choicesSchema.pick({ people: true, features: true });

/** What a page may say of the runs to come. */
export interface DigitsReady {
  /** That one digit takes both models in a step, without what a run does between its steps; null where no kernel of ours does it. */
  millisecondsPerDigit: number | null;
}

export const prepareDigits: Experiment<z.output<typeof params>, never, DigitsReady> = {
  id: 'prepare-digits',
  needs: 'maths',
  params,
  async run(choices, context) {
    const { train } = await prepare(choices, context);
    const ours = await softmaxIsRight();
    return { millisecondsPerDigit: ours ? await rehearse(train, () => pause(context.signal)) : null };
  },
};
