/** What the learner sets when looking with trained detectors. */
import { defineParameters, number } from '@/lib/notebook';

export const detectorNoiseParameters = defineParameters(
  {
    pictureNoise: number({
      label: 'Noise on the pictures',
      key: 'pixels',
      help: 'Standard deviation of the Gaussian noise that is added to each pixel, on a scale where black is 0 and white is 1. At 0 the pictures are clear.',
      min: 0,
      max: 0.6,
      step: 0.01,
      default: 0.1,
    }),
  },
  { hero: 'pictureNoise' },
);
