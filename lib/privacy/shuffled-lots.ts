/**
 * DP-SGD whose lots come from a shuffled pass over the data, as most training loops make them, and not from Poisson sampling, for
 * which accountants give ε. No tight ε of shuffled lots is known. What is known is an interval.
 *
 * From below (Chua, Ghazi, Kamath, Kumar, Manurangsi, Sinha and Zhang 2024, “How private are DP-SGD implementations?”; several
 * epochs: the same authors, “Scalable DP-SGD”, 2024). Let every gradient be −1, but the one in question be +1, or nothing:
 * after a shift, the T sums of an epoch are 2e_t + noise in the one world and e_t + noise in the other, with t anywhere alike:
 * P = Σ_t N(2e_t, σ²I) / T against Q = Σ_t N(e_t, σ²I) / T. Whoever looks only at the largest sum M sees
 *     P(M ≤ c) = Φ((c − 2)/σ) Φ(c/σ)^{T−1}   against   Q(M ≤ c) = Φ((c − 1)/σ) Φ(c/σ)^{T−1},
 * and can tell them apart so well that ε is at least this much. Epochs, each shuffled anew, compose.
 *
 * From above: whoever is told the order as well faces Gaussian noise once an epoch, so ε is at most that of μ = √epochs / σ. By joint
 * convexity, not being told can only help: shuffled lots are never worse than lots in a fixed order, as they show too.
 *
 * Neighbours differ by one example whose gradient counts, or counts nothing while its place in the lot stays empty (“zero-out”): for
 * shuffled lots, adding or removing would change how many lots there are. The Poisson pair is the same under both relations.
 */
import { checkCount, checkNoiseMultiplier, checkPositiveDelta } from './checks';
import { PrivacyError } from './errors';
import { gaussianEpsilon } from './mechanisms/gaussian';
import { logAddExp } from './numerics/log-space';
import { logNormalCdf, normalQuantile, normalQuantileOfLog } from './numerics/normal';
import { pairsEpsilon } from './pld/accountant';
import type { DominatingPair } from './pld/dominating-pair';

export interface ShuffledRun {
  /** σ: noise standard deviation divided by the clip. Above 0. */
  noiseMultiplier: number;
  /** T: lots that one pass over the data is cut into. */
  lotsPerEpoch: number;
  epochs: number;
  /** 0 < δ < 1 */
  delta: number;
}

/** Noise for which the losses of one epoch are few enough to be put on a grid. */
const LEAST_NOISE = 0.05;

/**
 * Between which two numbers the true ε of shuffled lots lies, in nats.
 * @throws PrivacyError for a σ below 0.05, where losses are too large to compose
 */
export function shuffledEpsilonBounds(run: ShuffledRun): { atLeast: number; atMost: number } {
  const { noiseMultiplier, lotsPerEpoch, epochs, delta } = run;
  checkNoiseMultiplier(noiseMultiplier);
  checkCount(lotsPerEpoch, 'lotsPerEpoch', 1);
  checkCount(epochs, 'epochs', 1);
  checkPositiveDelta(delta);
  if (noiseMultiplier < LEAST_NOISE) {
    throw new PrivacyError(
      'noise-multiplier-invalid',
      `noiseMultiplier is ${noiseMultiplier}.`,
      `Give at least ${LEAST_NOISE}: with less noise nothing is private, in whatever order the lots come.`,
    );
  }
  const atMost = gaussianEpsilon({ noiseMultiplier: noiseMultiplier / Math.sqrt(epochs), delta });
  // One lot an epoch is the whole data in a known order: both ends meet.
  if (lotsPerEpoch === 1) return { atLeast: atMost, atMost };
  const { remove, add } = pairsEpsilon(
    [{ pair: largestSumPair(noiseMultiplier, lotsPerEpoch), times: epochs }],
    delta,
  );
  return { atLeast: Math.min(atMost, Math.max(remove.lower, add.lower)), atMost };
}

/** Points in the table of losses by outcome. */
const TABLE = 8192;
/** ln of a probability that no bound here depends on. */
const BEYOND = -700;

/**
 * The largest sum of an epoch in both worlds. The loss rises with it, so that outcomes may be cut by their losses. Where a cut lies
 * is looked up in a table; what lies on its two sides is exact, so that merging the outcomes between two cuts gives a true lower
 * bound wherever they are.
 */
function largestSumPair(sigma: number, lots: number): DominatingPair {
  // Densities of M over that of N(0, σ²): e^{(2mc − m²)/2σ²} Φ(c/σ) + (T − 1) Φ((c − m)/σ), times Φ(c/σ)^{T−2} in both.
  const logDensity = (c: number, mean: number) =>
    logAddExp(
      (2 * mean * c - mean * mean) / (2 * sigma * sigma) + logNormalCdf(c / sigma),
      Math.log(lots - 1) + logNormalCdf((c - mean) / sigma),
    );
  const loss = (c: number) => logDensity(c, 2) - logDensity(c, 1);

  /** Outcomes that leave at most e^{logTail} outside, on either side, in both worlds. */
  const ends = (logTail: number): [low: number, high: number] => {
    const share = logTail / lots;
    const low = share <= -Math.LN2 ? normalQuantileOfLog(share) : -normalQuantile(-Math.expm1(share));
    return [sigma * low, 2 - sigma * normalQuantileOfLog(logTail - Math.log(lots))];
  };

  const [lowest, highest] = ends(BEYOND);
  const width = (highest - lowest) / (TABLE - 1);
  const losses = Float64Array.from({ length: TABLE }, (_, i) => loss(lowest + i * width));
  const outcomeAt = (y: number): number => {
    let below = 0;
    let above = TABLE - 1;
    while (above - below > 1) {
      const middle = (below + above) >> 1;
      if (losses[middle]! <= y) below = middle;
      else above = middle;
    }
    const share = (y - losses[below]!) / (losses[above]! - losses[below]!);
    return lowest + (below + Math.min(1, Math.max(0, share))) * width;
  };

  return {
    atoms: [],
    anchor: () => 0,
    span: null,
    largestLoss: { remove: Number.POSITIVE_INFINITY, add: Number.POSITIVE_INFINITY },
    symmetric: false,
    tails(y, out) {
      const c = outcomeAt(y);
      const others = (lots - 1) * logNormalCdf(c / sigma);
      const inP = logNormalCdf((c - 2) / sigma) + others;
      const inQ = logNormalCdf((c - 1) / sigma) + others;
      out[0] = Math.exp(inP);
      out[1] = -Math.expm1(inP);
      out[2] = Math.exp(inQ);
      out[3] = -Math.expm1(inQ);
    },
    edges(logTail) {
      const [low, high] = ends(logTail);
      const cells = 600;
      const edges = Float64Array.from({ length: cells + 1 }, (_, i) =>
        loss(low + ((high - low) * i) / cells),
      );
      return edges.sort();
    },
  };
}
