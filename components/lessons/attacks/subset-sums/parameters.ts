/** How many questions are answered about secret bits, and how exactly. The noise and ε of all answers are two ends of one thing. */
import { defineParameters, number, seedNumber, type ValuesOf } from '@/lib/notebook';
import { roundUp } from '@/lib/notebook/two-ends';
import { roundNoiseUp } from '@/lib/privacy';
import { subsetSumsDeviation, subsetSumsEpsilon } from '@/lib/privacy/reconstruction/subset-sums';

const asItIs = (value: number) => String(value);

const declarations = {
  bitNoise: number({
    label: 'Noise on each answer',
    key: 'bnoise',
    unit: 'people',
    help: 'Standard deviation of the Laplace noise that is added to each count.',
    min: 1e-7,
    max: 1e9,
    slider: { min: 0.5, max: 30_000 },
    scale: 'log',
    format: asItIs,
    default: 3.5,
  }),
  bitEpsilon: number({
    label: 'ε of all answers',
    key: 'bbeps',
    help: 'What all answers together may tell of one person’s bit. The other end of the noise: move it, and the noise follows.',
    min: 0,
    max: 1e12,
    slider: { min: 0.1, max: 5000 },
    scale: 'log',
    format: asItIs,
    default: roundUp(subsetSumsEpsilon(1600, 3.5)),
  }),
  questions: number({
    label: 'Questions answered',
    key: 'asked',
    help: 'Each asks how many of a random half of the people have a 1. More answers give more away, at the same noise.',
    min: 50,
    max: 4000,
    scale: 'log',
    integer: true,
    default: 1600,
  }),
  bitSeed: seedNumber({
    label: 'Seed of bits and noise',
    key: 'bits',
    help: 'Another number, other bits, other questions and other noise.',
  }),
};
type Values = ValuesOf<typeof declarations>;

export const subsetSumsParameters = defineParameters(declarations, {
  hero: 'bitNoise',
  reconcile({ bitNoise, bitEpsilon, questions }: Values, changed) {
    const epsilonOf = (noise: number) => roundUp(subsetSumsEpsilon(questions, noise));
    if (changed !== 'bitEpsilon') return { bitEpsilon: epsilonOf(bitNoise) };
    const { min, max } = declarations.bitNoise;
    const wanted = roundNoiseUp(subsetSumsDeviation(questions, bitEpsilon));
    const noise = Math.min(max, Math.max(min, wanted));
    return noise === wanted ? { bitNoise: noise } : { bitNoise: noise, bitEpsilon: epsilonOf(noise) };
  },
  // The noise is what an answer really has.
  inLink: () => ({ without: 'bitEpsilon' }),
});
