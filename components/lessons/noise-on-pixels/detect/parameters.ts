/** What the learner sets of a picture, its noise and the detector. Shared by both cells of the lesson. */
import { SAMPLES } from '@/components/vision/samples';
import { NOISE_KINDS, type NoiseKind } from '@/lib/detection/noise/kinds';
import { choice, defineParameters, number } from '@/lib/notebook';

export const detectParameters = defineParameters(
  {
    sample: choice({
      label: 'Picture',
      key: 'picture',
      help: 'Which of the pictures that come with the site is shown. A picture of your own never travels in a link.',
      options: SAMPLES.map(({ id, title }) => ({ value: id, label: title })),
      default: 'six-people',
    }),
    noise: number({
      label: 'Noise scale',
      key: 'noise',
      help: 'How strongly the picture is disturbed. For random noise: the standard deviation of what is added to each colour value, on a scale where black is 0 and white is 1.',
      min: 0,
      max: 1,
      step: 0.01,
      default: 0.1,
    }),
    noiseKind: choice<NoiseKind>({
      label: 'Kind of noise',
      key: 'kind',
      help: 'Gaussian noise is the one that differential privacy uses most. The others are here to compare with.',
      options: NOISE_KINDS.map(({ kind, title, scale }) => ({ value: kind, label: title, help: scale })),
      default: 'gaussian',
    }),
    seed: number({
      label: 'Noise seed',
      key: 'seed',
      help: 'Fixes the draw of the noise, so that a link shows the same picture to everybody. A public seed protects nobody.',
      min: 0,
      max: 999,
      integer: true,
      seed: true,
      default: 1,
    }),
    confidence: number({
      label: 'Confidence',
      key: 'conf',
      help: 'Boxes with this score or less are not shown. Lower it, and the detector guesses more.',
      min: 0.05,
      max: 0.95,
      step: 0.01,
      default: 0.4,
    }),
  },
  { hero: 'noise' },
);
