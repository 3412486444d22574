/**
 * Grades `step(weights, gradients, options)`: one step of DP-SGD (Abadi et al. 2016, Algorithm 1) on a lot that was drawn by Poisson
 * sampling: w − learningRate (Σ clipped + N(0, (noiseMultiplier · maxGradNorm)²)) / expectedBatchSize.
 */
import { normalCdf } from '@/lib/privacy/numerics/normal';
import type { RandomSource } from '@/lib/random';
import { ask, byInput, callOf, mixed, numbers } from '../answers';
import { between, keptNoise, percent, sameNoiseAgain, told } from '../draws';
import type { Fault, Trial } from '../grade';
import type { Args, Program } from '../program';
import { offRate, offShape, offSpread } from '../statistics';
import { clippedSum, gradientOf, lengthOf } from './clip-per-example';

const NAME = 'step';
const SIZE = 6;
const CALLS = 1500;
const ROUNDING = 1e-5;

interface Options {
  learningRate: number;
  maxGradNorm: number;
  noiseMultiplier: number;
  expectedBatchSize: number;
}
type Setting = [weights: number[], gradients: number[][], options: Options];

/** @param lengths of the gradients of the lot, over the bound */
function setting(lengths: readonly number[], noiseMultiplier: number, random: RandomSource): Setting {
  const maxGradNorm = between(0.3, 4, random);
  // Never the size of the lot: whoever divides by that is to be seen.
  const expectedBatchSize = lengths.length + 3 + random.integer(8);
  return [
    Array.from({ length: SIZE }, () => between(-2, 2, random)),
    lengths.map((length) => gradientOf(length * maxGradNorm, SIZE, random)),
    { learningRate: between(0.05, 1, random), maxGradNorm, noiseMultiplier, expectedBatchSize },
  ];
}

/** The step without noise. */
function plainStep([weights, gradients, options]: Setting): number[] {
  const sum = clippedSum(gradients, options.maxGradNorm, weights.length);
  return weights.map((w, i) => w - (options.learningRate * sum[i]!) / options.expectedBatchSize);
}

/** Standard deviation of the noise in each weight. */
const deviationOf = ({ learningRate, maxGradNorm, noiseMultiplier, expectedBatchSize }: Options) =>
  (learningRate * noiseMultiplier * maxGradNorm) / expectedBatchSize;

/** Without noise each step can be compared weight by weight. */
const exact = (
  id: string,
  words: string,
  wrong: string,
  make: (random: RandomSource) => Setting[],
): Trial => ({
  id,
  words,
  async run(program, random) {
    const all = make(random);
    const found = await ask(program, NAME, numbers(SIZE), all as Args[]);
    for (const [at, one] of all.entries()) {
      const [weights, , { learningRate, maxGradNorm }] = one;
      const right = plainStep(one);
      const off = lengthOf(right.map((w, i) => w - found[at]![i]!));
      if (off <= ROUNDING * (learningRate * maxGradNorm + lengthOf(weights))) continue;
      return {
        words: wrong,
        input: callOf(NAME, one as Args),
        found: `weights ${told(off)} away from the right ones; the right step has length ${told(lengthOf(right.map((w, i) => w - weights[i]!)))}`,
      };
    }
    return null;
  },
});

export function dpSgdStep(): Trial[] {
  let all: Setting[] = [];
  /** Of each setting: a list of noise, in standard deviations, for each call. */
  let noise: number[][][] = [];
  /** Of the first weight, in the order of the calls. */
  let inOrder: number[] = [];

  async function draw(program: Program, random: RandomSource): Promise<void> {
    all = [
      setting([0.3, 2, 5, 0.7], between(0.6, 1, random), random),
      // A lot may be empty: its noise is drawn all the same, or the step tells that nobody was in it.
      setting([], between(1, 2, random), random),
      setting([8, 8, 8], between(2, 4, random), random),
    ];
    const order = mixed(all.length, CALLS, random);
    const answers = await ask(program, NAME, numbers(SIZE), all as Args[], order);
    const standard = answers.map((weights, i) => {
      const one = all[order[i]!]!;
      const plain = plainStep(one);
      return weights.map((w, j) => (w - plain[j]!) / deviationOf(one[2]));
    });
    noise = byInput(all.length, order, standard);
    inOrder = standard.map(([first]) => first!);
  }

  function firstOf(test: (values: readonly number[][]) => Fault | null): Fault | null {
    for (const [at, one] of all.entries()) {
      const fault = test(noise[at]!);
      if (fault) return { input: callOf(NAME, one as Args), ...fault };
    }
    return null;
  }

  return [
    exact(
      'clip',
      'Without noise it is the step of clipped gradients, each clipped by itself.',
      'With a noise multiplier of 0 the step is not that of the clipped gradients, divided by the expected size of a lot.',
      (random) =>
        [[3], [0.2, 0.5], [0.1, 9, 2, 0.6], [5, 5, 5, 5, 5], [0, 2]].map((lengths) =>
          setting(lengths, 0, random),
        ),
    ),
    exact(
      'empty',
      'A lot that is empty is no error.',
      'A lot that nobody was drawn into must leave the weights as they are, but for the noise.',
      (random) => [setting([], 0, random)],
    ),
    {
      id: 'scale',
      words:
        'The noise has the standard deviation noiseMultiplier · maxGradNorm on the sum, whatever was drawn.',
      async run(program, random) {
        await draw(program, random);
        return firstOf((calls) => {
          const values = calls.flat();
          const square = values.reduce((sum, z) => sum + z * z, 0) / values.length;
          if (!offSpread(square, values.length / 2)) return null;
          return {
            words:
              square < 1
                ? 'There is too little noise: on the sum it must have the standard deviation noiseMultiplier · maxGradNorm.'
                : 'There is more noise than asked for, or the step lies off the right one.',
            found: `${told(Math.sqrt(square))} times the standard deviation that is right`,
          };
        });
      },
    },
    {
      id: 'shape',
      words: 'The noise is normal, around zero, in each weight.',
      async run() {
        return firstOf((calls) => {
          for (let i = 0; i < SIZE; i++) {
            const gap = offShape(
              calls.map((one) => one[i]!),
              normalCdf,
            );
            if (gap)
              return {
                words: `The noise of weight ${i} is not normal around zero.`,
                found: `${percent(gap.found)} of it is at most ${told(gap.at)} standard deviations, where ${percent(gap.expected)} is right`,
              };
          }
          const gap = offShape(calls.flat(), normalCdf);
          return gap === null
            ? null
            : {
                words: 'The noise is not normal around zero.',
                found: `${percent(gap.found)} of it is at most ${told(gap.at)} standard deviations, where ${percent(gap.expected)} is right`,
              };
        });
      },
    },
    {
      id: 'apart',
      words: 'Each weight has noise of its own.',
      async run() {
        return firstOf((calls) => {
          for (let i = 1; i < SIZE; i++) {
            const agree = calls.filter((one) => one[i - 1]! > 0 === one[i]! > 0).length;
            if (offRate(agree, calls.length, 0.5))
              return {
                words: `The noise of weights ${i - 1} and ${i} goes together: each needs a draw of its own, or their difference has no noise.`,
                found: `the same sign in ${percent(agree / calls.length)} of ${calls.length} steps, where half is expected`,
              };
          }
          return null;
        });
      },
    },
    {
      id: 'fresh',
      words: 'Noise is drawn anew for each step, and in each run of the program.',
      async run(program, random) {
        return (
          keptNoise(inOrder) ?? (await sameNoiseAgain(program, NAME, numbers(SIZE), all as Args[], random))
        );
      },
    },
  ];
}
