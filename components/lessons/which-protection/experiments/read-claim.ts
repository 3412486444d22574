/** Reads a claim, and works out what its open questions do to its number. */
import * as z from 'zod';
import { type Assessment, assessClaim, MOST_TEXT, type ReadClaim, readClaim } from '@/lib/claims';
import type { Experiment } from '@/lib/runtime/experiment';

const params = z.object({
  text: z.string().max(MOST_TEXT),
  records: z.number().int().min(1),
  tries: z.number().int().min(1),
});

export type ReadClaimParams = z.output<typeof params>;

export interface ReadClaimResult extends ReadClaim, Assessment {
  /** Questions that the claim leaves open, or answers to its own loss. */
  open: number;
}

export const readClaimExperiment: Experiment<ReadClaimParams, null, ReadClaimResult> = {
  id: 'read-claim',
  needs: 'maths',
  params,
  async run({ text, records, tries }, { describe }) {
    const read = readClaim(text);
    const assessment = assessClaim(read.claim, { records, tries });
    describe({
      noise: 'none',
      dataset: 'a claim of somebody’s, which stays in this page and its link',
      accountant: 'PLD; group privacy; a lower bound for shuffled lots',
    });
    return {
      ...read,
      ...assessment,
      open: assessment.questions.filter(({ state }) => state !== 'said').length,
    };
  },
};
