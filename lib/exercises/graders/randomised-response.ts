/**
 * Grades `respond(truth, epsilon)`, which tells the truth with probability e^ε / (1 + e^ε) (Warner 1965), and
 * `estimate(answers, epsilon)`, which takes the lies out of the share of yes again.
 */
import type { RandomSource } from '@/lib/random';
import { aNumber, ask, byInput, callOf, mixed, yesOrNo } from '../answers';
import { between, keptNoise, percent, sameNoiseAgain, told, wholeBetween } from '../draws';
import type { Fault, Trial } from '../grade';
import { LEVEL, offRate } from '../statistics';

const DRAWS = 15_000;
/** Values of ε, small and large, with few draws each; where lies are seldom, enough that some are expected. */
const SETTINGS = 10;
const DRAWS_OF_EACH = 400;
const LIES_EXPECTED = 40;
/** So many that a truth without a coin, once in fifty times, shows. */
const COINS = 200_000;
/** Room for single precision: whoever rounds to digits that are read is far off. */
const ROUNDING = 1e-5;

const truthRate = (epsilon: number) => 1 / (1 + Math.exp(-epsilon));

interface Crowd {
  answers: boolean[];
  epsilon: number;
}

function crowd(yes: number, people: number, epsilon: number, random: RandomSource): Crowd {
  return { answers: random.shuffle(Array.from({ length: people }, (_, i) => i < yes)), epsilon };
}

/** Of mixed size; some say nothing but yes or no, where an estimate leaves 0 to 1, as it must to be right on average. */
function crowds(random: RandomSource): Crowd[] {
  const some = Array.from({ length: 8 }, () => {
    const people = wholeBetween(3, 60, random);
    return crowd(wholeBetween(0, people, random), people, between(0.2, 3, random), random);
  });
  return [
    ...some,
    crowd(0, 7, between(0.5, 2, random), random),
    crowd(9, 9, between(0.5, 2, random), random),
    crowd(1, 1, between(0.5, 2, random), random),
    crowd(0, 1, between(0.5, 2, random), random),
    crowd(wholeBetween(100, 1900, random), 2000, between(0.1, 0.3, random), random),
    crowd(wholeBetween(10, 90, random), 100, between(3, 6, random), random),
  ];
}

const bothTruths = (epsilon: number): [boolean, number][] => [
  [true, epsilon],
  [false, epsilon],
];

/** The first input at which the truth is told too often or too seldom. @param answers to each input */
function offTruth(
  inputs: readonly (readonly [boolean, number])[],
  answers: readonly (readonly boolean[])[],
  level: number,
): Fault | null {
  for (const [at, [truth, epsilon]] of inputs.entries()) {
    const said = answers[at]!;
    const honest = said.filter((answer) => answer === truth).length;
    const expected = truthRate(epsilon);
    if (!offRate(honest, said.length, expected, level)) continue;
    return {
      words:
        honest / said.length > expected
          ? 'It tells the truth too often: the odds of truth against lie must not exceed e^ε.'
          : 'It lies more than it must: the odds of truth against lie may be as large as e^ε.',
      input: callOf('respond', [truth, epsilon]),
      found: `the truth in ${percent(honest / said.length)} of ${said.length} answers, where ${percent(expected)} is right`,
    };
  }
  return null;
}

