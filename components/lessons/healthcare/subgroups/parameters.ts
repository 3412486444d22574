/** Groups of patients. */

import { splitSeed, tumourEpsilon } from '@/components/training/tumours/parameters';
import { defineParameters, number } from '@/lib/notebook';
import { draws } from '../parameters';

export const subgroupParameters = defineParameters(
  {
    tumourEpsilon,
    border: number({
      label: 'Large nuclei from',
      key: 'border',
      help: 'Mean radius of a tumour’s three largest nuclei, in pixels of the digitised picture. Malignant nuclei are mostly larger. Malignant tumours below the border are the unusual ones.',
      min: 13,
      max: 20,
      step: 0.5,
      unit: 'pixels',
      default: 16,
    }),
    kept: number({
      label: 'Share of the small group kept',
      key: 'kept',
      help: 'Share of the malignant tumours with small nuclei that is left in the training data. All of them are still tested.',
      min: 0,
      max: 1,
      step: 0.05,
      default: 1,
    }),
    draws,
    splitSeed,
  },
  { hero: 'tumourEpsilon' },
);
