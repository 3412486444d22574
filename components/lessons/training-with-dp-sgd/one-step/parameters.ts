/** What the learner sets of one step, slowed down. Names of its own: the step is not the training run above it. */
import { defineParameters, number, seedNumber } from '@/lib/notebook';

export const oneStepParameters = defineParameters(
  {
    stepClip: number({
      label: 'Clip C of the step',
      key: 'stepclip',
      help: 'The longest gradient one digit may contribute. Longer ones are shortened to it; their direction stays.',
      min: 0.01,
      max: 10,
      scale: 'log',
      default: 1,
    }),
    stepSigma: number({
      label: 'Noise σ of the step',
      key: 'stepsigma',
      help: 'The noise in every single direction has standard deviation σ times C.',
      min: 0.001,
      max: 10,
      scale: 'log',
      default: 1,
    }),
    stepLot: number({
      label: 'Digits expected in the lot',
      key: 'steplot',
      help: 'Each of the 60,000 digits joins by itself, so the number that comes differs from the number expected.',
      min: 4,
      max: 2048,
      scale: 'log',
      integer: true,
      default: 7,
    }),
    stepEarlier: number({
      label: 'Plain steps before it',
      key: 'stepearlier',
      help: 'How much the model has learned already, from 500 digits of the test set without privacy. A model that knows a digit well has little to change: its gradient is short.',
      min: 0,
      max: 60,
      integer: true,
      default: 15,
    }),
    stepSeed: seedNumber({
      label: 'Lot number',
      key: 'stepseed',
      help: 'The seed of the draw: the same number always draws the same digits and the same noise.',
    }),
  },
  { hero: 'stepClip' },
);
