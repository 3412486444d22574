import type { RandomSource } from '@/lib/random';
import { PrivacyError } from '../errors';
import { sampleBinomial, scatterEvenly } from './binomial-sample';
import type { CountMeanSketch } from './count-mean-sketch';
import type { FrequencyOracle } from './frequency-oracle';
import { type HadamardResponse, hadamardSupport } from './hadamard-response';

/**
 * What a server counts when a whole crowd reports, drawn at once instead of phone by phone. Everybody with the same value does the
 * same thing independently, so the counts are sums of binomial and multinomial draws; the joint distribution is exactly that of
 * single reports, in a time that does not grow with the crowd.
 */

/** How the reports of one oracle add up. `choice`: each names one value; `bits`: k independent bits; `hadamard`: one row. */
export type CrowdKind = 'choice' | 'bits' | 'hadamard';

/**
 * @param people how many hold each of the k values
 * @returns how many reports support each value
 */
export function crowdSupportCounts(
  kind: CrowdKind,
  oracle: FrequencyOracle<unknown>,
  people: ArrayLike<number>,
  random: RandomSource,
): Float64Array {
  const { categories, p, q } = oracle;
  if (people.length !== categories)
    throw new PrivacyError(
      'input-invalid',
      `There are ${people.length} groups of people, but ${categories} values.`,
      'Give one number of people for each value.',
    );
  let all = 0;
  for (let value = 0; value < categories; value++) all += people[value]!;
  if (kind === 'hadamard') {
    // The same as: with probability 2p − 1 an output that supports the value, else any output whatever.
    const { order, supportFromOutputs } = oracle as HadamardResponse;
    const outputs = new Float64Array(order);
    let anything = all;
    for (let value = 0; value < categories; value++) {
      const row = value + 1;
      const lowest = row & -row;
      const inSet = sampleBinomial(random, people[value]!, 2 * p - 1);
      anything -= inSet;
      // Pairs {y, y ⊕ lowest bit of the row} hold one output that supports the value and one that does not.
      scatterEvenly(random, inSet, order / 2, outputs, (pair) => {
        const y = ((pair & -lowest) << 1) | (pair & (lowest - 1));
        return hadamardSupport(row, y) ? y : y ^ lowest;
      });
    }
    scatterEvenly(random, anything, order, outputs, (y) => y);
    return supportFromOutputs(outputs);
  }
  const counts = new Float64Array(categories);
  if (kind === 'choice') {
    // The same as: with probability p − q the truth, else any of the k values, the true one among them.
    let anything = all;
    for (let value = 0; value < categories; value++) {
      counts[value] = sampleBinomial(random, people[value]!, p - q);
      anything -= counts[value]!;
    }
    scatterEvenly(random, anything, categories, counts, (value) => value);
    return counts;
  }
  for (let value = 0; value < categories; value++)
    counts[value] =
      sampleBinomial(random, people[value]!, p) + sampleBinomial(random, all - people[value]!, q);
  return counts;
}

/** The same for a sketch: the crowd's reports go into it. */
export function crowdIntoSketch(
  sketch: CountMeanSketch,
  people: ArrayLike<number>,
  random: RandomSource,
): void {
  const { hashes, width, flipProbability } = sketch;
  /** How many used each row, and of them how many hashed to each place. */
  const inRow = new Float64Array(hashes);
  const atPlace = new Float64Array(hashes * width);
  for (let value = 0; value < people.length; value++) {
    const byRow = new Float64Array(hashes);
    scatterEvenly(random, people[value]!, hashes, byRow, (row) => row);
    for (let row = 0; row < hashes; row++) {
      inRow[row]! += byRow[row]!;
      atPlace[row * width + sketch.place(row, value)]! += byRow[row]!;
    }
  }
  for (let row = 0; row < hashes; row++) {
    const plus = Float64Array.from({ length: width }, (_, i) => {
      const set = atPlace[row * width + i]!;
      return (
        sampleBinomial(random, set, 1 - flipProbability) +
        sampleBinomial(random, inRow[row]! - set, flipProbability)
      );
    });
    sketch.receiveRow(row, inRow[row]!, plus);
  }
}
