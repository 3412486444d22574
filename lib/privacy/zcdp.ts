/**
 * Zero-concentrated differential privacy (Bun and Steinke 2016) as (ε, δ): what many publishers name instead of ε.
 *
 * ρ-zCDP bounds the Rényi divergence at every order α > 1 by ρα, so the inequality of Canonne, Kamath and Steinke (2020, Proposition
 * 12) holds at every order, and ε is its smallest value: min over α of ρα + ln(1 − 1/α) − ln(δα) / (α − 1).
 */
import { checkPositiveDelta, checkPositiveEpsilon } from './checks';
import { rdpToEpsilon } from './rdp/conversion';

/** Orders looked at in each round; each round looks more closely around the best of the last. */
const ORDERS = 65;
const ROUNDS = 12;

/**
 * An upper bound on ε, in nats, of anything that is ρ-zCDP.
 * @param rho ρ > 0, in nats
 * @param delta 0 < δ < 1
 */
export function zcdpEpsilon(rho: number, delta: number): number {
  checkPositiveEpsilon(rho, 'rho');
  checkPositiveDelta(delta);
  // ρ + 2√(ρ ln(1/δ)), Bun and Steinke's own bound, is attained at α − 1 = √(ln(1/δ) / ρ): the best order is not far from it.
  const middle = Math.log(Math.sqrt(-Math.log(delta) / rho));
  let from = middle - 12;
  let to = middle + 12;
  let epsilon = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const at = (i: number) => from + ((to - from) * i) / (ORDERS - 1);
    const orders = Float64Array.from({ length: ORDERS }, (_, i) => 1 + Math.exp(at(i)));
    const bound = rdpToEpsilon(
      orders,
      orders.map((order) => rho * order),
      delta,
    );
    epsilon = Math.min(epsilon, bound.epsilon);
    const best = orders.indexOf(bound.order);
    [from, to] = [at(Math.max(0, best - 2)), at(Math.min(ORDERS - 1, best + 2))];
  }
  return epsilon;
}
