import { bracketRoot } from '../numerics/root';
import type { Direction, DominatingPair } from './dominating-pair';

/**
 * δ(ε) of a pair composed with nothing, in closed form: the hockey-stick divergence P(L > ε) − e^ε Q(L > ε). For the Gaussian
 * mechanism this is Theorem 8 of Balle and Wang (2018).
 */
export function hockeyStick(pair: DominatingPair, direction: Direction, epsilon: number): number {
  if (pair.delta) return pair.delta(epsilon);
  const out = new Float64Array(4);
  if (direction === 'remove') {
    pair.tails(epsilon, out);
    let delta = difference(out[1]!, out[3]!, epsilon);
    for (const { loss, p, q } of pair.atoms) if (loss > epsilon) delta += difference(p, q, epsilon);
    return delta;
  }
  pair.tails(-epsilon, out);
  let delta = difference(out[2]!, out[0]!, epsilon);
  for (const { loss, p, q } of pair.atoms) if (-loss > epsilon) delta += difference(q, p, epsilon);
  return delta;
}

/** p − e^ε q, never below 0. */
function difference(p: number, q: number, epsilon: number): number {
  if (q === 0) return p;
  return Math.max(0, p - Math.exp(epsilon + Math.log(q)));
}

/** The ε ≥ 0 at which a pair composed with nothing has the given δ > 0: the root of the closed form. */
export function hockeyStickEpsilon(pair: DominatingPair, direction: Direction, delta: number): number {
  const excess = (epsilon: number) => {
    const value = hockeyStick(pair, direction, epsilon);
    return Math.log((value + 1e-3 * delta) / (1.001 * delta));
  };
  if (excess(0) <= 0) return 0;
  let high = 1;
  // What is no number bounds nothing.
  while (!(excess(high) <= 0)) {
    high *= 2;
    if (high === Number.POSITIVE_INFINITY) return high;
  }
  return bracketRoot(excess, 0, high, 1e-14, 1e-15).high;
}
