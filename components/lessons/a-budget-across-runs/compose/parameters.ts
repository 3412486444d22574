/** The list of runs, and the run that is added next. */
import { failureProbability, lotSize } from '@/components/training/parameters';
import { choice, defineParameters, number, text } from '@/lib/notebook';

/** Public: the number of training digits of MNIST. */
export const DATASET_SIZE = 60_000;

/** Runs that the list may hold. */
export const MOST_COMPOSED = 60;

export const composeParameters = defineParameters({
  runs: text({
    label: 'Runs',
    key: 'runs',
    help: 'The list of runs, in the order in which they happen.',
    maxLength: 600,
    default: 'l0.1x40;t0.03413,6,200x8',
  }),
  composeDelta: failureProbability({
    key: 'cdelta',
    help: 'At most so much probability may fall outside the factor of e to the ε, for the whole list.',
  }),
  nextKind: choice({
    label: 'Next run',
    key: 'next',
    help: 'A training run is DP-SGD with Poisson sampling. A release with Gaussian noise could be a mean; a counting query has Laplace noise.',
    options: [
      { value: 'training', label: 'Training run (DP-SGD)' },
      { value: 'query', label: 'Counting query (Laplace)' },
      { value: 'release', label: 'Release (Gaussian noise)' },
    ],
    default: 'training',
  }),
  nextSigma: number({
    label: 'Noise multiplier σ',
    key: 'nsigma',
    help: 'Standard deviation of the noise divided by what one person can change.',
    min: 0.4,
    max: 50,
    scale: 'log',
    default: 6,
  }),
  nextSteps: number({
    label: 'Steps',
    key: 'nsteps',
    help: 'How often the weights move.',
    min: 1,
    max: 5000,
    scale: 'log',
    integer: true,
    default: 200,
  }),
  nextLot: lotSize({
    key: 'nlot',
    help: 'How many of 60,000 people join a step on average.',
  }),
  nextEpsilon: number({
    label: 'ε of the answer',
    key: 'neps',
    help: 'The Laplace noise has scale 1/ε.',
    min: 0.01,
    max: 5,
    scale: 'log',
    default: 0.2,
  }),
});
