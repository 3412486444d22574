import type { Poster } from '../../lesson';
import { CONTROLS, THREATS } from '../threats';

const VERDICTS = { yes: 'answers it', partly: 'in part', no: 'does not' } as const;

/** It finds nothing before a learner has judged something: what it is about. */
export const poster: Poster = {
  source:
    'Our verdicts: one control by itself, rightly used. The cell asks for yours first, and has a reason for each.',
  table: {
    columns: ['threat', ...CONTROLS.map(({ name }) => name)],
    rows: THREATS.map(({ name, judgements }) => [
      name,
      ...CONTROLS.map(({ id }) => VERDICTS[judgements[id].verdict]),
    ]),
  },
};
