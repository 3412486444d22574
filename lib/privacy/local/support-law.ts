/**
 * How many reports support a value, exactly: of n people h hold it, so the count is Bin(h, p) + Bin(n − h, q). From that follow
 * intervals that hold the truth as often as they say for any n and ε, where normal ones do not (few phones, a large ε: the count is
 * small and skewed), and the line above which a value that nobody holds comes with a given chance only.
 */
import { checkCount, checkProbability } from '../checks';
import {
  binomialCharacteristic,
  type Characteristic,
  type WholeNumberLaw,
  wholeNumberLaw,
} from '../numerics/whole-number-law';
import type { CountMeanSketch } from './count-mean-sketch';
import { confidenceQuantile, type FrequencyOracle, frequencyVariance } from './frequency-oracle';

type Probabilities = Pick<FrequencyOracle<unknown>, 'p' | 'q'>;

const both = (a: Characteristic, b: Characteristic): Characteristic => ({
  logSize: a.logSize + b.logSize,
  phase: a.phase + b.phase,
});

/** @param holders how many of the `people` hold the value */
export function supportLaw({ p, q }: Probabilities, people: number, holders: number): WholeNumberLaw {
  checkCount(people, 'people', 1);
  checkCount(holders, 'holders');
  return wholeNumberLaw({
    mean: holders * p + (people - holders) * q,
    variance: holders * p * (1 - p) + (people - holders) * q * (1 - q),
    at: (angle) =>
      both(binomialCharacteristic(holders, p, angle), binomialCharacteristic(people - holders, q, angle)),
  });
}

/** So much probability in each tail, or less, refutes a number of holders. */
const tailOf = (confidence: number) => (1 - confidence) / 2;

/**
 * The shares that a count does not refute, by the two-sided mid-P test (Lancaster 1961; Agresti and Gottard 2007): a tail counts half
 * the probability of the count itself. Clopper and Pearson’s tails count it whole, which never falls short but holds far more than
 * 95 % where counts are small; Wilson’s interval for one binomial takes the variance of a sample from a larger crowd, and here
 * everybody is asked. Shares come in whole people, so both ends lie half a person further out.
 *
 * Where not even 0 (or all) of the people is refuted, the interval goes on to where the normal one ends: an unbiased estimate may lie
 * outside [0, 1], and its interval goes with it.
 *
 * @param confidence 0 … 1, of each interval by itself
 */
export function supportInterval(
  oracle: Probabilities,
  count: number,
  people: number,
  confidence = 0.95,
): { low: number; high: number } {
  const { p, q } = oracle;
  const tail = tailOf(confidence);
  const frequency = (count / people - q) / (p - q);
  const normal =
    confidenceQuantile(confidence) *
    Math.sqrt(frequencyVariance(oracle, people, Math.min(1, Math.max(0, frequency))));
  const middle = (holders: number) => supportLaw(oracle, people, holders).middle(count);
  // `middle` falls as holders are added.
  const first = firstWhole(people, people * (frequency - normal), (holders) => middle(holders) < 1 - tail);
  const beyond = firstWhole(people, people * (frequency + normal), (holders) => middle(holders) <= tail);
  const low = (first - 0.5) / people;
  const high = (beyond - 0.5) / people;
  return {
    low: first === 0 ? Math.min(low, frequency - normal) : low,
    high: beyond > people ? Math.max(high, frequency + normal) : high,
  };
}

/**
 * The least number of holders from 0 to `people` for which `holds`, or one more: from a guess on in growing steps until it is passed,
 * then by halves.
 */
function firstWhole(people: number, guess: number, holds: (holders: number) => boolean): number {
  const from = Math.min(people, Math.max(0, Math.round(guess)));
  const up = !holds(from);
  let [low, high] = up ? [from, people + 1] : [-1, from];
  for (let step = 1; ; step *= 4) {
    const next = up ? low + step : high - step;
    if (next <= low || next >= high) break;
    const holdsThere = holds(next);
    if (holdsThere) high = next;
    else low = next;
    if (holdsThere === up) break;
  }
  while (high - low > 1) {
    const between = Math.floor((low + high) / 2);
    if (holds(between)) high = between;
    else low = between;
  }
  return high;
}

