/**
 * Training without sampling: noise that is correlated over the rounds, so that much of it cancels in the running sum of updates, which is
 * all that gradient descent goes by. Phones join when they are idle and charging: nobody can draw them by Poisson sampling, so no ε may
 * be claimed for it. DP-FTRL needs none (Kairouz, McMahan, Song, Thakkar, Thakurta and Xu 2021).
 *
 * The T running sums A g of the updates g are released as B (C g + σ z), A = B C. Each person adds to one round only, at most by the
 * clip; then C g moves by at most the longest column of C, so ε is that of one Gaussian release with noise multiplier σ / max ‖C e_t‖,
 * exactly. The standard deviation of the noise in the sum after round t is σ times the length of row t of B.
 */
import { checkCount, checkDelta, checkPositiveEpsilon } from './checks';
import { analyticGaussianSigma } from './mechanisms/gaussian';

/**
 * `independent`: fresh noise in every round, C = 1, as DP-SGD adds it. `tree`: noise on the nodes of a binary tree over the rounds (Dwork,
 * Naor, Pitassi and Rothblum 2010; Chan, Shi and Song 2011). `square-root`: B = C = the square root of A, near the best there is
 * (Fichtenberger, Henzinger and Upadhyay 2023).
 */
export type CorrelatedNoise = 'independent' | 'tree' | 'square-root';

export interface RunningSumNoise {
  /** Noise multiplier σ of each draw z. */
  noiseMultiplier: number;
  /** max ‖C e_t‖: how far one person moves what is released, in clips. */
  sensitivity: number;
  /** Standard deviation of the noise in the sum after each round, in clips: entry t − 1 after round t. */
  deviations: Float64Array;
}

/** Levels of a binary tree that has a leaf for each round: every round is in that many nodes, at most. */
const levelsOf = (rounds: number) => Math.floor(Math.log2(rounds)) + 1;

/** Nodes whose sum are the first t rounds: one for every 1 in t, written in binary. */
function nodesOf(t: number): number {
  let nodes = 0;
  for (let rest = t; rest > 0; rest = Math.floor(rest / 2)) nodes += rest % 2;
  return nodes;
}

/** Σ_{j<t} f_j² for t = 1 … rounds, f_j = (2j choose j) / 4^j: the squared lengths of the rows of √A. */
function squareRootLengths(rounds: number): Float64Array {
  const squares = new Float64Array(rounds);
  let coefficient = 1;
  let sum = 0;
  for (let j = 0; j < rounds; j++) {
    sum += coefficient * coefficient;
    squares[j] = sum;
    coefficient *= (2 * j + 1) / (2 * j + 2);
  }
  return squares;
}

/**
 * The noise in running sums over `rounds` rounds, of each of which a person is in one at most, at (ε, δ) for all of them together.
 * @param epsilon nats, above 0
 * @param delta 0 < δ < 1
 */
export function runningSumNoise(
  kind: CorrelatedNoise,
  options: { rounds: number; epsilon: number; delta: number },
): RunningSumNoise {
  const { rounds, epsilon, delta } = options;
  checkCount(rounds, 'rounds', 1);
  checkPositiveEpsilon(epsilon);
  checkDelta(delta);
  const released = analyticGaussianSigma({ epsilon, delta });
  const squares = kind === 'square-root' ? squareRootLengths(rounds) : null;
  const sensitivity =
    kind === 'independent'
      ? 1
      : kind === 'tree'
        ? Math.sqrt(levelsOf(rounds))
        : Math.sqrt(squares![rounds - 1]!);
  const noiseMultiplier = released * sensitivity;
  const draws = (t: number) => (kind === 'independent' ? t : kind === 'tree' ? nodesOf(t) : squares![t - 1]!);
  return {
    noiseMultiplier,
    sensitivity,
    deviations: Float64Array.from({ length: rounds }, (_, i) => noiseMultiplier * Math.sqrt(draws(i + 1))),
  };
}
