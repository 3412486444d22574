/**
 * Grades `choose(scores, sensitivity, epsilon)`: an index with probability in proportion to exp(ε score / (2 sensitivity))
 * (McSherry and Talwar 2007).
 */
import type { RandomSource } from '@/lib/random';
import { anIndex, ask, byInput, callOf, mixed } from '../answers';
import { between, sameNoiseAgain } from '../draws';
import type { Trial } from '../grade';
import { counts, offChoice, toldApart } from './choice';

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

function settings(random: RandomSource): Setting[] {
  return [
    setting(2, 1, between(0.5, 1.5, random), 0, random),
    setting(4, between(0.2, 0.6, random), between(0.4, 1, random), -between(1, 5, random), random),
    setting(6, between(3, 9, random), between(1, 2, random), between(10, 20, random), random),
  ];
}

function lawOf([scores, sensitivity, epsilon]: Setting): number[] {
  const top = Math.max(...scores);
  const weights = scores.map((score) => Math.exp((epsilon * (score - top)) / (2 * sensitivity)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

export const exponentialMechanism = (): Trial[] => [
  {
    id: 'law',
    words:
      'Each index is chosen as often as its score says, and depends on ε and the sensitivity as it should.',
    async run(program, random) {
      const all = settings(random);
      const order = mixed(all.length, DRAWS, random);
      // One reader for lists of different length: whether an index is one of its list is seen below.
      const longest = Math.max(...all.map(([scores]) => scores.length));
      const answers = byInput(all.length, order, await ask(program, NAME, anIndex(longest), all, order));
      for (const [at, one] of all.entries()) {
        const beyond = answers[at]!.find((index) => index >= one[0].length);
        if (beyond !== undefined)
          return {
            words: 'It chose an index that is not one of the list.',
            input: callOf(NAME, one),
            found: String(beyond),
          };
        const fault = offChoice(
          NAME,
          one,
          counts(answers[at]!, one[0].length),
          lawOf(one),
          'An index is not chosen with its probability, exp(ε score / (2 sensitivity)) over the sum of all.',
        );
        if (fault) return fault;
      }
      return null;
    },
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
    async run(program, random) {
      const all = [
        setting(3, 1, between(0.8, 1.2, random), between(8000, 9000, random), random),
        setting(3, 1, between(0.8, 1.2, random), -between(8000, 9000, random), random),
      ];
      const order = mixed(all.length, DRAWS / 2, random);
      const answers = byInput(all.length, order, await ask(program, NAME, anIndex(3), all, order));
      for (const [at, one] of all.entries()) {
        const fault = offChoice(
          NAME,
          one,
          counts(answers[at]!, 3),
          lawOf(one),
          'With scores in the thousands the choice goes wrong: exp overflows. Take the highest score from all first.',
        );
        if (fault) return fault;
      }
      return null;
    },
  },
  {
    id: 'fresh',
    words: 'The choice is random, and anew in each run of the program.',
    run: (program, random) =>
      sameNoiseAgain(program, NAME, anIndex(4), [setting(4, 1, 1, 0, random)], random),
  },
];
