import { RandomnessError } from './errors';
import type { RandomSource } from './source';

const TWO_32 = 2 ** 32;
const TWO_26 = 2 ** 26;
const ULP = 2 ** -53;

/**
 * Every distribution of `RandomSource`, built on a buffer of uniform 32-bit words. A subclass only fills the buffer:
 * from the operating system (`SecureRandom`) or from a keyed cipher (`SeededRandom`).
 */
export abstract class WordStream implements RandomSource {
  abstract readonly kind: 'secure' | 'seeded';

  protected readonly words: Uint32Array;
  /** The next unread word. */
  protected cursor: number;
  /** Box–Muller makes normals two at a time; the second waits here for the next call of `gaussian`. */
  protected spareGaussian: number | null = null;

  protected constructor(bufferWords: number) {
    this.words = new Uint32Array(bufferWords);
    this.cursor = bufferWords;
  }

  /** Overwrites all of `this.words` with fresh uniform words. */
  protected abstract refill(): void;

  uint32(): number {
    if (this.cursor === this.words.length) {
      this.refill();
      this.cursor = 0;
    }
    return this.words[this.cursor++]!;
  }

  uniform(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * TWO_26 + low) * ULP;
  }

  integer(bound: number): number {
    if (!Number.isSafeInteger(bound) || bound < 1) {
      throw new RandomnessError(
        'bound-invalid',
        `A random integer below ${bound} was asked for.`,
        'Ask for a whole bound of at least 1 and below 2^53.',
      );
    }
    // Rejection: the values beyond the largest multiple of `bound` would favour small results, so they are drawn again.
    if (bound <= TWO_32) {
      const limit = TWO_32 - (TWO_32 % bound);
      let word = this.uint32();
      while (word >= limit) word = this.uint32();
      return word % bound;
    }
    const range = 2 ** 53;
    const limit = range - (range % bound);
    for (;;) {
      const value = (this.uint32() >>> 5) * TWO_26 + (this.uint32() >>> 6);
      if (value < limit) return value % bound;
    }
  }

  /**
   * Box and Muller (1958) on 53-bit uniforms: with U in (0, 1] and V in [0, 1), √(−2 ln U) · (cos 2πV, sin 2πV) is a
   * pair of independent standard normals. The largest value it can give is √(2 · 53 ln 2) ≈ 8.57, which a true normal
   * exceeds with probability 1e−17.
   */
  gaussian(): number {
    if (this.spareGaussian !== null) {
      const value = this.spareGaussian;
      this.spareGaussian = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.spareGaussian = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  fillGaussian(out: Float64Array | Float32Array, standardDeviation = 1): void {
    assertDeviation(standardDeviation);
    const { length } = out;
    let i = 0;
    while (i < length) {
      // Four words a pair, read straight from the buffer: asked for one by one they cost more than the logarithm.
      const pairs = Math.min((length - i + 1) >> 1, (this.words.length - this.cursor) >> 2);
      const { words } = this;
      let at = this.cursor;
      for (let pair = 0; pair < pairs; pair++, at += 4, i += 2) {
        const u = ((words[at]! >>> 5) * TWO_26 + (words[at + 1]! >>> 6)) * ULP;
        const v = ((words[at + 2]! >>> 5) * TWO_26 + (words[at + 3]! >>> 6)) * ULP;
        writePair(out, i, standardDeviation, u, v);
      }
      if (pairs > 0) this.spend(at);
      // A pair whose words lie in two buffers.
      if (i < length && pairs === 0) {
        writePair(out, i, standardDeviation, this.uniform(), this.uniform());
        i += 2;
      }
    }
  }

  /** Moves the cursor over words that were read. */
  protected spend(cursor: number): void {
    this.cursor = cursor;
  }

  /** By inversion: a fair sign times −b ln U, U in (0, 1]. */
  laplace(scale: number): number {
    if (!(scale >= 0 && scale < Number.POSITIVE_INFINITY)) {
      throw new RandomnessError(
        'scale-invalid',
        `Laplace noise of scale ${scale} was asked for.`,
        'Give a finite scale of at least 0.',
      );
    }
    const magnitude = -scale * Math.log(1 - this.uniform());
    return this.uint32() >= 0x80000000 ? magnitude : -magnitude;
  }

  bernoulli(probability: number): boolean {
    assertProbability(probability);
    return this.below(probability);
  }

  poissonSample(size: number, rate: number): Int32Array {
    assertProbability(rate);
    if (!Number.isInteger(size) || size < 0 || size > 0x7fffffff) {
      throw new RandomnessError(
        'size-invalid',
        `A Poisson sample of a data set of ${size} examples was asked for.`,
        'Give a whole number of examples from 0 to 2147483647.',
      );
    }
    // Room for the mean and six standard deviations; a luckier draw grows it.
    let chosen = new Int32Array(Math.min(size, Math.ceil(size * rate + 6 * Math.sqrt(size * rate)) + 16));
    let count = 0;
    const take = (index: number) => {
      if (count === chosen.length) {
        const larger = new Int32Array(Math.min(size, 2 * count));
        larger.set(chosen);
        chosen = larger;
      }
      chosen[count++] = index;
    };
    // As `below` decides, but straight over the buffer: asked for one by one, words cost several times the comparison.
    const scaled = rate * TWO_32;
    const leading = Math.floor(scaled);
    let index = 0;
    while (index < size) {
      if (this.cursor === this.words.length) {
        this.refill();
        this.cursor = 0;
      }
      const { words } = this;
      const end = Math.min(words.length, this.cursor + size - index);
      let at = this.cursor;
      let ties = false;
      for (; at < end && !ties; at++, index++) {
        const word = words[at]!;
        if (word < leading) take(index);
        else ties = word === leading;
      }
      this.spend(at);
      if (ties && this.uniform() < scaled - leading) take(index - 1);
    }
    return chosen.slice(0, count);
  }

  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T {
    const list = items as { length: number; [index: number]: unknown };
    for (let last = list.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const kept = list[last];
      list[last] = list[other];
      list[other] = kept;
    }
    return items;
  }

  /**
   * Whether a uniform real number falls below `probability`. One word decides, except once in 2^32 when it ties with the
   * leading bits of the probability and 53 further bits decide: exact to 2^−85, at half the words of `uniform() < p`.
   */
  private below(probability: number): boolean {
    const scaled = probability * TWO_32;
    const leading = Math.floor(scaled);
    const word = this.uint32();
    if (word !== leading) return word < leading;
    return this.uniform() < scaled - leading;
  }
}

/** Two normals by Box and Muller, from uniforms on [0, 1); the second is dropped where `out` ends. */
function writePair(out: Float64Array | Float32Array, i: number, deviation: number, u: number, v: number) {
  const radius = deviation * Math.sqrt(-2 * Math.log(1 - u));
  const angle = 2 * Math.PI * v;
  out[i] = radius * Math.cos(angle);
  if (i + 1 < out.length) out[i + 1] = radius * Math.sin(angle);
}

export function assertDeviation(standardDeviation: number): void {
  if (standardDeviation >= 0 && standardDeviation < Number.POSITIVE_INFINITY) return;
  throw new RandomnessError(
    'scale-invalid',
    `Gaussian noise of standard deviation ${standardDeviation} was asked for.`,
    'Give a finite standard deviation of at least 0.',
  );
}

function assertProbability(probability: number): void {
  if (probability >= 0 && probability <= 1) return;
  throw new RandomnessError(
    'probability-invalid',
    `An event of probability ${probability} was asked for.`,
    'Give a probability from 0 to 1.',
  );
}
