import { defineParameters, number } from '@/lib/notebook';
import { mechanism, promiseDelta, promiseEpsilon, promiseSeed } from '../parameters';

/** Attackers against the mechanism of the page. */
export const rocParameters = defineParameters(
  {
    mechanism,
    promiseEpsilon,
    promiseDelta,
    rounds: number({
      label: 'Rounds of each attacker',
      key: 'rounds',
      help: 'In each world. More rounds, and the dots come to lie closer to where they belong.',
      min: 50,
      max: 20_000,
      step: 0.01,
      scale: 'log',
      integer: true,
      default: 5000,
    }),
    promiseSeed,
  },
  { hero: 'promiseEpsilon' },
);