export function randomisedResponse(): Trial[] {
  let inputs: [boolean, number][] = [];
  /** Whether the program says true and false, or 1 and 0. */
  let inNumbers = false;

  return [
    {
      id: 'truth',
      words: 'It tells the truth as often as ε allows, and no more often: yes and no alike.',
      async run(program, random) {
        // The first alone would be passed by a coin that ignores ε.
        inputs = [between(0.3, 0.8, random), between(1.3, 1.8, random), between(2, 3, random)].flatMap(
          bothTruths,
        );
        const order = mixed(inputs.length, DRAWS, random);
        const answers = await ask(program, 'respond', yesOrNo, inputs, order);
        const [sample] = await program.call('respond', inputs.slice(0, 1));
        inNumbers = typeof sample === 'number';
        const fault = offTruth(inputs, byInput(inputs.length, order, answers), LEVEL);
        if (fault) return fault;

        const more = Array.from({ length: SETTINGS }, (_, i) =>
          i < 3 ? 1 + 2 * i : Math.exp(between(Math.log(0.02), Math.log(6), random)),
        ).flatMap(bothTruths);
        const shuffled = random.shuffle(
          more.flatMap(([, epsilon], at) =>
            new Array<number>(
              Math.max(DRAWS_OF_EACH, Math.ceil(LIES_EXPECTED / (1 - truthRate(epsilon)))),
            ).fill(at),
          ),
        );
        const found = await ask(program, 'respond', yesOrNo, more, shuffled);
        return offTruth(more, byInput(more.length, shuffled, found), LEVEL / more.length);
      },
    },
    {
      id: 'fresh',
      words: 'A coin is thrown for each answer, and in each run of the program anew.',
      async run(program, random) {
        // With hardly any ε truth and lie are as good as a coin: what one answer tells of the next is seen best there.
        const input: [boolean, number] = [random.bernoulli(0.5), 1e-3];
        const order = Array.from({ length: COINS }, () => 0);
        const coins = await ask(program, 'respond', yesOrNo, [input], order);
        return (
          offTruth([input], [coins], LEVEL) ??
          keptNoise(coins.map((answer) => (answer ? 1 : -1))) ??
          (await sameNoiseAgain(program, 'respond', yesOrNo, [input], random, 0.5))
        );
      },
    },
    {
      id: 'estimator',
      words: 'The estimate is right on average: the lies are taken out exactly.',
      async run(program, random) {
        const all = crowds(random);
        const args = all.map(({ answers, epsilon }) => [inNumbers ? answers.map(Number) : answers, epsilon]);
        const found = await ask(program, 'estimate', aNumber, args);
        for (const [at, { answers, epsilon }] of all.entries()) {
          const share = answers.filter(Boolean).length / answers.length;
          const p = truthRate(epsilon);
          const right = (share - (1 - p)) / (2 * p - 1);
          if (Math.abs(found[at]! - right) <= ROUNDING * (1 + Math.abs(right))) continue;
          const raw = Math.abs(found[at]! - share) < ROUNDING;
          const clamped = found[at] === Math.min(1, Math.max(0, right));
          return {
            words: raw
              ? 'The estimate is the raw share of yes: lies pull it towards a half.'
              : clamped
                ? 'The estimate is cut off at 0 or 1. It must be right on average, and cutting off pushes it inwards.'
                : 'The estimate is biased: on average it is not the share of people whose truth is yes.',
            input: callOf('estimate', args[at]!),
            found: `${told(found[at]!)}, where ${told(right)} is right on average (${answers.filter(Boolean).length} of ${answers.length} said yes)`,
          };
        }
        return null;
      },
    },
    {
      id: 'together',
      words: 'Together they find the share in a crowd.',
      async run(program, random) {
        const people = 20_000;
        const share = between(0.15, 0.4, random);
        const epsilon = between(0.8, 1.6, random);
        const order = Array.from({ length: people }, () => (random.bernoulli(share) ? 0 : 1));
        const yes = order.filter((at) => at === 0).length / people;
        const answers = await ask(
          program,
          'respond',
          yesOrNo,
          [
            [true, epsilon],
            [false, epsilon],
          ],
          order,
        );
        const [found] = await ask(program, 'estimate', aNumber, [
          [inNumbers ? answers.map(Number) : answers, epsilon],
        ]);
        const p = truthRate(epsilon);
        // Seven standard deviations of the sum of bounded, independent answers.
        const most = (7 * Math.sqrt((p * (1 - p)) / people)) / (2 * p - 1);
        return Math.abs(found! - yes) <= most
          ? null
          : {
              words: 'In a crowd of 20,000 the estimate misses the truth.',
              input: `ε = ${told(epsilon)}, ${percent(yes)} of the people with yes`,
              found: `an estimate of ${percent(found!)}, more than seven standard deviations away`,
            };
      },
    },
  ];
}
