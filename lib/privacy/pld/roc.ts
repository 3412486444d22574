import type { PrivacyEvent } from '../events';
import { bracketRoot } from '../numerics/root';
import type { Bounds } from './accountant';
import { compose, totalTimes } from './compose-parts';
import type { ComposedLoss } from './convolve';
import type { Direction, DominatingPair } from './dominating-pair';
import { partsOf } from './parts';
import { Cumulants, type Part, planAt } from './plan';
import { hockeyStick } from './single';

/**
 * The attacker's best ROC curve against a list of events, from both sides, by the lemma of Neyman and Pearson: accuse where the
 * privacy loss is above a threshold.
 *
 * With P the outcome where the person took part and Q where not, and δ in either direction of the neighbouring relation, no set of
 * outcomes with Q(S) = α has a P(S) above
 *   min over ε ≥ 0 of  e^ε α + δ_remove(ε)  and  1 − e^{−ε} (1 − α − δ_add(ε)),
 * and with every ε that is the largest P(S) itself (Dong, Roth and Su 2022, Proposition 2.12, for each direction by itself; Zhu, Dong
 * and Wang 2022). So one curve needs both directions: one decides it where few are accused, the other where many are.
 */

/** The largest true positive rate at a false positive rate: `upper` is never below the truth, `lower` never above. */
export interface RocBounds {
  upper(falsePositiveRate: number): number;
  lower(falsePositiveRate: number): number;
}

/** Whom the attacker wants to name: those who took part, or those who did not. The two curves differ under sampling. */
export type Aim = 'presence' | 'absence';

/** Both curves, and the largest difference of the two rates on either: the total variation distance, δ(0), the same both ways. */
export interface Roc extends Record<Aim, RocBounds> {
  advantage: Bounds;
}

/** δ(ε) at ε = 0 and at each grid loss above it, with e^ε beside it. Between two of them it is linear in e^ε. */
interface Corners {
  ratios: Float64Array;
  deltas: Float64Array;
}

/** The bounds should not be further apart than this; the truth is then within a third or so of it below the upper one. */
const TOLERATED_GAP = 5e-4;

/** False positive rates at which the gap is looked at. */
const WATCHED = [1e-5, 1e-4, 1e-3, 0.01, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9];

/** How often a grid is made anew where the first was too coarse. */
const MOST_ATTEMPTS = 4;

/** Discretisation may move the loss by about this part of its standard deviation, at first. */
const RELATIVE_ERROR = 4e-4;

/** Probability that may be cut off the tails of all steps together. */
const CUT_OFF = 1e-12;

/** As in `read-off.ts`: what the window and rounding may have moved. */
const MISPLACED = 1e-11;

/** Both curves of a list of events: presence needs "remove" where few are accused and "add" where many are; absence the reverse. */
export function pldRoc(events: readonly PrivacyEvent[]): Roc {
  const { parts, failure, exposed, unresolved } = partsOf(events);
  if (exposed) return { ...bothAims({ upper: () => 1, lower: () => 1 }), advantage: { upper: 1, lower: 1 } };
  if (unresolved) {
    return { ...bothAims({ upper: () => 1, lower: (alpha) => alpha }), advantage: { upper: 1, lower: 0 } };
  }
  const roc = parts.length === 0 ? NOTHING : isSingle(parts) ? singleRoc(parts[0]!.pair) : composedRoc(parts);
  if (failure === 0) return roc;
  // With probability `failure` the outcome gives everything away, which needs no false positive; else the curve holds.
  const whole = (rate: number) => failure + (1 - failure) * rate;
  const wholeCurve = (curve: RocBounds['upper']) => (alpha: number) =>
    alpha < 1 - failure ? whole(curve(alpha / (1 - failure))) : 1;
  const of = ({ upper, lower }: RocBounds) => ({ upper: wholeCurve(upper), lower: wholeCurve(lower) });
  return {
    presence: of(roc.presence),
    absence: of(roc.absence),
    advantage: { upper: whole(roc.advantage.upper), lower: whole(roc.advantage.lower) },
  };
}

const bothAims = (curve: RocBounds): Record<Aim, RocBounds> => ({ presence: curve, absence: curve });

/** Nothing released: the attacker can only toss a coin. */
const NOTHING: Roc = {
  ...bothAims({ upper: (alpha) => alpha, lower: (alpha) => alpha }),
  advantage: { upper: 0, lower: 0 },
};

const isSingle = (parts: readonly Part[]) => parts.length === 1 && parts[0]!.times === 1;

/** Of a pair composed with nothing: exact. */
function singleRoc(pair: DominatingPair): Roc {
  const of = (aim: Aim): RocBounds => {
    const rate = (alpha: number) => singleRate(pair, aim, alpha);
    return { upper: rate, lower: rate };
  };
  const distance = hockeyStick(pair, 'remove', 0);
  return {
    presence: of('presence'),
    absence: of('absence'),
    advantage: { upper: distance, lower: distance },
  };
}

