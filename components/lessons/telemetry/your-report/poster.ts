import { formatNumber } from '@/lib/notebook/parameters';
import type { Poster } from '../../lesson';

/** A report of nobody finds nothing: what one may give away. */
export const poster: Poster = {
  source: 'Computed from the promise itself: e to the ε. Your own answer stays in your browser.',
  table: {
    columns: ['ε of one report', 'a server’s odds on any answer shift at most by a factor of'],
    rows: [0.5, 1, 1.5, 3, 6].map((epsilon) => [String(epsilon), formatNumber(Math.exp(epsilon))]),
  },
};
