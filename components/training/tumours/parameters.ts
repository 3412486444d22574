/** The settings of a model of tumours, in whatever lesson it stands. */
import { privacyEpsilon } from '@/components/training/parameters';
import { defineParameters, number, seedNumber } from '@/lib/notebook';

export const tumourEpsilon = privacyEpsilon({
  help: 'Of one model. How much more likely any model may become because one patient took part: at most a factor of e to the ε, up to δ.',
  min: 0.05,
  max: 20,
  default: 1,
});

export const splitSeed = seedNumber({
  label: 'Seed of the split',
  key: 'seed',
  help: 'Parts the patients into fifths by lot, without looking at them; and fixes the noise where it is seeded.',
});

export const threshold = number({
  label: 'Called malignant from',
  key: 'cut',
  help: 'The probability from which a tumour is called malignant. Lower it, and fewer malignant ones are missed, at the price of more false alarms.',
  min: 0.05,
  max: 0.95,
  step: 0.01,
  default: 0.5,
});

/** Of the model that follows the slider. */
export const classifierParameters = defineParameters(
  { tumourEpsilon, threshold, splitSeed },
  { hero: 'tumourEpsilon' },
);
