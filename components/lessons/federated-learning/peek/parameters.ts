/** Whose picture the server looks for, and what it is given. */

import { defineParameters, number } from '@/lib/notebook';
import { maxUpdateNorm, seed } from '../parameters';

export const peekParameters = defineParameters(
  {
    digit: number({
      label: 'Whose digit',
      key: 'who',
      help: 'The client holds this one of the 10,000 test digits.',
      min: 0,
      max: 9_999,
      integer: true,
      default: 18,
    }),
    digits: number({
      label: 'Digits on the client',
      key: 'held',
      help: 'With more than one, the server reads a blend of them. The picture is compared with the first.',
      min: 1,
      max: 50,
      scale: 'log',
      integer: true,
      default: 1,
    }),
    peekNoise: number({
      label: 'Noise σ on the client',
      key: 'peek',
      help: 'Standard deviation of the noise that the client itself adds after clipping, divided by the clip.',
      min: 0,
      max: 4,
      step: 0.005,
      default: 1,
    }),
    peekClients: number({
      label: 'Clients in the sum',
      key: 'among',
      help: 'With secure aggregation the server sees only the sum over this many clients.',
      min: 2,
      max: 200,
      scale: 'log',
      integer: true,
      default: 50,
    }),
    maxUpdateNorm,
    seed,
  },
  { hero: 'peekNoise' },
);
