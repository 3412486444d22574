import type { RandomSource } from '@/lib/random';
import {
  checkDelta,
  checkEpsilon,
  checkPositiveEpsilon,
  checkProbability,
  checkSensitivity,
} from '../checks';
import { PrivacyError } from '../errors';
import { gaussLegendre } from '../numerics/gauss-legendre';
import { logSumExp } from '../numerics/log-space';
import type { Mechanism } from './mechanism';
import { approximateTradeOff } from './trade-off';

/**
 * Choosing one of several candidates privately: the candidates' scores go in, the index of one comes out. One person can move
 * each score by at most the sensitivity Δ; `monotone` says that they move all scores the same way (as counts do), which
 * halves the noise needed.
 */
export interface SelectionOptions {
  epsilon: number;
  sensitivity?: number;
  monotone?: boolean;
}

/**
 * The exponential mechanism (McSherry and Talwar 2007): candidate i with probability proportional to e^{ε u_i / 2Δ}, or
 * e^{ε u_i / Δ} for monotone scores. ε-DP.
 *
 * Its loss has range ε, not 2ε (Durfee and Rogers 2019), so it is better than ε-DP alone: over all scores
 * δ(ε′) = (e^{ε/2} − e^{ε′/2})² / (e^ε − 1) (Dong, Durfee and Rogers 2020), from which its trade-off follows.
 */
export function exponentialMechanism(options: SelectionOptions): Mechanism<readonly number[], number> {
  const { epsilon, factor } = checked(options);
  const root = Math.exp(epsilon / 2);
  // e^ε − 1 over e^ε, and everything below divided by e^ε likewise, so that a large ε does not overflow.
  const range = -Math.expm1(-epsilon);
  return {
    name: 'Exponential mechanism',
    release: (scores, random) => {
      const weights = selectionWeights(checkScores(scores), factor);
      let left = random.uniform();
      for (let i = 0; i < weights.length; i++) {
        left -= weights[i]!;
        if (left < 0) return i;
      }
      // Rounding left a sliver beyond the last candidate that has any probability.
      return weights.findLastIndex((weight) => weight > 0);
    },
    likelihood: (index, scores) => selectionWeights(checkScores(scores), factor)[index] ?? 0,
    epsilonAt: (delta) => {
      checkDelta(delta);
      const rest = 1 - Math.sqrt(delta * range);
      return rest <= 0 ? 0 : Math.max(0, epsilon + 2 * Math.log(rest));
    },
    deltaAt: (at) => {
      checkEpsilon(at);
      return at >= epsilon ? 0 : Math.expm1((at - epsilon) / 2) ** 2 / range;
    },
    tradeOff: (alpha) => {
      checkProbability(alpha, 'falsePositiveRate');
      // The envelope of all (ε′, δ(ε′)), maximised over s = e^{(ε′ − ε)/2} in closed form for either half of f_{ε′,δ}.
      const least = 1 / root;
      const clamp = (s: number) => Math.min(1, Math.max(least, s));
      const s1 = clamp(1 / (1 + alpha * root * root * range));
      const first = 1 - (1 - s1) ** 2 / range - (s1 * root) ** 2 * alpha;
      const s2 = clamp(1 - range * (1 - alpha));
      const second = (1 - (1 - s2) ** 2 / range - alpha) / (s2 * root) ** 2;
      return Math.max(0, first, second);
    },
  };
}

const POINTS = 20;

/**
 * Report noisy max (Dwork and Roth 2014, section 3.3): adds noise to every score and names the largest. With Laplace or
 * one-sided exponential noise of scale 2Δ/ε (Δ/ε for monotone scores) it is ε-DP; the exponential kind is the
 * permute-and-flip mechanism (McKenna and Sheldon 2020; Ding, Kifer et al. 2021), never worse than the exponential mechanism.
 * With Gumbel noise it would be the exponential mechanism itself.
 *
 * ε(δ), δ(ε) and the trade-off are those that ε-DP promises: upper bounds over all scores.
 */
