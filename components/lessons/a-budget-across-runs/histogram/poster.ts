import { composeEvents, type SingleEvent } from '@/lib/privacy';
import type { Poster } from '../../lesson';
import { histogramParameters } from './parameters';

const { histogramEpsilon: epsilon } = histogramParameters.defaults;

function costs(groups: number): [together: number, addedUp: number] {
  const answers = Array.from({ length: groups }, (): SingleEvent => ({ kind: 'pure', epsilon, count: 1 }));
  const together = composeEvents([{ kind: 'parallel', groups: answers, count: 1 }], 0).epsilon;
  return [together, composeEvents(answers, 0).epsilon];
}

/** What a histogram costs, whatever its noise comes out as. */
export const poster: Poster = {
  source: `What counts at ε = ${epsilon} each cost together, if nobody is in two groups, and what they add up to. Computed with this page.`,
  table: {
    columns: ['groups', 'ε, as one histogram', 'ε, added up'],
    rows: [2, 12, 24, 60].map((groups) => [groups, ...costs(groups)]),
  },
};
