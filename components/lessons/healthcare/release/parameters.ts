/** A model that is released in earnest. */

import { splitSeed, threshold, tumourEpsilon } from '@/components/training/tumours/parameters';
import { choice, defineParameters } from '@/lib/notebook';

export const releaseParameters = defineParameters(
  {
    tumourEpsilon,
    models: choice({
      label: 'What is released',
      key: 'models',
      help: 'Five-fold cross-validation trains five models; every patient takes part in four of them, and pays for four.',
      options: [
        { value: 'one', label: 'One model' },
        { value: 'five', label: 'Five models, cross-validated' },
      ],
      default: 'one',
    }),
    threshold,
    splitSeed,
  },
  { hero: 'tumourEpsilon' },
);
