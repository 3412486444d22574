import type { Poster } from '../../lesson';
import { SCENARIOS } from '../cases';

/** It finds nothing before a learner has decided something: what it is about. */
export const poster: Poster = {
  source: 'The cases. The cell has a reason for every answer to them.',
  table: {
    columns: ['case', 'answers to choose from'],
    rows: SCENARIOS.map(({ title, options }) => [title, options.length]),
  },
};
