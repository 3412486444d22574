/** Loads digits, finds their features and tries the kernel ahead of a run in the same worker, while there is nothing else to do. */
import type { z } from 'zod';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { rehearse, softmaxIsRight } from '@/lib/training';
import { prepareDigits as prepare } from './mnist-data';
import { choicesSchema } from './train-choices-schema';

const params = choicesSchema.pick({ people: true, features: true });

export const prepareDigits: Experiment<z.output<typeof params>, never, null> = {
  id: 'prepare-digits',
  needs: 'maths',
  params,
  async run(choices, context) {
    const { train } = await prepare(choices, context);
    if (await softmaxIsRight()) await rehearse(train, () => pause(context.signal));
    return null;
  },
};
