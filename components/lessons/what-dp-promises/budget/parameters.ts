import { defineParameters, number } from '@/lib/notebook';
import { promiseSeed } from '../parameters';

/** One question, asked again and again. */
export const budgetParameters = defineParameters(
  {
    answerEpsilon: number({
      label: 'ε of one answer',
      key: 'eps1',
      help: 'Each answer gets fresh Laplace noise of scale 1/ε.',
      min: 0.02,
      max: 2,
      scale: 'log',
      default: 0.1,
    }),
    timesAsked: number({
      label: 'Times asked',
      key: 'times',
      help: 'The same question, word for word, with fresh noise each time.',
      min: 1,
      max: 1000,
      step: 0.01,
      scale: 'log',
      integer: true,
      default: 10,
    }),
    promiseSeed,
  },
  { hero: 'answerEpsilon' },
);
