import type { Poster } from '../../lesson';
import recorded from './recorded.json' with { type: 'json' };

const percent = (share: number) => Number((100 * share).toFixed(1));

/** Of several runs at each ε: the curve that the cell shows as recorded. */
export const poster: Poster = {
  source: `Recorded, not live: means of ${recorded.seeds.length} seeded runs of ${recorded.steps} steps on 2,000 forms, judged on ${recorded.tests} others (${recorded.backend}).`,
  table: {
    columns: ['ε', 'mAP50, %'],
    rows: [
      ...recorded.private.map(({ epsilon, mean }): [string, number] => [String(epsilon), percent(mean)]),
      ['no privacy', percent(recorded.plain.mean)],
    ],
  },
};
