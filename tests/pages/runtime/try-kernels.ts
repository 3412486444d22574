/** An experiment that chooses between two kernels that only count how often they are asked. */
import * as z from 'zod';
import { settle } from '@/lib/kernels/settle';
import type { Experiment } from '@/lib/runtime/experiment';

export interface Tried {
  chosen: string;
  /** Turns of both, the first of each included. */
  turns: number;
}

export const tryKernels: Experiment<object, never, Tried> = {
  id: 'try-kernels',
  needs: 'tensors',
  params: z.object({}),
  async run() {
    let turns = 0;
    const { outcome } = await settle<string>({
      name: 'counting',
      candidates: ['own', 'stock'].map((name) => ({ name, make: () => name })),
      tolerance: 0,
      error: async () => 0,
      work: async () => {
        turns++;
      },
    });
    return { chosen: outcome.chosen, turns };
  },
};
