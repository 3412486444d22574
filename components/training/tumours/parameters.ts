/** The settings of a model of tumours, in whatever lesson it stands. */
import { defineParameters, number } from '@/lib/notebook';

export const tumourEpsilon = number({
  label: 'Privacy ε',
  key: 'eps',
  help: 'Of one model. How much more likely any model may become because one patient took part: at most a factor of e to the ε.',
  min: 0.05,
  max: 20,
  step: 0.01,
  scale: 'log',
  default: 1,
});

export const splitSeed = number({
  label: 'Seed of the split',
  key: 'seed',
  help: 'Parts the patients into fifths by lot, without looking at them; and fixes the noise where it is seeded.',
  min: 0,
  max: 999_999,
  step: 1,
  scale: 'linear',
  integer: true,
  default: 1,
});

export const threshold = number({
  label: 'Called malignant from',
  key: 'cut',
  help: 'The probability from which a tumour is called malignant. Lower it, and fewer malignant ones are missed, at the price of more false alarms.',
  min: 0.05,
  max: 0.95,
  step: 0.01,
  scale: 'linear',
  default: 0.5,
});

/** Of the model that follows the slider. */
export const classifierParameters = defineParameters({ tumourEpsilon, threshold, splitSeed });
