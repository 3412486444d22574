import type { Poster } from '../../lesson';
import { bestOutcome } from '../game';
import { CONTROLS, THREATS } from '../threats';

/** It finds nothing before a learner has played: what the game is about. */
export const poster: Poster = {
  source: 'Nine attacks and what the best of five shields does to each. In the game you choose the shields.',
  table: {
    columns: ['attack', 'shields made for it', 'at best'],
    rows: THREATS.map((threat) => [
      threat.name,
      CONTROLS.filter(({ id }) => threat.judgements[id].verdict === 'yes')
        .map(({ name }) => name)
        .join(', ') || 'none',
      bestOutcome(threat),
    ]),
  },
};