/** How often `supportInterval` holds the truth, where the counts have this law: over all counts, exactly. */
export function intervalCoverage(law: WholeNumberLaw, confidence = 0.95): number {
  const tail = tailOf(confidence);
  const from = law.first((k) => law.middle(k) > tail);
  const to = law.first((k) => law.middle(k) >= 1 - tail);
  return law.atLeast(from) - law.atLeast(to);
}

/** The least count that comes with a chance of at most `chance` under this law, and the chance that it, or more, does come. */
export function alarmLine(law: WholeNumberLaw, chance: number): { count: number; chance: number } {
  checkProbability(chance, 'chance');
  const count = law.first((k) => law.atLeast(k) <= chance);
  return { count, chance: law.atLeast(count) };
}

/**
 * How many signs of a count-mean sketch say yes for a value that nobody holds: over the hash functions, the choice of row, and the
 * noise. Whoever holds another value v shares B_v of the k rows’ places with it, B_v ~ Bin(k, 1/m) and the same for all who hold v;
 * each of them says yes with probability f + (1 − 2f) B_v / k, f being the chance that a sign flips.
 *
 * @param others how many people hold each of the other values
 */
export function sketchAlarmLaw(
  { hashes, width, flipProbability }: Pick<CountMeanSketch, 'hashes' | 'width' | 'flipProbability'>,
  others: ArrayLike<number>,
): WholeNumberLaw {
  const flip = flipProbability;
  const held = Array.from(others).filter((count) => count > 0);
  const people = held.reduce((sum, count) => sum + count, 0);
  const shared = collisions(hashes, 1 / width);
  const yes = (rows: number) => flip + ((1 - 2 * flip) * rows) / hashes;
  const meanYes = yes(hashes / width);
  const rowsVariance = (hashes / width) * (1 - 1 / width);
  let variance = 0;
  for (const count of held)
    variance +=
      count * meanYes * (1 - meanYes) +
      (count * count - count) * ((1 - 2 * flip) / hashes) ** 2 * rowsVariance;
  return wholeNumberLaw({
    mean: people * meanYes,
    variance,
    // Given the collisions, nobody’s sign is surer than with none: each has a variance of at least f (1 − f).
    logBound: (angle) => binomialCharacteristic(people, flip, angle).logSize,
    at(angle) {
      let sum: Characteristic = { logSize: 0, phase: 0 };
      const single = shared.map((_, rows) => binomialCharacteristic(1, yes(rows), angle));
      for (const count of held) {
        // Taken out of the mixture, so that its phase follows the angle: the part without collisions.
        const { logSize, phase } = single[0]!;
        let [re, im] = [0, 0];
        for (const [rows, share] of shared.entries()) {
          const size = share * Math.exp(count * (single[rows]!.logSize - logSize));
          const turn = count * (single[rows]!.phase - phase);
          re += size * Math.cos(turn);
          im += size * Math.sin(turn);
        }
        sum = both(sum, {
          logSize: count * logSize + Math.log(Math.hypot(re, im)),
          phase: count * phase + Math.atan2(im, re),
        });
      }
      return sum;
    },
  });
}

/** P[Bin(k, 1/m) = b] for every b that matters, adding up to 1. */
function collisions(rows: number, chance: number): number[] {
  const shares: number[] = [];
  let share = (1 - chance) ** rows;
  for (let b = 0; b <= rows && (share > 1e-15 || b <= rows * chance); b++) {
    shares.push(share);
    share *= ((rows - b) / (b + 1)) * (chance / (1 - chance));
  }
  return shares;
}
