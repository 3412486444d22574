/** What the learner sets of a private training run. */
import { choice, defineParameters, number } from '@/lib/notebook';
import { calibrateNoiseMultiplier, rdpEpsilon } from '@/lib/privacy';
import { chargedNoise, gradientNoise } from '../train-choices';

/** Public: the number of training digits, from which the sampling rate follows. */
export const TRAINING_DIGITS = 60_000;

const EPSILON = { min: 0.05, max: 20 };
const SIGMA = { min: 0.3, max: 100 };

const within = (value: number, { min, max }: { min: number; max: number }) =>
  Math.min(max, Math.max(min, value));
/** Upwards: a little more noise than needed, never less. */
const roundUp = (value: number) => {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 3);
  return Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(4));
};
const roundDown = (value: number) => Number(value.toPrecision(3));

export const trainParameters = defineParameters(
  {
    epsilon: number({
      label: 'Privacy ε',
      key: 'eps',
      help: 'How much more likely any outcome may become because one person took part: at most a factor of e to the ε. Small is private; large is useful. Move it, and the noise follows.',
      ...EPSILON,
      step: 0.01,
      scale: 'log',
      default: 2,
    }),
    noiseMultiplier: number({
      label: 'Noise multiplier σ',
      key: 'sigma',
      help: 'Standard deviation of the noise on the sum of gradients, divided by the clip. The other end of ε: move it, and ε follows.',
      ...SIGMA,
      step: 0.01,
      scale: 'log',
      default: 1.369,
      // It follows from ε and the rest, so a link needs to say only those.
      destinations: { link: false },
    }),
    delta: number({
      label: 'Failure probability δ',
      key: 'delta',
      help: 'The small probability with which the promise may fail. Keep it well below one in the number of people: here 1/60,000, about 1.7e-5.',
      min: 1e-8,
      max: 1e-3,
      step: 0.01,
      scale: 'log',
      default: 1e-5,
    }),
    maxGradNorm: number({
      label: 'Clip C',
      key: 'clip',
      help: 'The longest gradient one example may contribute. Longer ones are shortened; the noise is σ times this length.',
      min: 0.01,
      max: 10,
      step: 0.01,
      scale: 'log',
      default: 1,
    }),
    expectedBatchSize: number({
      label: 'Expected lot size',
      key: 'lot',
      help: 'How many of the 60,000 digits join a step on average. Each joins by itself with the same probability, so the true number varies and stays secret.',
      min: 64,
      max: 8192,
      step: 1,
      scale: 'log',
      integer: true,
      unit: 'digits',
      default: 2048,
    }),
    steps: number({
      label: 'Steps',
      key: 'steps',
      help: 'How often the weights move. Every step spends some privacy, so more steps need more noise in each for the same ε.',
      min: 10,
      max: 1000,
      step: 1,
      scale: 'log',
      integer: true,
      default: 200,
    }),
    noiseSource: choice({
      label: 'Noise',
      key: 'noise',
      help: 'Cryptographic noise protects and is never the same twice. Seeded noise makes a run repeatable, and therefore protects nobody.',
      options: [
        { value: 'cryptographic', label: 'Cryptographic (private)' },
        { value: 'seeded', label: 'Seeded (reproducible, not private)' },
      ],
      default: 'cryptographic',
    }),
    seed: number({
      label: 'Seed',
      key: 'seed',
      help: 'Fixes the sampling and the noise of a seeded run. Without effect on a cryptographic one.',
      min: 0,
      max: 999_999,
      step: 1,
      scale: 'linear',
      integer: true,
      default: 1,
    }),
    trainFeatures: choice({
      label: 'Features',
      key: 'features',
      help: 'What the model sees of a digit. Each digit’s features are computed from that digit alone, by a fixed rule, so they cost no privacy.',
      options: [
        { value: 'gradients', label: 'Oriented gradients (392)' },
        { value: 'gabor', label: 'Wide Gabor features (833), slower' },
        { value: 'pixels', label: 'Raw pixels (784)' },
      ],
      default: 'gradients',
    }),
    trainModel: choice({
      label: 'Model',
      key: 'net',
      help: 'Softmax regression has one layer, the perceptron two, the convolutional network four. More weights mean more directions that the noise shakes.',
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
  },
  {
    reconcile(values, changed) {
      // The convolutional network looks at pixels, and at nothing else.
      const also: Partial<typeof values> =
        values.trainModel !== 'cnn' || values.trainFeatures === 'pixels'
          ? {}
          : changed === 'trainFeatures'
            ? { trainModel: 'softmax' }
            : { trainFeatures: 'pixels' };
      const { delta, steps, noiseMultiplier, expectedBatchSize } = values;
      const rule = { clipping: values.clippingRule };
      const sampleRate = expectedBatchSize / TRAINING_DIGITS;
      const epsilonOf = (sigma: number) =>
        rdpEpsilon({
          sampleRate,
          noiseMultiplier: chargedNoise(rule, sigma, expectedBatchSize),
          steps,
          delta,
        }).epsilon;
      if (changed === 'noiseMultiplier')
        return { ...also, epsilon: within(Number(epsilonOf(noiseMultiplier).toPrecision(4)), EPSILON) };
      if (!['epsilon', 'delta', 'steps', 'expectedBatchSize', 'clippingRule'].includes(changed)) return also;
      const exact = calibrateNoiseMultiplier({ targetEpsilon: values.epsilon, delta, sampleRate, steps });
      const wanted = gradientNoise(rule, exact.noiseMultiplier, expectedBatchSize);
      const sigma = within(roundUp(wanted), SIGMA);
      // At the end of σ's range the ε asked for cannot be had: the slider shows the one that can.
      return sigma < wanted || sigma === SIGMA.min
        ? { ...also, noiseMultiplier: sigma, epsilon: within(roundDown(epsilonOf(sigma)), EPSILON) }
        : { ...also, noiseMultiplier: sigma };
    },
  },
);
