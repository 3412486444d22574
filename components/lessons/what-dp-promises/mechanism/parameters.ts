import { defineParameters, number } from '@/lib/notebook';
import { mechanism, promiseDelta, promiseEpsilon, promiseSeed } from '../parameters';

/** Two worlds, and the answer that one looks at. */
export const mechanismParameters = defineParameters(
  {
    mechanism,
    promiseEpsilon,
    promiseDelta,
    lookedAt: number({
      label: 'Answer looked at',
      key: 'at',
      help: 'Point at the curves, or move this: how likely is this very answer in either world?',
      min: 30,
      max: 53,
      step: 0.1,
      default: 44,
    }),
    draws: number({
      label: 'Answers drawn',
      key: 'draws',
      help: 'In each world. Their attacker guesses once for every answer.',
      min: 100,
      max: 10_000,
      step: 0.01,
      scale: 'log',
      integer: true,
      default: 1000,
    }),
    promiseSeed,
  },
  { hero: 'promiseEpsilon' },
);
