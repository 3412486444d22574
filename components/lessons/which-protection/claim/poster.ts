import { assessClaim, readClaim } from '@/lib/claims';
import type { Poster } from '../../lesson';
import { claimParameters } from './parameters';
import { epsilonOf } from './words';

const { claimText, claimRecords, claimTries } = claimParameters.defaults;
const { questions } = assessClaim(readClaim(claimText).claim, { records: claimRecords, tries: claimTries });

/** The checklist for the claim that the cell opens with. */
export const poster: Poster = {
  source: `What is open in “${claimText}”. In the cell you paste a claim of your own.`,
  table: {
    columns: ['question', 'what the claim says', 'and its ε'],
    rows: questions.map(({ ask, words, effects: [effect] }) => [
      ask,
      words,
      effect === undefined ? '–' : `${effect.bound} ${epsilonOf(effect)}`,
    ]),
  },
};
