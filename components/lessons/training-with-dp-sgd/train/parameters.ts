/** What the learner sets of a private training run. */
import { coupledEnds } from '@/components/training/accountant';
import {
  clip,
  failureProbability,
  lotSize,
  noiseMultiplier,
  noiseSource,
  privacyEpsilon,
  seed,
  trainingSteps,
} from '@/components/training/parameters';
import { choice, defineParameters, number, type ValuesOf } from '@/lib/notebook';
import { trainRelease } from '../account';

const declarations = {
  epsilon: privacyEpsilon({
    help: 'How much more likely any outcome may become because one person took part: at most a factor of e to the ε, up to δ. Small is private; large is useful. Move it, and the noise follows.',
    min: 0.05,
    max: 20,
    default: 2,
  }),
  noiseMultiplier: noiseMultiplier('gradients', { min: 0.3, max: 100, default: 1.2804 }),
  delta: failureProbability({
    key: 'delta',
    help: 'At most so much probability may fall outside the factor of e to the ε. Keep it well below one in the number of people: here 1/60,000, about 1.7e-5. Guides advise 60,000 to the −1.1, about 5.5e-6. 1e-5 is what most papers on these digits take, and what the recorded runs here hold at; 1e-6 is the safer choice.',
  }),
  maxGradNorm: clip({
    help: 'The longest gradient one example may contribute. Longer ones are shortened; the noise is σ times this length.',
    min: 0.01,
    max: 10,
    default: 1,
  }),
  expectedBatchSize: lotSize({
    key: 'lot',
    help: 'How many of the 60,000 digits join a step on average. Each joins by itself with the same probability, so the true number varies and stays secret.',
    unit: 'digits',
  }),
  steps: trainingSteps(1000),
  noiseSource,
  seed,
  trainFeatures: choice({
    label: 'Features',
    key: 'features',
    help: 'What the model sees of a digit. Each digit’s features are computed from that digit alone, by a fixed rule, so they cost no privacy. In five seeded runs at ε = 3 the wide features read 98.8 % of the test digits (400 steps, lots of 4,096), oriented gradients 97.2 % (200 steps, lots of 2,048).',
    options: [
      { value: 'gradients', label: 'Oriented gradients (392)' },
      { value: 'gabor', label: 'Wide Gabor features (1,808), slower' },
      { value: 'pixels', label: 'Raw pixels (784)' },
    ],
    default: 'gradients',
  }),
  trainModel: choice({
    label: 'Model',
    key: 'net',
    help: 'Softmax regression has one layer, the perceptron two, the convolutional network four. With more weights there are more directions in which the noise acts.',
    options: [
      { value: 'softmax', label: 'Softmax regression' },
      { value: 'mlp', label: 'Perceptron, one hidden layer' },
      { value: 'cnn', label: 'Small convolutional network (deep, slow)' },
    ],
    default: 'softmax',
  }),
  trainOptimizer: choice({
    label: 'Optimiser',
    key: 'opt',
    help: 'What is done with the noisy gradient. Either way it is post-processing: it costs no privacy.',
    options: [
      { value: 'momentum', label: 'SGD with momentum' },
      { value: 'adam', label: 'DP-Adam' },
    ],
    default: 'momentum',
  }),
  clippingRule: choice({
    label: 'Clipping',
    key: 'rule',
    help: 'Flat shortens the whole gradient to C; per layer, each layer to its share; adaptive moves C towards the median length by a noisy count, which is charged too; automatic brings every gradient to nearly the length C.',
    options: [
      { value: 'flat', label: 'Flat' },
      { value: 'per-layer', label: 'Per layer' },
      { value: 'adaptive', label: 'Adaptive (follows the median)' },
      { value: 'automatic', label: 'Automatic (normalised)' },
    ],
    default: 'flat',
  }),
  rateScale: number({
    label: 'Learning rate, × suggested',
    key: 'lr',
    help: 'How far a step goes, in units of the rate suggested for these choices. The suggestion follows the noise; better ones may exist.',
    min: 0.1,
    max: 10,
    step: 0.05,
    scale: 'log',
    default: 1,
  }),
};
export type TrainValues = ValuesOf<typeof declarations>;

const released = (values: TrainValues) =>
  trainRelease({ ...values, people: 'all', clipping: values.clippingRule });

const coupled = coupledEnds<TrainValues>({
  ...declarations,
  follows: ['delta', 'steps', 'expectedBatchSize', 'clippingRule'],
  run: released,
  delta: ({ delta }) => delta,
});

/** The convolutional network looks at pixels, and at nothing else. */
function modelAndFeatures(
  { trainModel, trainFeatures }: TrainValues,
  changed: keyof TrainValues,
): Partial<TrainValues> {
  if (trainModel !== 'cnn' || trainFeatures === 'pixels') return {};
  return changed === 'trainFeatures' ? { trainModel: 'softmax' } : { trainFeatures: 'pixels' };
}

export const trainParameters = defineParameters(declarations, {
  hero: 'epsilon',
  ...coupled,
  reconcile: (values, changed) => ({
    ...modelAndFeatures(values, changed),
    ...coupled.reconcile(values, changed),
  }),
  sketch: (values, changed) => ({ ...modelAndFeatures(values, changed), ...coupled.sketch(values, changed) }),
});
