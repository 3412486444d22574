import type { Poster } from '../../lesson';
import { FOUND_SCORE, WHO, type Who } from '../symbol-account';
import recorded from './recorded.json' with { type: 'json' };

const { rows, steps, epsilon, backend } = recorded;

const HEADS: Record<Who, string> = {
  plainWith: 'plain, with the person',
  plainWithout: 'plain, without',
  privateWith: 'private, with the person',
  privateWithout: 'private, without',
};

export const poster: Poster = {
  source: `Recorded, not live: ${rows.length} seeded runs of ${steps} steps, private ones at ε = ${epsilon} (${backend}).`,
  table: {
    columns: ['head', `seeds of ${rows.length} in which it finds the symbol on that person’s form`],
    rows: WHO.map((who): [string, number] => [
      HEADS[who],
      rows.filter((row) => row[who].score >= FOUND_SCORE).length,
    ]),
  },
};
