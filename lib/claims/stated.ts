/** What a published guarantee says as (ε, δ), and what that alone says of an attacker. */
import { approximateOdds, bestGuessRate, zcdpEpsilon } from '@/lib/privacy';
import type { Deployment } from './deployment';

/** At which δ a guarantee that was published as ρ alone is turned into ε: the one that the US Census Bureau names. */
export const CONVERTED_DELTA = 1e-10;

/** A guarantee as (ε, δ). */
export interface Stated {
  /** nats */
  epsilon: number;
  delta: number;
  /** Not published so, but worked out here from ρ at `CONVERTED_DELTA`. */
  converted: boolean;
}

/** Null where nothing was published that could be turned into (ε, δ). */
export function statedBy({ epsilon, delta, rho }: Deployment): Stated | null {
  if (epsilon !== null) return { epsilon, delta: delta ?? 0, converted: false };
  if (rho === undefined) return null;
  return { epsilon: zcdpEpsilon(rho, CONVERTED_DELTA), delta: CONVERTED_DELTA, converted: true };
}

/** How well the best attacker can do against anything that is (ε, δ)-DP: all that the two numbers alone exclude. */
export interface StatedOdds {
  /** Of those who took part, the share that is picked out while `falseAccusations` of the others are accused too. */
  caught: number;
  falseAccusations: number;
  /** How often a guess “took part, or not?” is right at best, both being equally likely. */
  rightGuesses: number;
}

/**
 * From ε and δ alone. A mechanism that is known may be better than that, never worse.
 * @param falseAccusations share of those who did not take part, 0 to 1
 */
export function oddsFromStated(
  { epsilon, delta }: Pick<Stated, 'epsilon' | 'delta'>,
  falseAccusations = 0.01,
): StatedOdds {
  const odds = approximateOdds(epsilon, delta);
  return {
    caught: odds.presence.upper(falseAccusations),
    falseAccusations,
    rightGuesses: bestGuessRate(odds),
  };
}
