import {
  erfcx,
  expMinusHalfSquare,
  normalCdf,
  normalQuantileOfLog,
  normalTailPair,
} from '../numerics/normal';

export type Direction = 'remove' | 'add';

/**
 * A pair of distributions (P, Q) that is the worst any two neighbouring data sets can do for a mechanism: P with the example
 * in, Q with it out ("remove"). Read the other way round, with P and Q and the sign of the loss swapped, it is "add".
 *
 * The privacy loss L = ln(dP/dQ) is all that matters of it (Sommer, Meiser and Mohammadi 2019; Zhu, Dong and Wang 2022).
 */
export interface DominatingPair {
  /** Losses that single outcomes of positive probability have, under P and under Q; not counted in `tails`. */
  readonly atoms: readonly { loss: number; p: number; q: number }[];
  /** A loss worth having exactly on a grid of this step. */
  anchor(step: number): number;
  /** A distance of losses that the grid's step should divide, if any. */
  readonly span: number | null;
  /** The largest loss there is in each direction; ∞ where there is none. */
  readonly largestLoss: Record<Direction, number>;
  /** Both directions have the same loss distribution. */
  readonly symmetric: boolean;
  /**
   * Writes [P(L ≤ y), P(L > y), Q(L ≤ y), Q(L > y)] without the atoms; each to full relative precision, since the far tails
   * decide ε.
   */
  tails(y: number, out: Float64Array): void;
  /** δ(ε) in closed form, where that keeps more digits than the tails do. */
  delta?(epsilon: number): number;
  /** Ascending losses that cut P and Q into a few hundred cells, leaving at most e^{logTail} of either outside. */
  edges(logTail: number): Float64Array;
}

/** Φ(−x) e^{x²/2} */
const halfErfcx = (x: number) => 0.5 * erfcx(x / Math.SQRT2);

/** N(1/σ, 1) against N(0, 1): the Gaussian mechanism. The loss is N(±μ²/2, μ²), μ = 1/σ (Dong, Roth and Su 2022). */
export function gaussianPair(sigma: number): DominatingPair {
  const mu = 1 / sigma;
  const pair = new Float64Array(2);
  return {
    atoms: [],
    anchor: () => 0,
    span: null,
    largestLoss: { remove: Number.POSITIVE_INFINITY, add: Number.POSITIVE_INFINITY },
    symmetric: true,
    tails(y, out) {
      normalTailPair(y / mu - mu / 2, pair);
      out[0] = pair[0]!;
      out[1] = pair[1]!;
      normalTailPair(y / mu + mu / 2, pair);
      out[2] = pair[0]!;
      out[3] = pair[1]!;
    },
    delta(epsilon) {
      // Φ(−a) − e^ε Φ(−b) with a, b = ε/μ ∓ μ/2 (Balle and Wang 2018, Theorem 8). Since b² − a² = 2ε, e^ε Φ(−b) is
      // ½ e^{−a²/2} erfcx(b/√2): neither e^ε nor Φ(−b) need be numbers that a double can hold.
      const a = epsilon / mu - mu / 2;
      const b = epsilon / mu + mu / 2;
      const beyond = halfErfcx(b);
      return Math.max(
        0,
        a > 0
          ? expMinusHalfSquare(a) * (halfErfcx(a) - beyond)
          : normalCdf(-a) - expMinusHalfSquare(a) * beyond,
      );
    },
    edges(logTail) {
      const reach = mu * (mu / 2 - normalQuantileOfLog(logTail));
      const cells = Math.min(4000, Math.ceil(400 + 10 * mu));
      return Float64Array.from({ length: cells + 1 }, (_, i) => reach * ((2 * i) / cells - 1));
    },
  };
}

/**
 * With little noise almost every outcome lies just above the lowest loss. The grid gets a point a where all outcomes up to a + step
 * together have the loss a, so that these can be merged into it without borrowing anything from the rare outcomes that decide ε.
 */
