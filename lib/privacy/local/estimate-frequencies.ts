/** From reports to frequencies: the unbiased estimate of each, its standard error, and an interval around it. */
import { PrivacyError } from '../errors';
import { type FrequencyEstimate, type FrequencyOracle, frequencyVariance } from './frequency-oracle';
import { supportInterval } from './support-law';

/**
 * Estimates of all k frequencies, with confidence intervals that are exact but for the steps of a count.
 *
 * @param confidence 0 … 1, of each interval by itself
 */
export function estimateFrequencies<Report>(
  oracle: FrequencyOracle<Report>,
  reports: Iterable<Report>,
  confidence = 0.95,
): FrequencyEstimate[] {
  const { counts, reports: people } = oracle.supportCounts(reports);
  return estimateFromCounts(oracle, counts, people, confidence);
}

/**
 * The same from counts that are already there.
 *
 * @param counts how many reports support each value
 * @param people how many reports there are
 */
export function estimateFromCounts(
  oracle: Pick<FrequencyOracle<unknown>, 'p' | 'q'>,
  counts: ArrayLike<number>,
  people: number,
  confidence = 0.95,
): FrequencyEstimate[] {
  if (people === 0) {
    throw new PrivacyError(
      'input-invalid',
      'There are no reports to estimate from.',
      'Collect at least one report.',
    );
  }
  return Array.from(counts, (count) => {
    const frequency = (count / people - oracle.q) / (oracle.p - oracle.q);
    const plausible = Math.min(1, Math.max(0, frequency));
    const standardError = Math.sqrt(frequencyVariance(oracle, people, plausible));
    return {
      frequency,
      standardError,
      ...supportInterval(oracle, count, people, confidence),
    };
  });
}
