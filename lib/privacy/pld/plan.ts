import type { Direction, DominatingPair } from './dominating-pair';

/**
 * Where to look: before any grid is made, a sketch of every pair (a few hundred outcomes) says around which loss ε will lie,
 * how widely the composed loss spreads there, and so how fine and how long the grid must be.
 *
 * The composed loss is studied under its exponential tilt by e^{λ·loss}, with λ chosen so that the tilted mean is near ε: the
 * saddle point of Alghamdi et al. (2022). There the mass that decides δ is the bulk, not a far tail, so that rounding in the
 * FFT cannot reach it however small δ is. λ + 1 is the Rényi order an RDP accountant would have chosen.
 */

/** A pair and how often it is composed. */
export interface Part {
  pair: DominatingPair;
  times: number;
}

/** The cumulant generating function of the composed loss, ln E[e^{λL}], with its first two derivatives. */
export class Cumulants {
  private readonly parts: { losses: Float64Array; logMasses: Float64Array; times: number }[];
  private readonly scratch: Float64Array;

  constructor(parts: readonly Part[], direction: Direction, logTail: number) {
    this.parts = parts.map(({ pair, times }) => ({ ...sketch(pair, direction, logTail), times }));
    this.scratch = new Float64Array(Math.max(...this.parts.map(({ losses }) => losses.length)));
  }

  at(lambda: number): { value: number; mean: number; variance: number } {
    let value = 0;
    let mean = 0;
    let variance = 0;
    for (const { losses, logMasses, times } of this.parts) {
      let largest = Number.NEGATIVE_INFINITY;
      for (let i = 0; i < losses.length; i++) {
        const exponent = lambda * losses[i]! + logMasses[i]!;
        this.scratch[i] = exponent;
        if (exponent > largest) largest = exponent;
      }
      let s0 = 0;
      let s1 = 0;
      for (let i = 0; i < losses.length; i++) {
        const weight = Math.exp(this.scratch[i]! - largest);
        this.scratch[i] = weight;
        s0 += weight;
        s1 += weight * losses[i]!;
      }
      const centre = s1 / s0;
      let s2 = 0;
      for (let i = 0; i < losses.length; i++) s2 += this.scratch[i]! * (losses[i]! - centre) ** 2;
      value += times * (largest + Math.log(s0));
      mean += times * centre;
      variance += times * (s2 / s0);
    }
    return { value, mean, variance };
  }

  /**
   * Brackets the t of the given sign at which the height t K′(λ + t) − (K(λ + t) − K(λ)) reaches `level`.
   *
   * By Chernoff the loss that this stands for lies between K′(λ + t) and (K(λ + t) − K(λ) + level) / t. Where the loss is
   * bounded the height may never get there; so the search also ends once those two are as close as `tolerance` says.
   */
  solve(
    lambda: number,
    level: number,
    sign: 1 | -1,
    tolerance: (mean: number) => number,
  ): { near: number; far: number } {
    const base = this.at(lambda);
    const reached = (t: number) => {
      const { value, mean } = this.at(lambda + t);
      const height = t * mean - (value - base.value);
      return height >= level || (level - height) / Math.abs(t) <= tolerance(mean);
    };
    let far = sign / Math.sqrt(base.variance + 1e-300);
    if (reached(far)) while (reached(far / 2)) far /= 2;
    else while (!reached(far) && Math.abs(far) < LARGEST_TILT) far *= 2;
    let near = far / 2;
    for (let i = 0; i < 6; i++) {
      const middle = (near + far) / 2;
      if (reached(middle)) far = middle;
      else near = middle;
    }
    return { near, far };
  }
}

/** Chernoff's bound holds at any tilt, so a search that finds no end may stop at this one. */
const LARGEST_TILT = 1e200;

