/** The tumours beside the digits: the same settings as in the lesson on healthcare, under keys that the digits do not use. */
import { splitSeed, threshold, tumourEpsilon } from '@/components/training/tumours/parameters';
import { defineParameters } from '@/lib/notebook';

export const trainTumoursParameters = defineParameters(
  {
    tumourEpsilon: { ...tumourEpsilon, key: 'tumeps' },
    threshold: { ...threshold, key: 'tumcut' },
    splitSeed: { ...splitSeed, key: 'tumseed' },
  },
  { hero: 'tumourEpsilon' },
);
