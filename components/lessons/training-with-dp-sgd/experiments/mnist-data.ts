/**
 * The digits of MNIST with the features that a run asks for. Made once a worker, and kept in the browser's storage for the next
 * visit. Features are found in each file of digits as it arrives, so that the pictures to train on are never held all at once; what
 * is kept spares loading and unpacking those altogether.
 */
import {
  type Digits,
  type FeatureExtractor,
  GaborFeatures,
  keepRows,
  type LoadOptions,
  MNIST_CLASSES,
  MNIST_SIDE,
  type MnistFiles,
  type MnistPart,
  OrientedGradients,
  openMnist,
  type RowsKey,
  readRows,
} from '@/lib/data';
import type { ExperimentContext, Progress } from '@/lib/runtime/experiment';
import { untilIdle } from '@/lib/runtime/idle';
import { pause } from '@/lib/runtime/pause';
import { SharedWork } from '@/lib/runtime/shared-work';
import type { Dataset } from '@/lib/training';
import { PEOPLE, type People, type TrainChoices } from '../train-choices';
import { type DigitRows, digitRows, memoryIsShort } from './digit-rows';

const PIXELS = MNIST_SIDE ** 2;

type Choices = Pick<TrainChoices, 'people' | 'features'>;
type Loading = Progress<never>;

export interface PreparedDigits {
  mnist: {
    /** Of the whole data set. */
    sha256: string;
    /** All that there are, whether they take part or not. */
    train: { size: number };
    test: Digits;
  };
  /** Of those who take part; rows in memory of WebAssembly. */
  train: Dataset;
  /** The test digits, in such memory too. */
  test: Dataset;
}

/** Grey values from 0 to 1. */
const GREYS: FeatureExtractor = {
  width: PIXELS,
  extract(images, index, out, at) {
    for (let i = 0; i < PIXELS; i++) out[at + i] = images[index * PIXELS + i]! / 255;
  },
};

/** `version` counts up whenever an extractor gives other numbers. What is quicker made than read is not kept. */
export const RECIPES = {
  gradients: {
    extractor: () => new OrientedGradients(),
    kept: { id: 'oriented-gradients', version: 1 },
    label: 'Loading digits, finding their edges',
  },
  gabor: {
    extractor: () => new GaborFeatures(),
    kept: { id: 'gabor', version: 2 },
    label: 'Loading digits, measuring their waves',
  },
  pixels: { extractor: () => GREYS, kept: null, label: 'Loading digits' },
} as const;

/** Only the last one asked for is held: they fill up to 130 MB, the wide features in 8 bits. */
let held: { key: string; work: SharedWork<PreparedDigits, Loading> } | null = null;

/**
 * Rejects as loading does, or with the signal's reason after Stop. Whoever asks for the same while it is under way shares it;
 * whoever asks for something else ends it.
 */
export function prepareDigits(
  choices: Choices,
  { signal, assetUrl, report }: Pick<ExperimentContext<never>, 'signal' | 'assetUrl' | 'report'>,
): Promise<PreparedDigits> {
  const key = `${choices.people} ${choices.features}`;
  if (held?.key !== key) {
    held?.work.end();
    const work = new SharedWork<PreparedDigits, Loading>((ended, tell) =>
      prepare(choices, { fetch: (url, init) => fetch(url, init), assetUrl, signal: ended }, tell),
    );
    held = { key, work };
    work.onFailed(() => {
      if (held?.work === work) held = null;
    });
  }
  return held.work.join({ signal, report });
}

/** Which digits take part: every eighth, for instance; a rule that does not look at them. */
class Chosen {
  readonly every: number;
  readonly size: number;

  constructor(people: People, of: number) {
    this.every = Math.round(PEOPLE.all / PEOPLE[people]);
    this.size = Math.floor(of / this.every);
  }

  /** Those of a file, without a copy where it is all of them. `from` is the place of the first among the chosen. */
  of({ images, labels, size, from }: MnistPart): Digits & { from: number } {
    const { every } = this;
    const first = Math.ceil(from / every);
    const end = Math.min(this.size, Math.ceil((from + size) / every));
    if (every === 1) return { images, labels, size, from };
    const count = Math.max(0, end - first);
    const chosen = { images: new Uint8Array(count * PIXELS), labels: new Uint8Array(count), size: count };
    for (let i = 0; i < count; i++) {
      const index = (first + i) * every - from;
      chosen.images.set(images.subarray(index * PIXELS, (index + 1) * PIXELS), i * PIXELS);
      chosen.labels[i] = labels[index]!;
    }
    return { ...chosen, from: first };
  }
}

async function prepare(
  { people, features }: Choices,
  options: LoadOptions & { signal: AbortSignal },
  tell: (progress: Loading) => void,
): Promise<PreparedDigits> {
  const { extractor: make, kept, label } = RECIPES[features];
  const breathe = () => pause(options.signal);
  const files = await openMnist(options);
  const chosen = new Chosen(people, files.sizes.train);
  const extractor = make();
  const narrow = memoryIsShort(chosen.size, extractor.width);
  const rows = digitRows(extractor, chosen.size, narrow);
  const testRows = digitRows(extractor, files.sizes.test, narrow);
  const labels = new Uint8Array(chosen.size);
  const test = emptyDigits(files.sizes.test);
  const key = kept && keyOf(kept, narrow, people, files);
  const parts = [...rows.parts, ...testRows.parts, labels];
  const found = key !== null && (await readRows(key, parts, breathe));

  const extract = async (digits: Digits & { from: number }, into: DigitRows) => {
    if (!found) await into.take(digits, breathe);
  };
  await files.read(
    found ? ['test'] : ['train', 'test'],
    async (part) => {
      if (part.split === 'test') {
        test.images.set(part.images, part.from * PIXELS);
        test.labels.set(part.labels, part.from);
        return extract(part, testRows);
      }
      const those = chosen.of(part);
      labels.set(those.labels, those.from);
      return extract(those, rows);
    },
    (step, total) => tell({ phase: 'download', step, total, label: found ? 'Loading digits' : label }),
  );
  if (key && !found) keepLater(key, parts);
  return {
    mnist: { sha256: files.sha256, train: { size: files.sizes.train }, test },
    train: rows.dataset(labels, MNIST_CLASSES),
    test: testRows.dataset(test.labels, MNIST_CLASSES),
  };
}

const emptyDigits = (size: number): Digits => ({
  ...{ images: new Uint8Array(size * PIXELS), labels: new Uint8Array(size), size },
});

const keyOf = (
  { id, version }: { id: string; version: number },
  narrow: boolean,
  people: People,
  files: MnistFiles,
): RowsKey => ({
  what: `${id}-${people}${narrow ? '-8-bit' : ''}`,
  version: `${version}-${files.sha256}`,
});

/** Milliseconds: somebody who waits for these digits has begun a run by then. */
const KEEP_AFTER = 4000;

/** Nobody waits for the disk: runs go first, between any two pieces. */
function keepLater(key: RowsKey, parts: readonly ArrayBufferView[]): void {
  setTimeout(() => void untilIdle().then(() => keepRows(key, parts, untilIdle)), KEEP_AFTER);
}