export function reportNoisyMaxMechanism(
  options: SelectionOptions & { noise: 'laplace' | 'exponential' },
): Mechanism<readonly number[], number> {
  const { epsilon, factor } = checked(options);
  const { noise } = options;
  if (noise !== 'laplace' && noise !== 'exponential') {
    throw new PrivacyError(
      'input-invalid',
      `There is no noise called "${noise}" here.`,
      'Choose "laplace" or "exponential".',
    );
  }
  const draw = (random: RandomSource) =>
    noise === 'laplace' ? random.laplace(1) : -Math.log(1 - random.uniform());
  const density =
    noise === 'laplace'
      ? (x: number) => 0.5 * Math.exp(-Math.abs(x))
      : (x: number) => (x < 0 ? 0 : Math.exp(-x));
  const distribution =
    noise === 'laplace'
      ? (x: number) => (x < 0 ? 0.5 * Math.exp(x) : 1 - 0.5 * Math.exp(-x))
      : (x: number) => (x <= 0 ? 0 : -Math.expm1(-x));
  // P[index wins] = ∫ density(x) Π_{j ≠ index} distribution(x + s_index − s_j) dx, smooth between the kinks at s_j − s_index.
  const likelihood = (index: number, scores: readonly number[]) => {
    checkScores(scores);
    if (!(index in scores)) return 0;
    const gaps = scores.filter((_, j) => j !== index).map((score) => factor * (score - scores[index]!));
    // A candidate far behind wins only with noise beyond all gaps: there, and between the gaps, lies all of its probability.
    const kinks = [0, ...gaps].filter((kink) => kink > -50);
    const lowest = noise === 'laplace' ? -50 : 0;
    const ends = [...kinks, lowest, 50 + Math.max(...kinks)].sort((a, b) => a - b);
    let total = 0;
    for (let k = 1; k < ends.length; k++) {
      const pieces = Math.ceil((ends[k]! - ends[k - 1]!) / 2);
      for (let piece = 0; piece < pieces; piece++) {
        const width = (ends[k]! - ends[k - 1]!) / pieces;
        const middle = ends[k - 1]! + (piece + 0.5) * width;
        for (const { node, weight } of gaussLegendre(POINTS)) {
          const x = middle + (node * width) / 2;
          let value = density(x);
          for (const gap of gaps) value *= distribution(x - gap);
          total += (value * weight * width) / 2;
        }
      }
    }
    return total;
  };
  return {
    name: 'Report noisy max',
    release: (scores, random) => {
      let best = 0;
      let largest = Number.NEGATIVE_INFINITY;
      checkScores(scores).forEach((score, i) => {
        const noisy = factor * score + draw(random);
        if (noisy > largest) {
          largest = noisy;
          best = i;
        }
      });
      return best;
    },
    likelihood,
    epsilonAt: (delta) => {
      checkDelta(delta);
      // δ(ε′) = (e^ε − e^{ε′}) / (e^ε + 1), solved for ε′.
      return Math.max(
        0,
        epsilon + Math.log(Math.max(Math.exp(-epsilon), 1 - delta * (1 + Math.exp(-epsilon)))),
      );
    },
    deltaAt: (at) => {
      checkEpsilon(at);
      return at >= epsilon ? 0 : -Math.expm1(at - epsilon) / (1 + Math.exp(-epsilon));
    },
    tradeOff: approximateTradeOff(epsilon, 0),
  };
}

function checked({ epsilon, sensitivity = 1, monotone = false }: SelectionOptions): {
  epsilon: number;
  factor: number;
} {
  checkPositiveEpsilon(epsilon);
  checkSensitivity(sensitivity);
  return { epsilon, factor: epsilon / (monotone ? sensitivity : 2 * sensitivity) };
}

function checkScores(scores: readonly number[]): readonly number[] {
  if (scores.length === 0 || scores.some((score) => !Number.isFinite(score))) {
    throw new PrivacyError(
      'input-invalid',
      scores.length === 0
        ? 'There is no candidate to choose from.'
        : `A score is not a finite number: ${scores.join(', ')}.`,
      'Give at least one score, all of them finite.',
    );
  }
  return scores;
}

/** e^{factor · score}, normalised. */
function selectionWeights(scores: readonly number[], factor: number): number[] {
  const exponents = scores.map((score) => factor * score);
  const total = logSumExp(exponents);
  return exponents.map((exponent) => Math.exp(exponent - total));
}
