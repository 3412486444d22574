/** A training whose lots may be drawn in two ways. */
import { failureProbability } from '@/components/training/parameters';
import { defineParameters, number } from '@/lib/notebook';

export const shuffledParameters = defineParameters(
  {
    shuffledNoise: number({
      label: 'Noise multiplier σ',
      key: 'shsigma',
      help: 'Standard deviation of the noise on each sum of gradients, divided by the clip.',
      min: 0.3,
      max: 10,
      scale: 'log',
      default: 0.7,
    }),
    shuffledLots: number({
      label: 'Lots an epoch',
      key: 'shlots',
      help: 'Into how many lots one pass over the data is cut. Poisson sampling takes each example into a lot with one over this as its chance.',
      min: 2,
      max: 5000,
      scale: 'log',
      integer: true,
      default: 100,
    }),
    shuffledEpochs: number({
      label: 'Epochs',
      key: 'shepochs',
      help: 'How often the data is gone through, shuffled anew each time.',
      min: 1,
      max: 50,
      scale: 'log',
      integer: true,
      default: 10,
    }),
    shuffledDelta: failureProbability({
      key: 'shdelta',
      help: 'At most so much probability may fall outside the factor of e to the ε.',
    }),
  },
  { hero: 'shuffledNoise' },
);
