/** A budget, and the run that is to be repeated. */
import { failureProbability, lotSize } from '@/components/training/parameters';
import { defineParameters, number } from '@/lib/notebook';

/** Public: the number of training digits of MNIST. */
export const DATASET_SIZE = 60_000;

export const planParameters = defineParameters(
  {
    budgetEpsilon: number({
      label: 'Budget ε',
      key: 'budget',
      help: 'What all runs together may spend on the 60,000 digits of MNIST.',
      min: 0.2,
      max: 10,
      scale: 'log',
      default: 3,
    }),
    planSigma: number({
      label: 'Noise multiplier σ',
      key: 'psigma',
      help: 'The noise of each run: standard deviation of the noise on the sum of gradients, divided by the clip.',
      min: 0.7,
      max: 12,
      scale: 'log',
      default: 2,
    }),
    planSteps: number({
      label: 'Steps of one run',
      key: 'psteps',
      help: 'How often the weights move in each run.',
      min: 20,
      max: 2000,
      scale: 'log',
      integer: true,
      default: 200,
    }),
    planLot: lotSize({
      key: 'plot',
      help: 'How many of the 60,000 digits join a step on average.',
      unit: 'digits',
    }),
    planDelta: failureProbability({
      key: 'pdelta',
      help: 'At most so much probability may fall outside the factor of e to the ε, for all runs together.',
    }),
  },
  { hero: 'budgetEpsilon' },
);

/** Where the chart is computed: 12 noise multipliers, evenly spaced on a log scale. */
export const NOISE_MULTIPLIERS: readonly number[] = Array.from({ length: 12 }, (_, index) =>
  Number((0.7 * (12 / 0.7) ** (index / 11)).toPrecision(3)),
);
