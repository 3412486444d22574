/** One patient more or less. */

import { splitSeed, tumourEpsilon } from '@/components/training/tumours/parameters';
import { defineParameters, number } from '@/lib/notebook';

export const onePatientParameters = defineParameters(
  {
    tumourEpsilon,
    carriers: number({
      label: 'Carriers of the rare code',
      key: 'carriers',
      help: 'How many patients, all with malignant tumours, carry the code. At 1 it is this one patient alone.',
      min: 1,
      max: 60,
      scale: 'log',
      integer: true,
      unit: 'patients',
      default: 1,
    }),
    noiseDraws: number({
      label: 'Draws of the noise',
      key: 'noises',
      help: 'How many private models are trained with the patient, and how many without.',
      min: 10,
      max: 100,
      step: 10,
      integer: true,
      default: 60,
    }),
    splitSeed,
  },
  { hero: 'tumourEpsilon' },
);
