/** Which tables are published about a small block, and with how much noise. */
import { boolean, choice, defineParameters, number, seedNumber } from '@/lib/notebook';

export const censusBlockParameters = defineParameters(
  {
    blockEpsilon: number({
      label: 'ε of all noisy tables',
      key: 'beps',
      help: 'All tables together, cut into equal parts: three numbers a table, for each family of tables. Low: more noise.',
      min: 0.1,
      max: 2000,
      scale: 'log',
      default: 1,
    }),
    blockTables: choice({
      label: 'Tables about',
      key: 'tables',
      help: 'Each table has a count, the median age and the mean age of those it is about.',
      options: [
        { value: 'pairs', label: 'Each column and each pair of columns' },
        { value: 'single', label: 'Each column by itself' },
      ],
      default: 'pairs',
    }),
    hideSmall: boolean({
      label: 'Hold back exact tables of one or two people',
      key: 'small',
      help: 'An old rule against disclosure. The noisy tables do not need it.',
      default: true,
    }),
    blockSeed: seedNumber({
      label: 'Seed of the block',
      key: 'block',
      help: 'Another number, other people and other noise. All are made up.',
    }),
  },
  { hero: 'blockEpsilon' },
);
