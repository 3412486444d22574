/** Who adds up, and who drops out. */

import { choice, defineParameters, number } from '@/lib/notebook';
import { seed } from '../parameters';

export const secureAggParameters = defineParameters(
  {
    parties: number({
      label: 'Clients',
      key: 'parties',
      help: 'Each two of them share a seed. n clients have n (n − 1) / 2 pairs.',
      min: 2,
      max: 24,
      integer: true,
      default: 8,
    }),
    dropped: number({
      label: 'Drop out before sending',
      key: 'gone',
      help: 'So many clients have agreed on masks and then lose their connection. At least one always stays.',
      min: 0,
      max: 8,
      integer: true,
      default: 0,
    }),
    repair: choice({
      label: 'After a drop-out',
      key: 'after',
      help: 'The others may reveal the seeds they shared with those who are gone, so that the server can take the stray masks away.',
      options: [
        { value: 'nothing', label: 'Nothing is done' },
        { value: 'reveal', label: 'The others reveal the missing seeds' },
      ],
      default: 'nothing',
    }),
    shown: number({
      label: 'Look at the message of client',
      key: 'look',
      help: 'Counted from 1, among those who sent something.',
      min: 1,
      max: 24,
      integer: true,
      default: 1,
    }),
    seed,
  },
  { hero: 'dropped' },
);
