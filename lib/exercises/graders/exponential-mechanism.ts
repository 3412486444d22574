/**
 * Grades `choose(scores, sensitivity, epsilon)`: an index with probability in proportion to exp(ε score / (2 sensitivity))
 * (McSherry and Talwar 2007).
 */
import type { RandomSource } from '@/lib/random';
import { between, wholeBetween } from '../draws';
import type { Fault, Trial } from '../grade';
import type { Program } from '../program';
import { type Asked, countsOf, fairAndFresh, offChoice, toldApart } from './choice';

const NAME = 'choose';
const DRAWS = 8000;

type Setting = [scores: number[], sensitivity: number, epsilon: number];

/** Shares of all that is near one another: everything that is chosen, is chosen often enough to be counted. */
function setting(
  length: number,
  sensitivity: number,
  epsilon: number,
  base: number,
  random: RandomSource,
): Setting {
  const unit = (2 * sensitivity) / epsilon;
  const steps = Array.from({ length }, (_, i) => 1.6 * (i / (length - 1)) + 0.2 * random.uniform());
  return [random.shuffle(steps).map((step) => base + unit * step), sensitivity, epsilon];
}

/** Of many that are nearly alike none comes often: whoever takes the best now and then is seen. */
function nearlyAlike(length: number, random: RandomSource): Setting {
  return [Array.from({ length }, () => 10 + 0.05 * random.uniform()), 1, between(0.5, 1, random)];
}

/** Many, each far behind the best and seldom chosen, but together chosen often: whoever leaves out what hardly counts is seen. */
function farBehind(random: RandomSource): Setting {
  const epsilon = between(0.5, 2, random);
  const behind = Array.from({ length: 250 }, () => (-2 * between(6.4, 6.8, random)) / epsilon);
  return [random.shuffle([0, ...behind]), 1, epsilon];
}

/** Two whose distance tells this law best from that of Laplace noise on the scores: 0.97 against 0.956. */
function farApart(random: RandomSource): Setting {
  const epsilon = between(1, 2, random);
  return [[0, (2 * 3.5) / epsilon], 1, epsilon];
}

/** Some that are alike: each must be chosen as often as the other. */
function withTies(random: RandomSource): Setting {
  const [low, high] = [between(-1, 0, random), between(0.5, 1, random)];
  return [random.shuffle([low, low, high, high, high]), 1, between(1, 2, random)];
}

/** Few draws each: of lists, sensitivities and ε of any size. */
function ofAnySize(at: number, random: RandomSource): Setting {
  const epsilon = at % 2 === 0 ? wholeBetween(1, 10, random) : 10 ** between(-2, 1, random);
  return setting(wholeBetween(2, 6, random), 10 ** between(-2, 3, random), epsilon, 0, random);
}

function lawOf([scores, sensitivity, epsilon]: Setting): number[] {
  const top = Math.max(...scores);
  const weights = scores.map((score) => Math.exp((epsilon * (score - top)) / (2 * sensitivity)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** @param words of what is wrong where the shares are off */
async function offLaw(
  program: Program,
  asked: readonly Asked<Setting>[],
  words: string,
  random: RandomSource,
): Promise<Fault | null> {
  const counted = await countsOf(program, NAME, asked, random);
  if ('fault' in counted) return counted.fault;
  for (const [at, one] of asked.entries()) {
    const fault = offChoice(NAME, one.setting, counted.found[at]!, lawOf(one.setting), words);
    if (fault) return fault;
  }
  return null;
}

const OFF_LAW =
  'An index is not chosen with its probability, exp(ε score / (2 sensitivity)) over the sum of all.';

export const exponentialMechanism = (): Trial[] => [
  {
    id: 'law',
    words:
      'Each index is chosen as often as its score says, and depends on ε and the sensitivity as it should.',
    run: (program, random) =>
      offLaw(
        program,
        [
          { setting: setting(2, 1, between(0.5, 1.5, random), 0, random), calls: DRAWS },
          { setting: farApart(random), calls: 2.5 * DRAWS },
          {
            setting: setting(
              4,
              between(0.2, 0.6, random),
              between(0.4, 1, random),
              -between(1, 5, random),
              random,
            ),
            calls: DRAWS,
          },
          {
            setting: setting(
              6,
              between(3, 9, random),
              between(1, 2, random),
              between(10, 20, random),
              random,
            ),
            calls: DRAWS,
          },
        ],
        OFF_LAW,
        random,
      ),
  },
  {
    id: 'lists',
    words: 'So it is for long lists and short ones, with scores that are alike, and for any ε.',
    run: (program, random) =>
      offLaw(
        program,
        [
          { setting: nearlyAlike(40, random), calls: 1.5 * DRAWS },
          { setting: nearlyAlike(150, random), calls: 3000 },
          { setting: farBehind(random), calls: 1000 },
          { setting: withTies(random), calls: DRAWS },
          { setting: [[between(-5, 5, random)], 1, 1], calls: 20 },
          ...Array.from({ length: 12 }, (_, at) => ({ setting: ofAnySize(at, random), calls: 500 })),
        ],
        OFF_LAW,
        random,
      ),
  },
  {
    id: 'neighbours',
    words: 'One person’s influence on the scores changes no choice by more than e^ε.',
    async run(program, random) {
      // The worst that one person can do: one score up, the other down.
      const [sensitivity, epsilon] = [between(0.5, 2, random), between(0.8, 1.5, random)];
      const here: Setting = [[0, 4 * sensitivity], sensitivity, epsilon];
      const there: Setting = [[sensitivity, 3 * sensitivity], sensitivity, epsilon];
      return toldApart(program, NAME, { here, there, epsilon, chosen: 'choice' }, 3 * DRAWS, random);
    },
  },
  {
    id: 'large',
    words: 'It holds for scores of any size, where exp alone would be infinite or zero.',
    run: (program, random) =>
      offLaw(
        program,
        [1, -1].map((sign) => ({
          setting: setting(3, 1, between(0.8, 1.2, random), sign * between(8000, 9000, random), random),
          calls: DRAWS / 2,
        })),
        'With scores in the thousands the choice goes wrong: exp overflows. Take the highest score from all first.',
        random,
      ),
  },
  {
    id: 'fresh',
    words: 'The choice is random, and anew for each call and in each run of the program.',
    run: (program, random) => fairAndFresh(program, NAME, [[3, 3], 1, 1], random),
  },
];
