/** Grades `laplaceMechanism(value, sensitivity, epsilon)`: the value with Laplace noise of scale sensitivity / ε (Dwork et al. 2006). */
import type { RandomSource } from '@/lib/random';
import { aNumber, ask, byInput, callOf, mixed } from '../answers';
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
import type { Program } from '../program';
import { brokenDigits, brokenRatio, LEVEL, offRate, offShape, offSpread } from '../statistics';

const NAME = 'laplaceMechanism';
const DRAWS = 10_000;
/** Settings of any size, with few draws each: a fault in some of them is no small one. */
const SETTINGS = 36;
const DRAWS_OF_EACH = 200;

interface Round {
  value: number;
  sensitivity: number;
  epsilon: number;
}

const argsOf = ({ value, sensitivity, epsilon }: Round) => [value, sensitivity, epsilon];

/** Below, around and far above zero; noise smaller and larger than one. */
function rounds(random: RandomSource): Round[] {
  return [
    {
      // Far from whole, and with noise small enough that rounding it first would show.
      value: -wholeBetween(1, 50, random) - between(0.3, 0.7, random),
      sensitivity: between(0.5, 1, random),
      epsilon: between(0.8, 1, random),
    },
    { value: 0, sensitivity: 1, epsilon: between(1.2, 2.5, random) },
    {
      value: between(1000, 9000, random),
      sensitivity: between(5, 20, random),
      epsilon: between(0.1, 0.4, random),
    },
  ];
}

const neighbour = (round: Round): Round => ({ ...round, value: round.value + round.sensitivity });

interface Drawn {
  round: Round;
  /** Answers to its value, and to its neighbour's. */
  here: number[];
  there: number[];
  /** Answers minus exact values, of both. */
  noise: number[];
}

/** The first of the rounds in which something is wrong. */
function firstOf(drawn: readonly Drawn[], test: (one: Drawn) => Fault | null): Fault | null {
  for (const one of drawn) {
    const fault = test(one);
    if (fault) return { input: callOf(NAME, argsOf(one.round)), ...fault };
  }
  return null;
}

/** One of each size of value, sensitivity and ε, below zero and above; noise is never lost in the digits of the value. */
function settingsOfAnySize(random: RandomSource): Round[] {
  return Array.from({ length: SETTINGS }, (_, at) => {
    const sensitivity = 10 ** between(-3, 4, random);
    const epsilon = at % 3 === 0 ? wholeBetween(1, 10, random) : 10 ** between(-2, 1, random);
    const size = (sensitivity / epsilon) * 10 ** between(-2, 3, random);
    const value = [size, -size, Math.ceil(size), -Math.ceil(size)][at % 4]!;
    return { value, sensitivity: at % 5 === 0 ? 1 : sensitivity, epsilon };
  });
}

const SIZES: SizeLaw = {
  beyond: (size) => Math.exp(-size),
  within: (size) => -Math.expm1(-size),
  far: [3, 4, 5, 6, 7, 8],
};

const laplaceCdf = (x: number) => (x < 0 ? Math.exp(x) / 2 : 1 - Math.exp(-x) / 2);

