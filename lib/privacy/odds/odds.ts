import { bracketRoot } from '../numerics/root';
import type { Bounds } from '../pld/accountant';
import type { RocBounds } from '../pld/roc';

/**
 * ε in attackers: what the best attacker gets right and wrong, as shares of people, instead of nats.
 *
 * "Presence": he names people as having taken part. His true positive rate is the share of those who did take part that he names;
 * his false positive rate the share of those who did not. "Absence": he names people as not having taken part, and the rates change
 * places. Neighbouring data sets differ by one record added or removed.
 */
export interface AttackOdds {
  /** The largest true positive rate at a false positive rate in 0 … 1, from both sides: of an attacker who names those who took part. */
  presence: RocBounds;
  /** The same of one who names those who did not. Under sampling this curve is another. */
  absence: RocBounds;
  /** True positive rate less false positive rate, at its largest; the same for both aims. */
  advantage: Bounds;
}

/** "39 of 100 against 61 of 100": the attack that errs as often on those who took part as on those who did not. */
export interface BalancedOdds {
  /** Share of possible results that make this attacker say "took part", if the person did; 0.5 … 1. */
  ifIn: number;
  /** The same if the person did not: 1 − ifIn. */
  ifOut: number;
}

/**
 * The odds of one answer as Nanayakkara, Smart, Cummings, Kaptchuk and Redmiles (USENIX Security 2023) put them to people: of 100
 * possible results, so many make the attacker believe that the person took part if they did, and so many if they did not. There the
 * answer is a count with Laplace noise and the attacker's threshold lies midway, which is the attack that errs equally often both
 * ways; so it is here, for any mechanism. For one count with Laplace noise at ε = 0.5 it gives their 61 against 39.
 *
 * @returns the upper bound: never less than what the best such attacker reaches
 */
export function balancedOdds({ presence }: AttackOdds): BalancedOdds {
  const { low } = bracketRoot((rate) => presence.upper(rate) - (1 - rate), 0, 0.5, 1e-12, 1e-300);
  return { ifIn: 1 - low, ifOut: low };
}

/** How often the best attacker's guess is right where he would otherwise toss a fair coin: (1 + advantage) / 2. */
export function bestGuessRate({ advantage }: AttackOdds): number {
  return (1 + advantage.upper) / 2;
}

/** Of so many people who took part: the number he names at most, in whole people, if of as many who did not he names `wrongly`. */
export function pickedOut(odds: AttackOdds, { of, wrongly }: { of: number; wrongly: number }): number {
  const rate = odds.presence.upper(wrongly / of);
  // What bounds and rounding add to a whole number makes no further person.
  return Math.min(of, Math.ceil(of * rate - 1e-6));
}
