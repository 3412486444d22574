import { bestIsTried, selectionEpsilon, tryCount } from '@/lib/privacy';
import type { Poster } from '../../lesson';
import { bestOfParameters } from './parameters';

const { tryEpsilon: epsilon, settingsToTry: settings } = bestOfParameters.defaults;
const RULES = ['fixed', 'geometric', 'logarithmic'] as const;

/** Several numbers of tries say more than one recorded run. */
export const poster: Poster = {
  source: `ε of telling the best of many tries at ε = ${epsilon} each, at most, and the chance that the best of ${settings} settings is tried. Computed with this page.`,
  table: {
    columns: ['tries on average', ...RULES.map((rule) => `ε, ${rule}`), 'chance, geometric'],
    rows: [1, 5, 20, 100].map((tries) => [
      tries,
      ...RULES.map((rule) => selectionEpsilon(tryCount(rule, tries), epsilon)),
      Number(bestIsTried(tryCount('geometric', tries), settings).toPrecision(4)),
    ]),
  },
};
