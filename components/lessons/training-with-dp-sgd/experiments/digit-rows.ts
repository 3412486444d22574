/** Rows of digits as they are held for a run: as floats, or in 8 bits a number where memory is short. */
import type { Digits, FeatureExtractor } from '@/lib/data';
import { extractAll } from '@/lib/data/features';
import { allocateRows } from '@/lib/kernels/resident-rows';
import { type Dataset, makeDataset, NarrowRows, narrowDataset } from '@/lib/training';

export interface DigitRows {
  /** All that must be kept so that nothing need be computed again. */
  readonly parts: readonly ArrayBufferView[];
  /** Finds the rows of some digits, the first of which is number `from`. */
  take(digits: Digits & { from: number }, breathe: () => Promise<void>): Promise<void>;
  dataset(labels: Uint8Array, classes: number): Dataset;
}

/** Bytes of all rows as floats: more than that would be too much for one run. */
const MOST_BYTES = 150e6;
/** Gigabytes of memory, as far as a browser tells. */
const LITTLE_GB = 2;
const PIXELS = 28 * 28;
/** Digits whose features are floats at one time. */
const AT_ONCE = 2500;

/** Whether 8 bits a number must do. */
export function memoryIsShort(rows: number, width: number): boolean {
  // Only some browsers tell; Node 20 has no navigator at all.
  const told = globalThis.navigator as { deviceMemory?: number } | undefined;
  return rows * width * 4 > MOST_BYTES || (told?.deviceMemory ?? LITTLE_GB + 1) <= LITTLE_GB;
}

export function digitRows(extractor: FeatureExtractor, size: number, narrow: boolean): DigitRows {
  return narrow ? narrowRows(extractor, size) : wideRows(extractor, size);
}

function wideRows(extractor: FeatureExtractor, size: number): DigitRows {
  const { width } = extractor;
  const rows = allocateRows(size, width);
  return {
    parts: [rows],
    async take(digits, breathe) {
      const out = rows.subarray(digits.from * width, (digits.from + digits.size) * width);
      await extractAll(extractor, digits.images, { out, breathe });
    },
    dataset: (labels, classes) => makeDataset(rows, labels, width, classes),
  };
}

function narrowRows(extractor: FeatureExtractor, size: number): DigitRows {
  const { width } = extractor;
  const rows = new NarrowRows(size, width);
  return {
    parts: [rows.codes, rows.scales],
    async take(digits, breathe) {
      for (let start = 0; start < digits.size; start += AT_ONCE) {
        const images = digits.images.subarray(start * PIXELS, (start + AT_ONCE) * PIXELS);
        const found = await extractAll(extractor, images, { breathe });
        for (let i = 0; i * width < found.length; i++) rows.write(digits.from + start + i, found, i * width);
      }
    },
    dataset: (labels, classes) => narrowDataset(rows, labels, classes),
  };
}
