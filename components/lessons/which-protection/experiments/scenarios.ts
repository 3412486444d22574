/** Counts the score of the cases that were decided. */
import * as z from 'zod';
import type { Experiment } from '@/lib/runtime/experiment';
import { readChoices, SCENARIOS } from '../cases';

const params = z.object({
  /** A digit for each case, the option chosen; `-` where none is. */
  answers: z.string().max(100),
});

export type ScenariosParams = z.output<typeof params>;

export interface ScenariosResult {
  score: number;
  answered: number;
  of: number;
}

export const scenarios: Experiment<ScenariosParams, null, ScenariosResult> = {
  id: 'scenarios',
  needs: 'maths',
  params,
  async run({ answers }, { describe }) {
    describe({ noise: 'none', dataset: 'your own answers, which stay in this page and its link' });
    const chosen = readChoices(answers);
    return {
      score: chosen.filter((choice, i) => choice !== null && SCENARIOS[i]!.options[choice]!.correct).length,
      answered: chosen.filter((choice) => choice !== null).length,
      of: SCENARIOS.length,
    };
  },
};
