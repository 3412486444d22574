/** Bounds on what reading a file may take, so that a small hostile file cannot exhaust the memory of a page. */
import { CheckpointError } from './errors';

/** Small files may take this much regardless: an object has a fixed cost, however short the bytes that ask for it. */
const FLOOR = 8 * 2 ** 20;

/**
 * Bytes that reading may allocate beside the file itself: for what it unpacks, and for the values that a pickle or a
 * header turns into (estimated from above). Together at most 2.5 times the file. Weights are decoded to float32 only
 * when asked for, tensor by tensor.
 */
export class MemoryBudget {
  private unpacked: number;
  private values: number;
  constructor(readonly fileBytes: number) {
    this.unpacked = Math.max(FLOOR, 1.5 * fileBytes);
    this.values = Math.max(FLOOR, fileBytes);
  }

  chargeUnpacked(bytes: number): void {
    this.unpacked -= bytes;
    this.check(this.unpacked);
  }

  /** Negative where memory is given back. */
  chargeValues(bytes: number): void {
    this.values -= bytes;
    this.check(this.values);
  }

  private check(left: number): void {
    if (left >= 0) return;
    throw tooComplex(
      `Reading this file of ${this.fileBytes.toLocaleString('en')} bytes would take several times its size in memory, which no trained network needs.`,
    );
  }
}

/**
 * Tensors may share their values, but hundreds that all lie in the same place would make a small file a network of gigabytes.
 * @param described bytes of all tensors together
 * @param held bytes that are there for them
 * @throws CheckpointError if they describe more than twice what is there
 */
export function checkShared(described: number, held: number): void {
  if (described <= 2 * held) return;
  throw tooComplex(
    `The tensors of this file have ${described.toLocaleString('en')} bytes together, but it holds ${held.toLocaleString('en')} for them: many lie in the same place.`,
  );
}

const tooComplex = (message: string) =>
  new CheckpointError(
    'checkpoint-too-complex',
    message,
    'It was probably made to exhaust memory. Take the file from its publisher.',
  );
