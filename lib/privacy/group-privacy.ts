/**
 * What a promise for one record says to a person with several: group privacy. Taking k records out one after another goes through k
 * pairs of neighbours (Dwork and Roth 2014, Theorem 2.2; with δ: Vadhan 2017, Lemma 2.2).
 */
import { checkCount, checkDelta, checkEpsilon } from './checks';

/**
 * (kε, δ Σ_{i<k} e^{iε}): the chain of inequalities P₀ ≤ e^ε P₁ + δ ≤ e^{2ε} P₂ + e^ε δ + δ ≤ …, summed up exactly. All that (ε, δ)
 * alone gives; of a known mechanism more may be known.
 *
 * @param epsilon nats, for one record
 * @param delta 0 ≤ δ < 1, for one record
 * @param records k ≥ 1
 * @returns δ may come out at 1 or above, and then nothing is promised: it is given as 1
 */
export function groupPrivacy(
  epsilon: number,
  delta: number,
  records: number,
): { epsilon: number; delta: number } {
  checkEpsilon(epsilon);
  checkDelta(delta);
  checkCount(records, 'records', 1);
  if (delta === 0 || records === 1) return { epsilon: records * epsilon, delta };
  // Σ_{i<k} e^{iε} = (e^{kε} − 1) / (e^ε − 1), which is beyond every double where its largest term is.
  const chain =
    epsilon === 0
      ? records
      : (records - 1) * epsilon > 700
        ? Number.POSITIVE_INFINITY
        : Math.expm1(records * epsilon) / Math.expm1(epsilon);
  return { epsilon: records * epsilon, delta: Math.min(1, delta * chain) };
}

/**
 * The largest probability with which anybody can name, at the first try, a secret drawn evenly from `candidates` that stands in
 * `records` of the records: without it in the data no guess is right more often than 1 / candidates, so with it at most
 * e^{kε} / candidates + δ_k. Never more than 1.
 */
export function namedSecretBound(options: {
  epsilon: number;
  delta: number;
  records: number;
  candidates: number;
}): number {
  const { candidates, records } = options;
  checkCount(candidates, 'candidates', 1);
  const { epsilon, delta } = groupPrivacy(options.epsilon, options.delta, records);
  return Math.min(1, Math.exp(epsilon - Math.log(candidates)) + delta);
}