export function anchorAbove(lowest: number, tails: DominatingPair['tails'], step: number): number {
  const out = new Float64Array(4);
  let anchor = lowest;
  for (let iteration = 0; iteration < 50; iteration++) {
    tails(anchor + step, out);
    if (out[2] === 0) return lowest;
    const next = Math.log(out[0]!) - Math.log(out[2]!);
    if (Math.abs(next - anchor) <= 1e-16 * Math.abs(anchor)) break;
    anchor = next;
  }
  return anchor;
}

/**
 * (1 − q) N(0, σ²) + q N(1, σ²) against N(0, σ²), 0 < q < 1: one step of DP-SGD under Poisson sampling.
 *
 * The loss l(z) = ln(1 − q + q e^{(2z−1)/2σ²}) rises with the outcome z, so its distribution is that of z.
 */
export function poissonGaussianPair(q: number, sigma: number): DominatingPair {
  const variance = sigma * sigma;
  const pair = new Float64Array(2);
  const lowest = Math.log1p(-q);
  const logQ = Math.log(q);
  const loss = (z: number) => {
    const exponent = (2 * z - 1) / (2 * variance);
    return exponent + logQ < 37 ? Math.log1p(q * Math.expm1(exponent)) : exponent + logQ;
  };
  const tails = (y: number, out: Float64Array) => {
    if (y <= lowest) {
      out[0] = 0;
      out[1] = 1;
      out[2] = 0;
      out[3] = 1;
      return;
    }
    const logRatio = y > 30 ? y - logQ : Math.log1p(Math.expm1(y) / q);
    const z = variance * logRatio + 0.5;
    normalTailPair(z / sigma, pair);
    out[2] = pair[0]!;
    out[3] = pair[1]!;
    normalTailPair((z - 1) / sigma, pair);
    out[0] = (1 - q) * out[2] + q * pair[0]!;
    out[1] = (1 - q) * out[3] + q * pair[1]!;
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
      // At least three cells a standard deviation, so that the sketch made from these edges has the right shape.
      const cells = Math.min(6000, Math.ceil(400 + 4 / sigma));
      return Float64Array.from({ length: cells + 1 }, (_, i) => loss(-reach + ((1 + 2 * reach) * i) / cells));
    },
  };
}

/** Laplace noise of scale b on a quantity of sensitivity 1: the loss lies in ±1/b and has an atom at either end. */
export function laplacePair(b: number): DominatingPair {
  const top = 1 / b;
  return {
    atoms: [
      { loss: -top, p: 0.5 * Math.exp(-top), q: 0.5 },
      { loss: top, p: 0.5, q: 0.5 * Math.exp(-top) },
    ],
    anchor: () => top,
    span: 2 * top,
    largestLoss: { remove: top, add: top },
    symmetric: true,
    tails(y, out) {
      const at = Math.min(top, Math.max(-top, y));
      // Between the ends P(L ≤ y) = ½ e^{(y − 1/b)/2}, of which the atom at −1/b is ½ e^{−1/b}; Q mirrors it.
      out[0] = 0.5 * Math.exp(-top) * Math.expm1((at + top) / 2);
      out[1] = -0.5 * Math.expm1((at - top) / 2);
      out[2] = -0.5 * Math.expm1((-at - top) / 2);
      out[3] = 0.5 * Math.exp(-top) * Math.expm1((top - at) / 2);
    },
    edges() {
      return Float64Array.from({ length: 201 }, (_, i) => top * (i / 100 - 1));
    },
  };
}

/** Any ε-DP mechanism at its worst: binary randomised response (Kairouz, Oh and Viswanath 2015). */
export function randomizedResponsePair(epsilon: number): DominatingPair {
  const p = 1 / (1 + Math.exp(-epsilon));
  const q = 1 / (1 + Math.exp(epsilon));
  return {
    atoms: [
      { loss: -epsilon, p: q, q: p },
      { loss: epsilon, p, q },
    ],
    anchor: () => epsilon,
    span: 2 * epsilon,
    largestLoss: { remove: epsilon, add: epsilon },
    symmetric: true,
    tails(_, out) {
      out.fill(0);
    },
    edges() {
      return Float64Array.of(-epsilon, epsilon);
    },
  };
}
