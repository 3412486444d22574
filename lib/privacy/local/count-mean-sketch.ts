import type { RandomSource } from '@/lib/random';
import { checkCount, checkPositiveEpsilon } from '../checks';
import { PrivacyError } from '../errors';
import { confidenceQuantile } from './frequency-oracle';

/** One private report: which of the hash functions was used, and the perturbed one-hot vector of signs. */
export interface SketchReport {
  row: number;
  signs: Int8Array;
}

export interface CountMeanSketchOptions {
  epsilon: number;
  /** k: how many hash functions. */
  hashes: number;
  /** m: how many places each hashes to, and how many bits are sent. */
  width: number;
  /** Chooses the hash functions; public, and the same for device and server. */
  seed?: number;
}

/**
 * Apple's private count-mean sketch (Apple Differential Privacy Team 2017, "Learning with privacy at scale", algorithms CMS):
 * counts values from a dictionary too large to send a vector of.
 *
 * The device hashes its value with one of k functions at random, makes a vector of m signs, −1 with +1 at the hash, and flips
 * each sign with probability 1 / (1 + e^{ε/2}). The server adds k (c v/2 + ½) to that row, c = (e^{ε/2} + 1)/(e^{ε/2} − 1).
 */
export class CountMeanSketch {
  readonly epsilon: number;
  readonly hashes: number;
  readonly width: number;
  readonly bitsSent: number;
  readonly flipProbability: number;
  /** c, which makes c·(perturbed sign) unbiased for the sign. */
  readonly scale: number;
  private readonly seed: number;
  private readonly rows: Float64Array;
  private reports = 0;

  constructor({ epsilon, hashes, width, seed = 0 }: CountMeanSketchOptions) {
    checkPositiveEpsilon(epsilon);
    checkCount(hashes, 'hashes', 1);
    checkCount(width, 'width', 2);
    this.epsilon = epsilon;
    this.hashes = hashes;
    this.width = width;
    this.bitsSent = width;
    this.seed = seed;
    this.flipProbability = 1 / (1 + Math.exp(epsilon / 2));
    this.scale = 1 / Math.tanh(epsilon / 4);
    this.rows = new Float64Array(hashes * width);
  }

  /** How many reports were received. */
  get people(): number {
    return this.reports;
  }

  /** On the device: one private report about `value`, a whole number from 0. */
  perturb(value: number, random: RandomSource): SketchReport {
    checkCount(value, 'value');
    const row = random.integer(this.hashes);
    const place = this.place(row, value);
    const signs = Int8Array.from({ length: this.width }, (_, i) => {
      const sign = i === place ? 1 : -1;
      return random.bernoulli(this.flipProbability) ? -sign : sign;
    });
    return { row, signs };
  }

  /** On the server: takes a report in. */
  receive({ row, signs }: SketchReport): void {
    if (!(row >= 0 && row < this.hashes) || signs.length !== this.width) {
      throw new PrivacyError(
        'input-invalid',
        `A report for row ${row} with ${signs.length} signs does not fit a sketch of ${this.hashes} rows of ${this.width}.`,
        'Make and receive reports with the same sketch options.',
      );
    }
    for (let i = 0; i < this.width; i++) {
      this.rows[row * this.width + i]! += this.hashes * ((this.scale * signs[i]!) / 2 + 0.5);
    }
    this.reports++;
  }

  /**
   * On the server: many reports for one row at once.
   * @param reports how many
   * @param plus how many of them have +1 at each place
   */
  receiveRow(row: number, reports: number, plus: ArrayLike<number>): void {
    for (let i = 0; i < this.width; i++) {
      const signs = 2 * plus[i]! - reports;
      this.rows[row * this.width + i]! += this.hashes * ((this.scale * signs) / 2 + reports / 2);
    }
    this.reports += reports;
  }

  /** Unbiased estimate of how many people hold `value`: m/(m − 1) · (mean over rows of M[l][h_l(value)] − n/m). */
  estimateCount(value: number): number {
    let sum = 0;
    for (let row = 0; row < this.hashes; row++) sum += this.rows[row * this.width + this.place(row, value)]!;
    return (this.width / (this.width - 1)) * (sum / this.hashes - this.reports / this.width);
  }

  /** The frequency that is estimated where so many of `people` signs for a value are +1. */
  frequencyOf(plus: number, people: number): number {
    const sum = (this.scale * (2 * plus - people)) / 2 + people / 2;
    return ((this.width / (this.width - 1)) * (sum - people / this.width)) / people;
  }

  /**
   * The estimate as a frequency, with a normal confidence interval.
   *
   * @param others estimated counts of the other values in use, where known; they add to the variance by colliding
   */
  estimateFrequency(value: number, confidence = 0.95, others: readonly number[] = []) {
    if (this.reports === 0) {
      throw new PrivacyError(
        'input-invalid',
        'There are no reports to estimate from.',
        'Receive at least one report.',
      );
    }
    const count = this.estimateCount(value);
    const frequency = count / this.reports;
    const plausible = Math.min(this.reports, Math.max(0, count));
    const counts = [plausible, ...others.map((other) => Math.max(0, other))];
    const standardError = Math.sqrt(
      sketchFrequencyVariance({ ...this, counts, index: 0, people: this.reports }),
    );
    const z = confidenceQuantile(confidence);
    return {
      frequency,
      standardError,
      low: frequency - z * standardError,
      high: frequency + z * standardError,
    };
  }

  /** Where `value` falls in a row. The finaliser of MurmurHash3 stands in for an independent uniform hash function. */
  place(row: number, value: number): number {
    let h = Math.imul(this.seed ^ Math.imul(row + 1, 0x9e3779b1), 0x85ebca6b) ^ value;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return ((h ^ (h >>> 16)) >>> 0) % this.width;
  }
}

/**
 * Variance of an estimated frequency, over the hash functions, the choice of row and the noise, for n people of whom n_v hold
 * value v and n_d the value asked about:
 * (m/(m−1))² [ n (c² − 1)/4 + (1/m)(1 − 1/m)( n − n_d + Σ_{v ≠ d} n_v (n_v − 1)/k ) ] / n².
 */
export function sketchFrequencyVariance(options: {
  epsilon: number;
  hashes: number;
  width: number;
  /** n_v for every value */
  counts: readonly number[];
  /** d: which of them is asked about */
  index: number;
  /** n, where the counts do not cover everybody */
  people?: number;
}): number {
  const { epsilon, hashes, width, counts, index } = options;
  checkPositiveEpsilon(epsilon);
  checkCount(hashes, 'hashes', 1);
  checkCount(width, 'width', 2);
  const people = options.people ?? counts.reduce((sum, count) => sum + count, 0);
  const scale = 1 / Math.tanh(epsilon / 4);
  let collisions = people - counts[index]!;
  counts.forEach((count, i) => {
    if (i !== index) collisions += (count * Math.max(0, count - 1)) / hashes;
  });
  const noise = (people * (scale * scale - 1)) / 4;
  const hashing = (1 / width) * (1 - 1 / width) * collisions;
  return ((width / (width - 1)) ** 2 * (noise + hashing)) / people ** 2;
}
