import { logBinomialPmf } from '../numerics/binomial';
import { normalQuantileOfLog, normalTailPair } from '../numerics/normal';
import { anchorAbove, type DominatingPair } from './dominating-pair';

/**
 * Σ_s P[Bin(k, q) = s] N(s, σ²) against N(0, σ²): one step of DP-SGD about a person who has k examples, each drawn by a coin of its own.
 * A mixture of Gaussians (Choquette-Choo, Ganesh, Steinke and Thakurta 2024, "Privacy amplification for matrix mechanisms"); all
 * gradients of the person in one direction are the worst there is.
 *
 * The loss l(z) = ln Σ_s p_s e^{(2sz − s²)/2σ²} rises with the outcome z and is convex, so that Newton's method finds its inverse.
 *
 * @param k whole, 1 or more
 * @param q 0 < q < 1
 */
export function groupGaussianPair(k: number, q: number, sigma: number): DominatingPair {
  const variance = sigma * sigma;
  const logWeight = Float64Array.from({ length: k + 1 }, (_, s) => logBinomialPmf(s, k, q));
  const weight = logWeight.map(Math.exp);
  const lowest = k * Math.log1p(-q);
  const exponents = new Float64Array(k + 1);
  /** l(z) and its slope. */
  function lossAt(z: number): { loss: number; slope: number } {
    let largest = Number.NEGATIVE_INFINITY;
    for (let s = 0; s <= k; s++) {
      exponents[s] = logWeight[s]! + (s * (2 * z - s)) / (2 * variance);
      largest = Math.max(largest, exponents[s]!);
    }
    let sum = 0;
    let moment = 0;
    for (let s = 0; s <= k; s++) {
      const term = Math.exp(exponents[s]! - largest);
      sum += term;
      moment += s * term;
    }
    return { loss: largest + Math.log(sum), slope: moment / sum / variance };
  }
  /** The z with l(z) = y, y above the lowest loss. */
  function outcomeAt(y: number): number {
    // No term alone may be more than the sum: that bounds z from above, and from there Newton's steps all go down to the root.
    let z = Number.POSITIVE_INFINITY;
    for (let s = 1; s <= k; s++) z = Math.min(z, (variance * (y - logWeight[s]!)) / s + s / 2);
    for (let iteration = 0; iteration < 100; iteration++) {
      const { loss, slope } = lossAt(z);
      const down = (loss - y) / slope;
      if (!(down > 1e-15 * Math.max(1, Math.abs(z)))) break;
      z -= down;
    }
    return z;
  }
  const pair = new Float64Array(2);
  const tails = (y: number, out: Float64Array) => {
    if (y <= lowest) {
      out.set([0, 1, 0, 1]);
      return;
    }
    const z = outcomeAt(y);
    out[0] = 0;
    out[1] = 0;
    for (let s = 0; s <= k; s++) {
      normalTailPair((z - s) / sigma, pair);
      if (s === 0) out.set(pair, 2);
      out[0]! += weight[s]! * pair[0]!;
      out[1]! += weight[s]! * pair[1]!;
    }
  };
  return {
    atoms: [],
    anchor: (step) => anchorAbove(lowest, tails, step),
    span: null,
    largestLoss: { remove: Number.POSITIVE_INFINITY, add: -lowest },
    symmetric: false,
    tails,
    edges(logTail) {
      const reach = -sigma * normalQuantileOfLog(logTail);
      // At least three cells a standard deviation, as for one example.
      const cells = Math.min(6000, Math.ceil(400 + (4 * k) / sigma));
      return Float64Array.from(
        { length: cells + 1 },
        (_, i) => lossAt(-reach + ((k + 2 * reach) * i) / cells).loss,
      );
    },
  };
}
