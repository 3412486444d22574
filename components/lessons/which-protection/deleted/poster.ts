import { differencingRight } from '@/lib/privacy';
import type { Poster } from '../../lesson';

const LEVELS = [0.1, 0.5, 1, 2, 5];
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** The closed form at several ε. */
export const poster: Poster = {
  source:
    'How often whoever subtracts two noisy counts, from before and after a deletion, is right about the one who left. Computed with this page.',
  table: {
    columns: ['ε of each count', 'right'],
    rows: [
      ...LEVELS.map((epsilon) => [epsilon, percent(differencingRight(epsilon))]),
      ['exact counts', '100 %'],
    ],
  },
};
