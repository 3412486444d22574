import { RandomnessError } from './errors';
import { WordStream } from './word-stream';

/** `crypto.getRandomValues` serves at most 65,536 bytes a call. */
const BUFFER_WORDS = 65_536 / Uint32Array.BYTES_PER_ELEMENT;

/**
 * Randomness that protects people: the operating system's cryptographic generator, through `crypto.getRandomValues`, in
 * chunks of 64 KiB. There is no seed and no way to repeat a draw. Works in pages, workers and Node.
 *
 * What it does not do: its Gaussian and Laplace values are doubles, whose low-order bits can in principle tell which
 * input they were added to (Mironov 2012; Jin et al. 2022). Where a single exact count is released, use the discrete
 * mechanisms of `lib/privacy`; a sum of clipped gradients rounded to single precision is the practical case.
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

  protected override spend(cursor: number): void {
    this.words.fill(0, this.cursor, cursor);
    super.spend(cursor);
  }

  protected refill(): void {
    globalThis.crypto.getRandomValues(this.words as Uint32Array<ArrayBuffer>);
  }
}
