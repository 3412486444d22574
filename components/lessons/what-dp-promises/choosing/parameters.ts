/** How one of several candidates is chosen, and how close the vote is. */
import { choice, defineParameters, number } from '@/lib/notebook';
import { promiseEpsilon, promiseSeed } from '../parameters';
import { CANDIDATES } from './votes';

export const choosingParameters = defineParameters(
  {
    promiseEpsilon,
    chooseBy: choice({
      label: 'How it is chosen',
      key: 'choose',
      help: 'All three are ε-private. Noisy max with exponential noise names the best most often.',
      options: [
        { value: 'exponential', label: 'Exponential mechanism (noisy max, Gumbel noise)' },
        { value: 'noisy-laplace', label: 'Noisy max, Laplace noise' },
        { value: 'noisy-exponential', label: 'Noisy max, exponential noise' },
      ],
      default: 'exponential',
    }),
    lead: number({
      label: 'Lead of the first',
      key: 'lead',
      unit: 'votes',
      help: 'Without you, Ada has so many votes more than Ben. At 0 your vote alone decides an exact count.',
      min: 0,
      max: 20,
      integer: true,
      default: 0,
    }),
    yourVote: choice({
      label: 'You vote for',
      key: 'vote',
      help: 'Your one vote is all that the two worlds differ in.',
      options: CANDIDATES.map((name) => ({ value: name, label: name })),
      default: 'Ben',
    }),
    choicesDrawn: number({
      label: 'Choices drawn',
      key: 'chosen',
      help: 'In each world. The more, the closer their shares come to the exact probabilities.',
      min: 10,
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
