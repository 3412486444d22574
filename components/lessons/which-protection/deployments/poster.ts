import { DEPLOYMENTS, listed, oddsFromStated, statedBy } from '@/lib/claims';
import type { Poster } from '../../lesson';
import { deltaWords, epsilonWords, nameOf, ofAThousand } from './words';

const figuresOf = (one: (typeof DEPLOYMENTS)[number]) => {
  const stated = statedBy(one);
  return stated === null ? null : { ...stated, ...oddsFromStated(stated) };
};

/** The whole list says more than one recorded run. */
export const poster: Poster = {
  source:
    'From public sources, November 2026. The odds follow from ε and δ alone: of 1,000 who took part, at most so many are picked out while 10 of 1,000 others are accused too.',
  table: {
    columns: ['who, and what came out', 'ε', 'δ', 'picked out of 1,000', 'protects'],
    rows: listed(DEPLOYMENTS, { order: 'epsilon', model: 'any', unit: 'any', words: '' }).map((one) => {
      const figures = figuresOf(one);
      return [
        `${nameOf(one)}: ${one.released}`,
        epsilonWords(figures),
        deltaWords(figures),
        figures === null ? '–' : ofAThousand(figures.caught),
        one.unit,
      ];
    }),
  },
};
