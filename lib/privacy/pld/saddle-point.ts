/**
 * Bounds on ε of very many steps, where no grid is fine enough: the composed loss is all but normal, and how far from normal it may be
 * is known.
 *
 * With K the cumulant generating function of the composed loss L, δ(ε) = E[(1 − e^{ε−L})⁺] becomes under the tilt by e^{λL}
 *   δ(ε) = e^{K(λ) − λε} E_λ[f(L − ε)],  f(x) = e^{−λx} (1 − e^{−x}) for x > 0, else 0
 * (Alghamdi, Asoodeh, Calmon, Kosut, Sankar and Wei 2022, "The saddle-point method in differential privacy", Theorem 1). Tilted, L
 * is still a sum of independent losses. By Berry and Esseen its distribution function is nowhere further from the normal one
 * than B = 0.5583 Σ E|l − El|³ / (Σ Var l)^{3/2} (Shevtsova 2013), so E_λ[f] is within B · V of its value under the normal
 * distribution, V = 2 max f being f's total variation. Both hold for every λ; here λ is where the tilted mean is ε.
 *
 * Outcomes so rare that all steps together meet one with a ten-thousandth of δ are cut off first: from above they count as giving
 * everything away, from below as nothing. Without that a large λ would see them alone.
 */
import { powerAboveTangent } from '../numerics/log-space';
import { erfcx, normalCdf } from '../numerics/normal';
import { QUADRATURE_LEAST_SIGMA, quadratureStep, REACH } from '../rdp/fractional-order';
import type { Bounds, DirectedBounds } from './accountant';
import type { Direction } from './dominating-pair';

/** So many equal steps of DP-SGD with Poisson sampling. */
export interface Steps {
  sampleRate: number;
  noiseMultiplier: number;
  steps: number;
}

const BERRY_ESSEEN = 0.5583;

/** The part of δ for which outcomes are cut off. */
const CUT_OFF = 1e-4;

/** Halvings in the search of λ. */
const HALVINGS = 60;

/** The tilted loss: K at the tilt, and mean, variance and third absolute moment (or more) about the mean. */
interface Tilted {
  cumulant: number;
  mean: number;
  variance: number;
  third: number;
}

/**
 * ε at δ in both directions, in nats; null where this road leads nowhere: little noise, or so few steps that nothing is nearly
 * normal.
 */
export function saddlePointEpsilon(runs: readonly Steps[], delta: number): DirectedBounds | null {
  if (
    runs.some(
      ({ sampleRate, noiseMultiplier }) => !(sampleRate < 1 && noiseMultiplier >= QUADRATURE_LEAST_SIGMA),
    )
  )
    return null;
  const remove = bounds(runs, 'remove', delta);
  const add = bounds(runs, 'add', delta);
  return remove && add && { remove, add };
}

function bounds(runs: readonly Steps[], direction: Direction, delta: number): Bounds | null {
  const allowed = (CUT_OFF * delta) / runs.length;
  const cuts = runs.map((run) => cutOff(run, allowed / run.steps));
  const at = (tilt: number) => composed(runs, cuts, direction, tilt);
  // What is cut off changes Σ ln E[r^power] by no more than this: its probability under P and under Q, and power times their difference.
  const doubt = (tilt: number) => (tilt + 2) * CUT_OFF * delta;
  const above = (tilt: number) => deltaAt(at(tilt), tilt, 1) * Math.exp(doubt(tilt)) + CUT_OFF * delta;
  const below = (tilt: number) => deltaAt(at(tilt), tilt, -1) * Math.exp(-doubt(tilt));
  const upper = firstTilt((tilt) => above(tilt) <= delta);
  if (upper === null) return null;
  const lower = firstTilt((tilt) => below(tilt) < delta);
  return {
    upper: at(upper.from).mean,
    lower: lower === null || lower.before === 0 ? 0 : Math.max(0, at(lower.before).mean),
  };
}

/** The outcome beyond which both P and Q have at most the given probability. */
function cutOff({ sampleRate: q, noiseMultiplier: sigma }: Steps, probability: number): number {
  const beyond = (z: number) => (1 - q) * normalCdf(-z / sigma) + q * normalCdf((1 - z) / sigma);
  let low = 0;
  let high = 1 + 39 * sigma;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (beyond(middle) > probability) low = middle;
    else high = middle;
  }
  return high;
}