function sketch(pair: DominatingPair, direction: Direction, logTail: number) {
  const edges = pair.edges(logTail);
  const losses: number[] = [];
  const logMasses: number[] = [];
  // The middle of the cell stands in where one of the two probabilities is below the smallest double.
  const add = (p: number, q: number, middle: number) => {
    if (p === 0 && q === 0) return;
    const loss = p > 0 && q > 0 ? Math.log(p) - Math.log(q) : middle;
    const logP = p > 0 ? Math.log(p) : Math.log(q) + middle;
    losses.push(direction === 'remove' ? loss : -loss);
    logMasses.push(direction === 'remove' ? logP : logP - loss);
  };
  let before = new Float64Array(4);
  let after = new Float64Array(4);
  pair.tails(edges[0]!, before);
  for (let i = 1; i < edges.length; i++) {
    pair.tails(edges[i]!, after);
    add(
      after[0]! < before[1]! ? after[0]! - before[0]! : before[1]! - after[1]!,
      after[2]! < before[3]! ? after[2]! - before[2]! : before[3]! - after[3]!,
      (edges[i - 1]! + edges[i]!) / 2,
    );
    [before, after] = [after, before];
  }
  for (const atom of pair.atoms) add(atom.p, atom.q, atom.loss);
  return { losses: Float64Array.from(losses), logMasses: Float64Array.from(logMasses) };
}

/** The tilt, the window of losses that holds all but e^{−36} of the tilted mass, and the step its accuracy asks for. */
export interface Plan {
  direction: Direction;
  /** λ */
  tilt: number;
  /** Losses, in nats. */
  low: number;
  high: number;
  step: number;
}

/** ln of the tilted probability allowed outside the window. */
const OUTSIDE = 30;

/** ln of how rare the losses beyond ε may stay under the tilt. */
const LEFT_RARE = 5;

/**
 * The tilt with which to look for the ε at which δ(ε) = e^{−level}, and about where that ε lies.
 *
 * The saddle point would centre the window on ε; but with little noise it also makes the rare outcomes beyond ε common, and
 * the window long. So the smallest tilt is taken under which losses beyond ε have a probability of e^{−5} or more.
 */
export function tiltForLevel(cumulants: Cumulants, level: number): { tilt: number; epsilon: number } {
  const saddle = cumulants.solve(0, level, 1, (mean) => 1e-3 * Math.abs(mean)).far;
  const epsilon = (cumulants.at(saddle).value + level) / saddle;
  const rarity = (tilt: number) => level - tilt * epsilon + cumulants.at(tilt).value;
  let low = 0;
  let high = saddle;
  for (let i = 0; i < 8; i++) {
    const middle = (low + high) / 2;
    if (rarity(middle) > LEFT_RARE) low = middle;
    else high = middle;
  }
  return { tilt: high, epsilon: Math.max(0, epsilon) };
}

/** A grid needs this many points from 0 to ε to see the losses that decide it. */
const POINTS_TO_EPSILON = 32;

/**
 * @param target.tilt the tilt
 * @param target.epsilon about where ε lies, in nats
 * @param tolerated how far, in nats, discretisation may move ε
 */
export function planAt(
  cumulants: Cumulants,
  direction: Direction,
  target: { tilt: number; epsilon: number },
  times: number,
  tolerated: number,
): Plan {
  const { tilt, epsilon } = target;
  const { value, mean, variance } = cumulants.at(tilt);
  const tolerance = () => 0.1 * Math.sqrt(variance) + 1e-3 * Math.abs(mean);
  // Chernoff: P(L > y) ≤ e^{K(λ+t) − K(λ) − t y}, and the same below with t < 0.
  const end = (sign: 1 | -1) => {
    const { near, far } = cumulants.solve(tilt, OUTSIDE, sign, tolerance);
    const bounds = [near, far].map((t) => (cumulants.at(tilt + t).value - value + OUTSIDE) / t);
    return sign > 0 ? Math.min(...bounds) : Math.max(...bounds);
  };
  // Connecting the dots raises K(λ) by about λ(λ + 1) step² / 12 a composition, and ε by that over λ.
  const step = Math.sqrt((12 * tolerated) / (times * (tilt + 1)));
  return {
    direction,
    tilt,
    low: end(-1),
    high: end(1),
    step: epsilon > 0 ? Math.min(step, epsilon / POINTS_TO_EPSILON) : step,
  };
}

/** The tilt under which the mean loss is ε; 0 where the mean is above it already. */
export function tiltForMean(cumulants: Cumulants, epsilon: number): number {
  const mean = (tilt: number) => cumulants.at(tilt).mean;
  if (mean(0) >= epsilon) return 0;
  let high = 1e-3;
  while (mean(high) < epsilon && high < 1e12) high *= 4;
  let low = 0;
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (mean(middle) < epsilon) low = middle;
    else high = middle;
  }
  return low;
}
