/**
 * Grades `gaussianSigma(sensitivity, epsilon, delta)`: the least standard deviation that keeps (ε, δ), by the exact condition of Balle
 * and Wang (2018, Theorem 8).
 */
import { analyticGaussianSigma, gaussianDelta } from '@/lib/privacy';
import type { RandomSource } from '@/lib/random';
import { aNumber, ask, callOf } from '../answers';
import { between, told } from '../draws';
import type { Trial } from '../grade';

/** δ may be missed by so much, for rounding: a search ends somewhere. */
const SLACK = 1.001;
/** So much more noise than the least is no waste worth a word. */
const WASTE = 1.01;

/** So many that a fault in one call of fifty shows. */
const SETTINGS = 80;

type Setting = [sensitivity: number, epsilon: number, delta: number];

function settings(epsilons: readonly [number, number], random: RandomSource): Setting[] {
  return Array.from({ length: SETTINGS }, () => [
    Math.exp(between(Math.log(0.05), Math.log(20), random)),
    Math.exp(between(Math.log(epsilons[0]), Math.log(epsilons[1]), random)),
    10 ** between(-8, -2, random),
  ]);
}

/** @param id of the trial @param epsilons their range */
const keeps = (id: string, said: string, epsilons: readonly [number, number]): Trial => ({
  id,
  words: `It keeps (ε, δ) ${said}.`,
  async run(program, random) {
    const all = settings(epsilons, random);
    const found = await ask(program, 'gaussianSigma', aNumber, all);
    for (const [at, [sensitivity, epsilon, delta]] of all.entries()) {
      const sigma = found[at]!;
      const reached = sigma > 0 ? gaussianDelta({ noiseMultiplier: sigma / sensitivity, epsilon }) : 1;
      if (reached > delta * SLACK)
        return {
          words: 'There is too little noise: at this ε the δ is larger than promised.',
          input: callOf('gaussianSigma', all[at]!),
          found: `σ = ${told(sigma)}, which gives δ = ${told(reached)} where ${told(delta)} is allowed`,
        };
    }
    return null;
  },
});

export const gaussianNoise = (): Trial[] => [
  keeps('small', 'where ε is below 1', [0.02, 1]),
  keeps('large', 'where ε is above 1', [1, 15]),
  {
    id: 'least',
    words: 'It adds hardly more noise than the promise needs.',
    async run(program, random) {
      const all = settings([0.02, 15], random);
      const found = await ask(program, 'gaussianSigma', aNumber, all);
      for (const [at, [sensitivity, epsilon, delta]] of all.entries()) {
        const least = sensitivity * analyticGaussianSigma({ epsilon, delta });
        if (found[at]! <= WASTE * least) continue;
        return {
          words: 'There is more noise than the promise needs.',
          input: callOf('gaussianSigma', all[at]!),
          found: `σ = ${told(found[at]!)}, where ${told(least)} is enough`,
        };
      }
      return null;
    },
  },
];