/** The least tilt from which `holds`, and one just before; null where it holds from the beginning, or never. */
function firstTilt(holds: (tilt: number) => boolean): { from: number; before: number } | null {
  if (holds(0)) return null;
  let before = 0;
  let from = 1;
  while (!holds(from)) {
    before = from;
    from *= 2;
    if (from > MOST_TILT) return null;
  }
  for (let i = 0; i < HALVINGS && from - before > 1e-9 * from; i++) {
    const middle = (before + from) / 2;
    if (holds(middle)) from = middle;
    else before = middle;
  }
  return { from, before };
}

/** Beyond this the moments' quadrature takes too long. */
const MOST_TILT = 2 ** 14;

/** δ at the ε that is the tilted mean, from above (side 1) or below (side −1). */
function deltaAt(loss: Tilted, tilt: number, side: 1 | -1): number {
  const { cumulant, mean, variance, third } = loss;
  if (![cumulant, mean, third].every(Number.isFinite) || !(variance > 0)) return side > 0 ? 1 : 0;
  const spread = Math.sqrt(variance);
  // E[f] under N(0, s²): ½ erfcx(λ s/√2) − ½ erfcx((λ + 1) s/√2).
  const normal = (erfcx((tilt * spread) / Math.SQRT2) - erfcx(((tilt + 1) * spread) / Math.SQRT2)) / 2;
  const highest = tilt === 0 ? 1 : Math.exp(-tilt * Math.log1p(1 / tilt)) / (tilt + 1);
  const away = (2 * highest * BERRY_ESSEEN * third) / spread ** 3;
  return Math.exp(cumulant - tilt * mean) * Math.max(0, normal + side * away);
}

function composed(
  runs: readonly Steps[],
  cuts: readonly number[],
  direction: Direction,
  tilt: number,
): Tilted {
  const sum: Tilted = { cumulant: 0, mean: 0, variance: 0, third: 0 };
  for (const [index, run] of runs.entries()) {
    // Under Q, where the likelihood ratio is r: E_P[e^{λ ln r}] = E_Q[r^{λ+1}], and E_Q[e^{−λ ln r}] the other way.
    const one = oneStep(run, direction === 'remove' ? tilt + 1 : -tilt, cuts[index]!);
    sum.cumulant += run.steps * one.cumulant;
    sum.mean += (direction === 'remove' ? 1 : -1) * run.steps * one.mean;
    sum.variance += run.steps * one.variance;
    sum.third += run.steps * one.third;
  }
  return sum;
}

/**
 * Of the loss l = ln(1 + x), x(z) = q (e^{(2z−1)/2σ²} − 1), under N(0, σ²) tilted by (1 + x)^power; by the same trapezoid rule
 * as `rdp/fractional-order.ts`. The tiny ln E[(1 + x)^power] is summed as what the power lies above its tangent, for E[x] = 0.
 */
function oneStep({ sampleRate: q, noiseMultiplier: sigma }: Steps, power: number, cut: number): Tilted {
  const variance = sigma * sigma;
  const step = quadratureStep(sigma);
  const start = -REACH * sigma;
  const end = Math.min(cut, Math.max(2, power) + REACH * sigma);
  const count = Math.floor((end - start) / step) + 1;
  const weights = new Float64Array(count);
  const losses = new Float64Array(count);
  let excess = 0;
  let total = 0;
  let first = 0;
  for (let j = 0; j < count; j++) {
    const z = start + j * step;
    const x = q * Math.expm1((2 * z - 1) / (2 * variance));
    const loss = Math.log1p(x);
    const plain = (step / (sigma * Math.sqrt(2 * Math.PI))) * Math.exp((-z * z) / (2 * variance));
    const weight = plain * Math.exp(power * loss);
    excess += plain * powerAboveTangent(x, power, loss);
    total += weight;
    first += weight * loss;
    weights[j] = weight;
    losses[j] = loss;
  }
  const mean = first / total;
  let second = 0;
  let fourth = 0;
  for (let j = 0; j < count; j++) {
    const square = (losses[j]! - mean) ** 2;
    second += weights[j]! * square;
    fourth += weights[j]! * square * square;
  }
  // E|y|³ ≤ √(E y² E y⁴), which has no kink for the quadrature to miss.
  const third = Math.sqrt((second / total) * (fourth / total));
  return { cumulant: Math.log1p(excess), mean, variance: second / total, third };
}
