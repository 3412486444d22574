/** What the noise slider of the home page sets, and what stays fixed there: its lesson sets the rest. */
import { defineParameters, number } from '@/lib/notebook';

/** Of every look that is taken on the home page; the lesson's own defaults. */
export const HERO = {
  picture: 'six-people',
  noiseKind: 'gaussian',
  seed: 1,
  confidence: 0.4,
  detector: 'faces',
  inputSize: 416,
  classes: null,
} as const;

export const noiseParameters = defineParameters({
  noise: number({
    label: 'Noise scale',
    // As in the lesson, so that its door leads to the same picture.
    key: 'noise',
    help: 'The standard deviation of the noise added to each colour value, on a scale where black is 0 and white is 1.',
    min: 0,
    max: 0.4,
    step: 0.01,
    default: 0.1,
  }),
});