export function laplaceMechanism(): Trial[] {
  let drawn: Drawn[] = [];
  let inOrder: number[] = [];

  async function draw(program: Program, random: RandomSource): Promise<void> {
    const all = rounds(random);
    const inputs = all.flatMap((round) => [round, neighbour(round)]);
    const order = mixed(inputs.length, DRAWS, random);
    const answers = await ask(program, NAME, aNumber, inputs.map(argsOf), order);
    const found = byInput(inputs.length, order, answers);
    inOrder = answers.map((answer, i) => answer - inputs[order[i]!]!.value);
    drawn = all.map((round, i) => {
      const [here, there] = [found[2 * i]!, found[2 * i + 1]!];
      const noise = [
        ...here.map((x) => x - round.value),
        ...there.map((x) => x - round.value - round.sensitivity),
      ];
      return { round, here, there, noise };
    });
  }

  return [
    {
      id: 'centre',
      words: 'The noise pulls no way: half of the answers lie above the exact value.',
      async run(program, random) {
        await draw(program, random);
        return firstOf(drawn, ({ noise }) => {
          const above = noise.filter((x) => x > 0).length;
          if (!offRate(above, noise.length, 0.5)) return null;
          return {
            words: 'The answers are biased: noise around zero lies above the exact value half of the time.',
            found: `${percent(above / noise.length)} of ${noise.length} answers lie above the exact value`,
          };
        });
      },
    },
    {
      id: 'scale',
      words: 'The noise has the scale sensitivity / ε.',
      async run() {
        return firstOf(drawn, ({ noise, round }) => {
          const scale = round.sensitivity / round.epsilon;
          const mean = noise.reduce((sum, x) => sum + Math.abs(x), 0) / noise.length;
          if (!offSpread(mean / scale, noise.length)) return null;
          return {
            words:
              mean < scale
                ? 'There is too little noise: its scale must be sensitivity / ε, or the promise is broken.'
                : 'There is more noise than ε asks for: its scale must be sensitivity / ε.',
            found: `noise of ${told(mean)} on average without its sign, where ${told(scale)} is expected`,
          };
        });
      },
    },
    {
      id: 'shape',
      words: 'The noise has the shape of Laplace.',
      async run() {
        return firstOf(drawn, ({ noise, round }) => {
          const scale = round.sensitivity / round.epsilon;
          const gap = offShape(noise, (x) => laplaceCdf(x / scale));
          return gap === null
            ? null
            : {
                words: 'The noise is not Laplace noise of this scale.',
                found: `${percent(gap.found)} of the noise is at most ${told(gap.at)}; of Laplace it would be ${percent(gap.expected)}`,
              };
        });
      },
    },
    {
      id: 'neighbours',
      words: 'No event that was looked for tells two neighbours apart by more than e^ε.',
      async run() {
        return firstOf(drawn, ({ here, there, round }) => {
          const broken = brokenRatio(here, there, round.epsilon);
          return broken === null
            ? null
            : {
                words: `Two values one sensitivity apart can be told apart: ${broken.event} comes more than e^ε = ${told(Math.exp(round.epsilon))} times as often for one as for the other.`,
                found: `${percent(broken.often)} of the answers for one value, ${percent(broken.seldom)} for the other`,
              };
        });
      },
    },
    {
      id: 'leak',
      words: 'The exact value never comes out, not even in the low digits; no noise is too large to come.',
      async run() {
        const tails = offTails(
          drawn.flatMap(({ noise, round }) => noise.map((x) => (x * round.epsilon) / round.sensitivity)),
          SIZES,
        );
        if (tails) return { input: callOf(NAME, argsOf(drawn[0]!.round)), ...tails };
        return firstOf(drawn, ({ here, there, round }) => {
          const broken = brokenDigits(here, there, round.epsilon);
          return broken === null
            ? null
            : {
                words: `Two values one sensitivity apart can be told apart by low digits: ${broken.event}.`,
                found: `${percent(broken.often)} of the answers for one value, ${percent(broken.seldom)} for the other`,
              };
        });
      },
    },
    {
      id: 'anywhere',
      words: 'All that holds for values of either sign and any size, for large and for small ε.',
      async run(program, random) {
        const all = settingsOfAnySize(random);
        const order = mixed(all.length, DRAWS_OF_EACH, random);
        const answers = byInput(all.length, order, await ask(program, NAME, aNumber, all.map(argsOf), order));
        const together: number[] = [];
        for (const [at, round] of all.entries()) {
          const { value, sensitivity, epsilon } = round;
          const noise = answers[at]!.map((x) => ((x - value) * epsilon) / sensitivity);
          const mean = noise.reduce((sum, x) => sum + Math.abs(x), 0) / noise.length;
          const above = noise.filter((x) => x > 0).length;
          if (
            offSpread(mean, noise.length, LEVEL / SETTINGS) ||
            offRate(above, noise.length, 0.5, LEVEL / SETTINGS)
          )
            return {
              words: 'For this input the noise is not Laplace noise of scale sensitivity / ε.',
              input: callOf(NAME, argsOf(round)),
              found: `noise of ${told((mean * sensitivity) / epsilon)} on average without its sign, where ${told(sensitivity / epsilon)} is expected; ${percent(above / noise.length)} of it above zero`,
            };
          together.push(...noise);
        }
        const gap = offShape(together, laplaceCdf);
        return gap === null
          ? null
          : {
              words: 'Over inputs of any size the noise is not Laplace noise of scale sensitivity / ε.',
              input: `${SETTINGS} inputs, among them ${callOf(NAME, argsOf(all[0]!))}`,
              found: `${percent(gap.found)} of the noise is at most ${told(gap.at)} times its scale; of Laplace it would be ${percent(gap.expected)}`,
            };
      },
    },
    {
      id: 'fresh',
      words: 'Noise is drawn anew for each call, and in each run of the program.',
      async run(program, random) {
        const inputs = drawn.map(({ round }) => argsOf(round));
        return (
          firstOf(drawn, ({ here }) => repeatedNoise(here)) ??
          keptNoise(inOrder) ??
          (await sameNoiseAgain(program, NAME, aNumber, inputs, random))
        );
      },
    },
  ];
}
