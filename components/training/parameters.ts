/** What every private training lets a learner set: each slider declared once, with the same words in every lesson. */
import { choice, type NumberParameter, number, seedNumber } from '@/lib/notebook';

/** What a lesson says itself: whom its ε protects, and how far its sliders go. */
type Own = Pick<NumberParameter, 'help' | 'min' | 'max' | 'default'> & { label?: string };
/** Of a slider that goes as far in every lesson. */
type Words = Pick<NumberParameter, 'key' | 'help' | 'unit'>;

/** No run that the sliders can be set to has more. */
const LARGEST_EPSILON = 10_000;

/** As it is: rounded for show, either end might stand for another guarantee. */
const asItIs = (value: number) => String(value);

/** ε, from where to where its slider goes. What a σ really gives may lie beyond, and is said. */
export const privacyEpsilon = ({ min, max, ...own }: Own) =>
  number({
    label: 'Privacy ε',
    key: 'eps',
    step: 0.01,
    scale: 'log',
    format: asItIs,
    ...{ min: 0, max: LARGEST_EPSILON, slider: { min, max } },
    ...own,
  });

/** σ, the other end of ε. @param summed what is summed before the noise is added, in words */
export const noiseMultiplier = (summed: string, range: Omit<Own, 'help'>) =>
  number({
    label: 'Noise multiplier σ',
    key: 'sigma',
    help: `Standard deviation of the noise on the sum of ${summed}, divided by the clip. The other end of ε: move it, and ε follows.`,
    scale: 'log',
    format: asItIs,
    ...range,
  });

/** δ */
export const failureProbability = (words: Words) =>
  number({ label: 'Slack δ', min: 1e-8, max: 1e-3, scale: 'log', default: 1e-5, ...words });

/** Of the 60,000 digits of MNIST. */
export const lotSize = (words: Words) =>
  number({
    label: 'Expected lot size',
    min: 64,
    max: 8192,
    scale: 'log',
    integer: true,
    default: 2048,
    ...words,
  });

export const clip = (own: Own) => number({ label: 'Clip C', key: 'clip', step: 0.01, scale: 'log', ...own });

/** Of gradient descent. */
export const trainingSteps = (max: number) =>
  number({
    label: 'Steps',
    key: 'steps',
    help: 'How often the weights move. Every step spends some privacy, so more steps need more noise in each for the same ε.',
    min: 10,
    max,
    scale: 'log',
    integer: true,
    default: 200,
  });

export const noiseSource = choice({
  label: 'Noise',
  key: 'noise',
  help: 'Cryptographic noise protects and is never the same twice. Seeded noise makes a run repeatable, and therefore protects nobody.',
  options: [
    { value: 'cryptographic', label: 'Cryptographic (private)' },
    { value: 'seeded', label: 'Seeded (reproducible, not private)' },
  ],
  default: 'cryptographic',
});

export const seed = seedNumber({
  label: 'Seed',
  key: 'seed',
  help: 'Fixes the sampling and the noise of a seeded run. Without effect on a cryptographic one.',
});
