/** Checks a table of threats and controls that a learner has filled in. */
import * as z from 'zod';
import type { Experiment } from '@/lib/runtime/experiment';
import { PAIRS, readAnswers, verdictAt } from '../threats';

const params = z.object({
  /** A letter for each pair, as `writeAnswers` has it. */
  answers: z.string().max(200),
});

export type ThreatMatrixParams = z.output<typeof params>;

export interface ThreatMatrixResult {
  /** Pair by pair; null where nothing was said. */
  right: (boolean | null)[];
  score: number;
  answered: number;
  of: number;
}

export const threatMatrix: Experiment<ThreatMatrixParams, null, ThreatMatrixResult> = {
  id: 'threat-matrix',
  needs: 'maths',
  params,
  async run({ answers }, { describe }) {
    describe({ noise: 'none', dataset: 'your own answers, which stay in this page and its link' });
    const right = readAnswers(answers).map((answer, i) =>
      answer === null ? null : answer === verdictAt(i).verdict,
    );
    return {
      right,
      score: right.filter((one) => one === true).length,
      answered: right.filter((one) => one !== null).length,
      of: PAIRS.length,
    };
  },
};
