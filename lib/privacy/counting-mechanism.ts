/**
 * Four ways to make one answer private, set up alike: at an ε one asks for, on two worlds that differ in one person. What a lesson compares.
 */
import { checkPositiveEpsilon } from './checks';
import { discreteLaplaceMechanism } from './mechanisms/discrete-laplace';
import { analyticGaussianSigma, gaussianMechanism } from './mechanisms/gaussian';
import { laplaceMechanism } from './mechanisms/laplace';
import type { Mechanism } from './mechanisms/mechanism';
import { randomizedResponseMechanism } from './mechanisms/randomized-response';

export const COUNTING_MECHANISMS = [
  'laplace',
  'gaussian',
  'discrete-laplace',
  'randomised-response',
] as const;
export type CountingMechanismId = (typeof COUNTING_MECHANISMS)[number];

export interface CountingMechanism {
  mechanism: Mechanism<number>;
  /** Its guarantee is (ε, δ)-DP; δ is 0 but for Gaussian noise. */
  epsilon: number;
  delta: number;
  /** Standard deviation of the noise, in people; null for randomised response, which adds none. */
  deviation: number | null;
  /** Whole numbers come out, or any number. */
  outputs: 'continuous' | 'integers' | 'yes-or-no';
}

/**
 * A mechanism for a count that one person changes by one; for randomised response, for one person's yes (1) or no (0).
 *
 * @param epsilon in nats, above 0
 * @param delta used by Gaussian noise alone, which has no guarantee without it; 0 < δ < 1
 */
export function countingMechanism(
  id: CountingMechanismId,
  { epsilon, delta }: { epsilon: number; delta: number },
): CountingMechanism {
  checkPositiveEpsilon(epsilon);
  switch (id) {
    case 'laplace':
      return {
        mechanism: laplaceMechanism({ scale: 1 / epsilon }),
        epsilon,
        delta: 0,
        deviation: Math.SQRT2 / epsilon,
        outputs: 'continuous',
      };
    case 'gaussian': {
      const noiseMultiplier = analyticGaussianSigma({ epsilon, delta });
      return {
        mechanism: gaussianMechanism({ noiseMultiplier }),
        epsilon,
        delta,
        deviation: noiseMultiplier,
        outputs: 'continuous',
      };
    }
    case 'discrete-laplace': {
      const decay = Math.exp(-epsilon);
      return {
        mechanism: discreteLaplaceMechanism({ scale: 1 / epsilon }),
        epsilon,
        delta: 0,
        // Variance 2 p / (1 − p)² with p = e^−ε (Ghosh, Roughgarden and Sundararajan 2009).
        deviation: Math.sqrt(2 * decay) / -Math.expm1(-epsilon),
        outputs: 'integers',
      };
    }
    case 'randomised-response':
      return {
        mechanism: randomizedResponseMechanism({ epsilon }),
        epsilon,
        delta: 0,
        deviation: null,
        outputs: 'yes-or-no',
      };
  }
}

/**
 * How often the best guesser is right which of two equally likely worlds an answer came from: half of one plus the total
 * variation distance of the worst pair, which is δ at ε = 0.
 */
export function bestGuessOf(mechanism: Mechanism<number>): number {
  return (1 + mechanism.deltaAt(0)) / 2;
}
