/**
 * Grades `step(weights, gradients, options)`: one step of DP-SGD (Abadi et al. 2016, Algorithm 1) on a lot that was drawn by Poisson
 * sampling: w − learningRate (Σ clipped + N(0, (noiseMultiplier · maxGradNorm)²)) / expectedBatchSize.
 */
import { gaussianDelta } from '@/lib/privacy';
import { normalCdf } from '@/lib/privacy/numerics/normal';
import type { RandomSource } from '@/lib/random';
import { ask, byInput, callOf, mixed, numbers } from '../answers';
import {
  between,
  keptNoise,
  offTails,
  percent,
  repeatedNoise,
  type SizeLaw,
  sameNoiseAgain,
  told,
  wholeBetween,
} from '../draws';
import type { Fault, Trial } from '../grade';
import type { Args, Program } from '../program';
import { brokenDigits, brokenRatio, LEVEL, offRate, offShape, offSpread } from '../statistics';
import { clippedSum, gradientOf, lengthOf } from './clip-per-example';

const NAME = 'step';
const SIZE = 6;
const CALLS = 1500;
/** Settings of any size, with few draws each. */
const SETTINGS = 30;
const CALLS_OF_EACH = 40;
/** Of each of two neighbours. */
const NEIGHBOUR_CALLS = 2000;
/** So many steps without noise that a fault in one of fifty shows. */
const STEPS = 230;
const ROUNDING = 1e-5;

interface Options {
  learningRate: number;
  maxGradNorm: number;
  noiseMultiplier: number;
  expectedBatchSize: number;
}
type Setting = [weights: number[], gradients: number[][], options: Options];

/** @param lengths of the gradients of the lot, over the bound */
function setting(
  lengths: readonly number[],
  noiseMultiplier: number,
  random: RandomSource,
  size = SIZE,
): Setting {
  const maxGradNorm = between(0.3, 4, random);
  // Never the size of the lot: whoever divides by that is to be seen.
  const expectedBatchSize = lengths.length + 3 + random.integer(8);
  return [
    Array.from({ length: size }, () => between(-2, 2, random)),
    lengths.map((length) => gradientOf(length * maxGradNorm, size, random)),
    { learningRate: between(0.05, 1, random), maxGradNorm, noiseMultiplier, expectedBatchSize },
  ];
}

/** The same with two examples alike: both count. */
const twice = ([weights, gradients, options]: Setting): Setting => [
  weights,
  [...gradients, [...gradients[0]!]],
  options,
];

/** The step without noise. */
function plainStep([weights, gradients, options]: Setting): number[] {
  const sum = clippedSum(gradients, options.maxGradNorm, weights.length);
  return weights.map((w, i) => w - (options.learningRate * sum[i]!) / options.expectedBatchSize);
}

/** Standard deviation of the noise in each weight. */
const deviationOf = ({ learningRate, maxGradNorm, noiseMultiplier, expectedBatchSize }: Options) =>
  (learningRate * noiseMultiplier * maxGradNorm) / expectedBatchSize;

/** Gradients of a lot, some of them beyond the bound. */
const lot = (most: number, random: RandomSource) =>
  Array.from({ length: random.integer(most + 1) }, () => 10 ** between(-1, 1, random));

const SIZES: SizeLaw = {
  beyond: (size) => 2 * normalCdf(-size),
  within: (size) => 2 * normalCdf(size) - 1,
  far: [2.5, 3.01, 3.5],
};

