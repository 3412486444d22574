/** Whose picture the server looks for, and what it is given. */

import { clip } from '@/components/training/parameters';
import { defineParameters, number } from '@/lib/notebook';
import { seed } from '../parameters';

export const peekParameters = defineParameters(
  {
    peekClients: number({
      label: 'Clients in the sum',
      key: 'among',
      help: 'With secure aggregation the server sees only the sum over this many clients.',
      min: 1,
      max: 200,
      scale: 'log',
      integer: true,
      default: 2,
    }),
    peekNoise: number({
      label: 'Noise σ on the client',
      key: 'peek',
      help: 'Standard deviation of the noise that the client itself adds after clipping, divided by the clip.',
      min: 0.0001,
      max: 4,
      scale: 'log',
      default: 0.01,
    }),
    // Of its own: the clip of the training further down is another one.
    peekClip: {
      ...clip({
        help: 'The longest update that a client sends. A longer one is shortened to it; the noise is σ times this length.',
        min: 0.01,
        max: 10,
        default: 0.1,
      }),
      key: 'cut',
    },
    digit: number({
      label: 'Whose digit',
      key: 'who',
      help: 'The first client holds this one of the 10,000 test digits, the second client the one after it, and so on.',
      min: 0,
      max: 9_999,
      integer: true,
      default: 18,
    }),
    digits: number({
      label: 'Digits on each client',
      key: 'held',
      help: 'With few digits, one whose label nobody else in the sum has is still read sharply. The others blend.',
      min: 1,
      max: 50,
      scale: 'log',
      integer: true,
      default: 1,
    }),
    seed,
  },
  { hero: 'peekClients' },
);
