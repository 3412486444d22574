/** A count that is published before and after somebody was deleted. */
import { defineParameters, number, seedNumber } from '@/lib/notebook';

export const deletedParameters = defineParameters(
  {
    deletedEpsilon: number({
      label: 'Privacy ε, of each release',
      key: 'uneps',
      help: 'Of the release before the deletion, and of the one after it.',
      min: 0.05,
      max: 10,
      scale: 'log',
      default: 0.5,
    }),
    deletedSeed: seedNumber({
      label: 'Seed of the noise',
      key: 'unseed',
      help: 'Another number, other noise. Anybody who knows it knows the noise: here this is wanted.',
    }),
  },
  { hero: 'deletedEpsilon' },
);
