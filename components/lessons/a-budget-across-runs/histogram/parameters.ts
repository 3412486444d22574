/** A histogram of made-up people, and how its budget is shared out. */
import { defineParameters, number, seedNumber } from '@/lib/notebook';

export const histogramParameters = defineParameters(
  {
    histogramEpsilon: number({
      label: 'Privacy ε, for all groups together',
      key: 'heps',
      help: 'What the whole histogram may cost.',
      min: 0.01,
      max: 5,
      scale: 'log',
      default: 0.5,
    }),
    histogramGroups: number({
      label: 'Groups',
      key: 'hgroups',
      help: 'Into how many groups the people fall.',
      min: 2,
      max: 60,
      integer: true,
      default: 24,
    }),
    histogramOverlap: number({
      label: 'Groups that one person may be in',
      key: 'hin',
      help: 'One for age groups; more for diseases, or places visited. Everybody counted twice makes the histogram cost twice as much.',
      min: 1,
      max: 5,
      integer: true,
      default: 1,
    }),
    histogramPeople: number({
      label: 'People',
      key: 'hpeople',
      help: 'Made up, with a few large groups and many small ones.',
      min: 50,
      max: 100_000,
      scale: 'log',
      integer: true,
      default: 1000,
    }),
    histogramSeed: seedNumber({
      label: 'Seed of the noise',
      key: 'hseed',
      help: 'Another number, other noise. Anybody who knows it knows the noise: here this is wanted.',
    }),
  },
  { hero: 'histogramEpsilon' },
);