const otherLength = (one: Setting, found: readonly number[]): Fault => ({
  words: 'The step must give back as many weights as it was given.',
  input: callOf(NAME, one as Args),
  found: `${found.length} numbers`,
});

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
    const found = await ask(program, NAME, numbers(null), all as Args[]);
    for (const [at, one] of all.entries()) {
      const [weights, , { learningRate, maxGradNorm }] = one;
      const right = plainStep(one);
      if (found[at]!.length !== weights.length) return otherLength(one, found[at]!);
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
      (random) => [
        ...[[3], [0.2, 0.5], [0.1, 9, 2, 0.6], [5, 5, 5, 5, 5], [0, 2]].map((lengths) =>
          setting(lengths, 0, random),
        ),
        ...Array.from({ length: STEPS }, () =>
          setting([1, ...lot(8, random)], 0, random, wholeBetween(1, 12, random)),
        ),
        ...Array.from({ length: 5 }, () => twice(setting([0.4, 3, ...lot(5, random)], 0, random))),
        setting([...lot(200, random), 3], 0, random, 40),
      ],
    ),
    exact(
      'empty',
      'A lot that is empty is no error.',
      'A lot that nobody was drawn into must leave the weights as they are, but for the noise.',
      (random) => [setting([], 0, random), setting([], 0, random, 1), setting([], 0, random, 20)],
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
        const fault = firstOf((calls) => {
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
          const values = calls.flat();
          const gap = offShape(values, normalCdf);
          return gap === null
            ? null
            : {
                words: 'The noise is not normal around zero.',
                found: `${percent(gap.found)} of it is at most ${told(gap.at)} standard deviations, where ${percent(gap.expected)} is right`,
              };
        });
        if (fault) return fault;
        const tails = offTails(noise.flat(2), SIZES);
        return tails && { input: callOf(NAME, all[0] as Args), ...tails };
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
      id: 'anywhere',
      words: 'So it is for models, lots and noise of any size.',
      async run(program, random) {
        const any = Array.from({ length: SETTINGS }, () =>
          setting(lot(6, random), 10 ** between(-1, 1.3, random), random, wholeBetween(1, 12, random)),
        );
        const order = mixed(any.length, CALLS_OF_EACH, random);
        const answers = byInput(
          any.length,
          order,
          await ask(program, NAME, numbers(null), any as Args[], order),
        );
        for (const [at, one] of any.entries()) {
          const plain = plainStep(one);
          const strange = answers[at]!.find((weights) => weights.length !== plain.length);
          if (strange) return otherLength(one, strange);
          const values = answers[at]!.flatMap((weights) =>
            weights.map((w, i) => (w - plain[i]!) / deviationOf(one[2])),
          );
          const square = values.reduce((sum, z) => sum + z * z, 0) / values.length;
          if (!offSpread(square, values.length / 2, LEVEL / SETTINGS)) continue;
          return {
            words:
              'For this input the noise is not as large as asked for, or the step lies off the right one.',
            input: callOf(NAME, one as Args),
            found: `${told(Math.sqrt(square))} times the standard deviation that is right`,
          };
        }
        return null;
      },
    },
    {
      id: 'neighbours',
      words:
        'With one example more or less, no event that was looked for breaks (ε, δ), not even in low digits.',
      async run(program, random) {
        const withHer = setting([0.4, 2, 1], between(1.5, 2.5, random), random);
        const [weights, gradients, options] = withHer;
        const hers = gradients.at(-1)!;
        const without: Setting = [weights, gradients.slice(0, -1), options];
        const order = mixed(2, NEIGHBOUR_CALLS, random);
        const pair = [withHer, without];
        const steps = byInput(2, order, await ask(program, NAME, numbers(SIZE), pair as Args[], order));
        const delta = gaussianDelta({ noiseMultiplier: options.noiseMultiplier, epsilon: 1 });
        // Along her gradient, where her share stands; then each weight's digits.
        const along = steps.map((some) => some.map((w) => w.reduce((sum, x, i) => sum + x * hers[i]!, 0)));
        let broken = brokenRatio(along[0]!, along[1]!, 1, delta);
        for (let i = 0; i < 2; i++)
          broken ??= brokenDigits(
            steps[0]!.map((w) => w[i]!),
            steps[1]!.map((w) => w[i]!),
            1,
            delta,
          );
        return broken === null
          ? null
          : {
              words: `Whether one example was in the lot can be told from the weights: ${broken.event} breaks ε = 1, δ = ${told(delta)}.`,
              input: `${callOf(NAME, withHer as Args)}, and without its last gradient`,
              found: `${percent(broken.often)} of the steps for one, ${percent(broken.seldom)} for the other`,
            };
      },
    },
    {
      id: 'fresh',
      words: 'Noise is drawn anew for each step, and in each run of the program.',
      async run(program, random) {
        return (
          // Over all weights: a store of draws need not come back to the same one. Rounding makes no two of them alike.
          repeatedNoise(noise.flat(2).map((z) => Math.round(z * 1e7))) ??
          keptNoise(inOrder) ??
          (await sameNoiseAgain(program, NAME, numbers(SIZE), all as Args[], random))
        );
      },
    },
  ];
}