/** The threshold is found where the loss exceeds it with probability α, and an atom there is split. */
function singleRate(pair: DominatingPair, aim: Aim, alpha: number): number {
  if (alpha >= 1) return 1;
  const out = new Float64Array(4);
  /** Of all outcomes the attacker accuses at loss above y: their probability among the accused and among those not to be accused. */
  const above = (y: number) => {
    let right = 0;
    let wrong = 0;
    if (aim === 'presence') {
      pair.tails(y, out);
      [right, wrong] = [out[1]!, out[3]!];
      for (const { loss, p, q } of pair.atoms) if (loss > y) [right, wrong] = [right + p, wrong + q];
    } else {
      pair.tails(-y, out);
      [right, wrong] = [out[2]!, out[0]!];
      for (const { loss, p, q } of pair.atoms) if (-loss > y) [right, wrong] = [right + q, wrong + p];
    }
    return { right, wrong };
  };
  const excess = (y: number) => above(y).wrong - alpha;
  let high = 1;
  while (excess(high) > 0 && high < 1e300) high *= 2;
  let low = -1;
  while (excess(low) <= 0 && low > -1e300) low *= 2;
  const threshold = bracketRoot(excess, low, high, 1e-15, 1e-300).high;
  const { right, wrong } = above(threshold);
  // What is left of α is spent on outcomes at the threshold itself, where e^threshold right ones come with each wrong one.
  const left = Math.max(0, alpha - wrong);
  return Math.min(1, right + (left > 0 ? Math.exp(threshold + Math.log(left)) : 0));
}

function composedRoc(parts: readonly Part[]): Roc {
  let refinement = 1;
  for (let attempt = 1; ; attempt++) {
    const remove = composedCorners(parts, 'remove', refinement);
    const add = parts.every(({ pair }) => pair.symmetric)
      ? remove
      : composedCorners(parts, 'add', refinement);
    const roc: Roc = {
      presence: rocOf(remove, add),
      absence: rocOf(add, remove),
      advantage: {
        upper: Math.min(remove.upper.deltas.at(-1)!, add.upper.deltas.at(-1)!),
        lower: Math.max(remove.lower.deltas.at(-1)!, add.lower.deltas.at(-1)!),
      },
    };
    const gap = Math.max(...[roc.presence, roc.absence].flatMap(gapsOf));
    if (gap <= TOLERATED_GAP || attempt === MOST_ATTEMPTS) return roc;
    refinement *= Math.max(0.1, 0.8 * Math.sqrt(TOLERATED_GAP / gap));
  }
}

const gapsOf = ({ upper, lower }: RocBounds) => WATCHED.map((alpha) => upper(alpha) - lower(alpha));

/** δ at every loss of the grid in one direction, from above and from below. */
function composedCorners(
  parts: readonly Part[],
  direction: Direction,
  refinement: number,
): { upper: Corners; lower: Corners } {
  const times = totalTimes(parts);
  const logTail = Math.log(CUT_OFF) - Math.log(times);
  const cumulants = new Cumulants(parts, direction, logTail);
  const tolerated = RELATIVE_ERROR * Math.sqrt(cumulants.at(0).variance) + 1e-9;
  const plan = planAt(cumulants, direction, { tilt: 0, epsilon: 0 }, times, tolerated);
  const { pessimistic, optimistic } = compose(parts, { ...plan, step: plan.step * refinement }, logTail);
  return { upper: corners(pessimistic, MISPLACED), lower: corners(optimistic, -MISPLACED) };
}

/**
 * δ(ε) = P(L = ∞) + Σ_{y > ε} P(L = y) (1 − e^{ε − y}) at every grid point y ≥ 0 and at 0, gathered from the top as in `read-off.ts`;
 * the loss is not tilted.
 */
function corners({ masses, step, low, logScale, infinite }: ComposedLoss, slack: number): Corners {
  const scale = Math.exp(logScale);
  const fade = Math.exp(-step);
  const gain = -Math.expm1(-step);
  const ratios: number[] = [];
  const deltas: number[] = [];
  const keep = (epsilon: number, finite: number) => {
    ratios.push(Math.exp(epsilon));
    deltas.push(Math.min(1, Math.max(0, infinite + scale * (finite + slack))));
  };
  // Of the masses above the point reached: Σ m e^{−Δ}, and Σ m (1 − e^{−Δ}), Δ the distance above it.
  let b = 0;
  let d = 0;
  let j = masses.length - 1;
  for (; j >= 0; j--) {
    const y = low + j * step;
    if (y <= 0) break;
    keep(y, d);
    d += gain * (b + masses[j]!);
    b = fade * (b + masses[j]!);
  }
  // b and d now look from one step below the last point kept, or from below the window; 0 lies somewhere above or below that.
  const y = low + j * step;
  keep(0, d - Math.expm1(-y) * b);
  return { ratios: Float64Array.from(ratios), deltas: Float64Array.from(deltas) };
}

/** The curve of an attacker whose accused have the loss of `few`, and whose spared that of `many`. */
function rocOf(few: { upper: Corners; lower: Corners }, many: { upper: Corners; lower: Corners }): RocBounds {
  const of = (side: 'upper' | 'lower') => (alpha: number) => {
    if (alpha >= 1) return 1;
    let rate = 1;
    const low = few[side];
    for (let i = 0; i < low.ratios.length; i++) {
      const bound = (alpha === 0 ? 0 : low.ratios[i]! * alpha) + low.deltas[i]!;
      if (bound < rate) rate = bound;
    }
    const high = many[side];
    for (let i = 0; i < high.ratios.length; i++) {
      const bound = 1 - (1 - alpha - high.deltas[i]!) / high.ratios[i]!;
      if (bound < rate) rate = bound;
    }
    return Math.max(alpha, rate);
  };
  return { upper: of('upper'), lower: of('lower') };
}
