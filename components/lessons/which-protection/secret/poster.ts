import { namedSecretBound } from '@/lib/privacy';
import type { Poster } from '../../lesson';
import { secretParameters } from './parameters';

const { secretEpsilon: epsilon, secretDelta: delta, secretDigits: digits } = secretParameters.defaults;

/** The bound at several numbers of copies. */
export const poster: Poster = {
  source: `At ε = ${epsilon} and δ = ${delta} for one record, a secret of ${digits} digits. Computed with this page.`,
  table: {
    columns: ['records that hold it', 'named at the first try, at most'],
    rows: [1, 2, 4, 8, 16].map((records) => [
      records,
      Number(namedSecretBound({ epsilon, delta, records, candidates: 10 ** digits }).toPrecision(3)),
    ]),
  },
};
