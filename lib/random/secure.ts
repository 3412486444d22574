import { RandomnessError } from './errors';
import { assertDeviation, WordStream } from './word-stream';
import { decide, fillSure } from './ziggurat';

/** `crypto.getRandomValues` serves at most 65,536 bytes a call. */
const BUFFER_WORDS = 65_536 / Uint32Array.BYTES_PER_ELEMENT;

/**
 * Randomness that protects people: the operating system's cryptographic generator, through `crypto.getRandomValues`, in
 * chunks of 64 KiB. There is no seed and no way to repeat a draw. Works in pages, workers and Node.
 *
 * What it does not do: its Gaussian and Laplace values are doubles, whose low-order bits can in principle tell which
 * input they were added to (Mironov 2012; Jin et al. 2022). Where a single exact count is released, use the discrete
 * mechanisms of `lib/privacy`. Sums of clipped gradients get doubles, and that is not ruled out for them.
 */
export class SecureRandom extends WordStream {
  readonly kind = 'secure';

  constructor() {
    if (typeof globalThis.crypto?.getRandomValues !== 'function') {
      throw new RandomnessError(
        'secure-source-missing',
        'This environment offers no cryptographic random generator (crypto.getRandomValues).',
        'Open the page in a current browser, or use Node 20 or newer. Without it no private run is possible.',
      );
    }
    super(BUFFER_WORDS);
  }

  override uint32(): number {
    const word = super.uint32();
    // A used word is erased, so that memory read later cannot give past noise away.
    this.words[this.cursor - 1] = 0;
    return word;
  }

  /** By the ziggurat: four times as fast as Box and Muller, and drawn for every weight at every step. */
  override fillGaussian(out: Float64Array | Float32Array, standardDeviation = 1): void {
    assertDeviation(standardDeviation);
    const { words } = this;
    let i = 0;
    while (i < out.length) {
      // A single word that is left over is erased unused.
      if (words.length - this.cursor < 2) {
        this.spend(words.length);
        this.refill();
        this.cursor = 0;
      }
      const done = fillSure(out, i, words, this.cursor, standardDeviation);
      i = done.i;
      const first = words[done.at - 2]!;
      const second = words[done.at - 1]!;
      this.spend(done.at);
      if (!done.asks) continue;
      const normal = decide(first, second, () => this.uniform());
      if (!Number.isNaN(normal)) out[i++] = standardDeviation * normal;
    }
  }

  protected override spend(cursor: number): void {
    this.words.fill(0, this.cursor, cursor);
    super.spend(cursor);
  }

  protected refill(): void {
    globalThis.crypto.getRandomValues(this.words as Uint32Array<ArrayBuffer>);
  }
}
