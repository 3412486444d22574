/** Three hospitals. */

import { splitSeed, tumourEpsilon } from '@/components/training/tumours/parameters';
import { choice, defineParameters, number } from '@/lib/notebook';
import { draws } from '../parameters';

export const hospitalParameters = defineParameters(
  {
    tumourEpsilon,
    smallHospital: number({
      label: 'Patients of the small one',
      key: 'small',
      help: 'The middle hospital has 120 training patients, the large one all others of about 455.',
      min: 10,
      max: 150,
      integer: true,
      unit: 'patients',
      default: 30,
    }),
    caseMix: choice({
      label: 'Whom the small one sees',
      key: 'mix',
      help: 'A screening centre sees mostly benign tumours, a cancer clinic mostly malignant ones. All are judged on patients of the common mix.',
      options: [
        { value: 'same', label: 'The same mix as everywhere' },
        { value: 'benign', label: 'Nine in ten benign' },
        { value: 'malignant', label: 'Nine in ten malignant' },
      ],
      default: 'same',
    }),
    draws,
    splitSeed,
  },
  { hero: 'tumourEpsilon' },
);
