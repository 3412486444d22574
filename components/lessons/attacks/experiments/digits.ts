/**
 * The digits of the lesson on attacks: a few private ones, and public ones of the same kind. All are of the MNIST training set, so
 * that members and non-members differ in nothing but membership; from place 40,000 on this site calls them public, and no account
 * is kept of those.
 */
import { type Digits, loadMnistShard, MNIST_CLASSES, MNIST_SIDE } from '@/lib/data';
import { ATTACKED_DIGITS } from '@/lib/runs/accounts/attacked-digits';
import type { ExperimentContext } from '@/lib/runtime/experiment';
import { type Dataset, makeDataset } from '@/lib/training';

const PIXELS = MNIST_SIDE ** 2;
/** The seventh file of ten holds the digits from 42,000 on. */
const PUBLIC_FILE = 7;

/** Non-members that are asked about: many, so that 1 % of them are 20. */
export const OUTSIDERS = 2000;

export interface AttackDigits {
  /** The private digits (0 … 399), then the public ones, as grey values 0 … 1. */
  dataset: Dataset;
  /** Place of the first public digit in `dataset`. */
  publicFrom: number;
}

type Loading = Pick<ExperimentContext<never>, 'assetUrl' | 'signal'> & {
  report: ExperimentContext<unknown>['report'];
};

const tell = ({ report }: Loading, step: number, total: number) =>
  report({ phase: 'download', step, total, label: 'Loading digits' });

async function file(
  place: number,
  { assetUrl, signal }: Loading,
  onProgress: (step: number, total: number) => void,
): Promise<Digits> {
  return loadMnistShard('train', place, {
    fetch: (url, init) => fetch(url, init),
    assetUrl,
    signal,
    onProgress,
  });
}

/** @returns n × 784 grey values from 0 (paper) to 1 (ink) */
function greys(images: Uint8Array): Float32Array {
  return Float32Array.from(images, (value) => value / 255);
}

let prepared: Promise<AttackDigits> | null = null;

/** Loads the digits once a worker. */
export function attackDigits(loading: Loading): Promise<AttackDigits> {
  prepared ??= (async () => {
    const loaded = [0, 0];
    const totals = [0, 0];
    // Both at the same time; how far they are is told of both together, once both have begun.
    const load = (place: number, i: number) =>
      file(place, loading, (step, total) => {
        loaded[i] = step;
        totals[i] = total;
        if (totals.every((bytes) => bytes > 0))
          tell(loading, loaded[0]! + loaded[1]!, totals[0]! + totals[1]!);
      });
    const [mine, theirs] = await Promise.all([load(0, 0), load(PUBLIC_FILE, 1)]);
    return joinDigits(mine, theirs);
  })().catch((error) => {
    prepared = null;
    throw error;
  });
  return prepared;
}

/** Both kinds in one table. */
export function joinDigits(mine: Digits, theirs: Digits): AttackDigits {
  const size = ATTACKED_DIGITS + theirs.size;
  const features = new Float32Array(size * PIXELS);
  features.set(greys(mine.images.subarray(0, ATTACKED_DIGITS * PIXELS)));
  features.set(greys(theirs.images), ATTACKED_DIGITS * PIXELS);
  const labels = new Uint8Array(size);
  labels.set(mine.labels.subarray(0, ATTACKED_DIGITS));
  labels.set(theirs.labels, ATTACKED_DIGITS);
  return {
    dataset: makeDataset(features, labels, PIXELS, MNIST_CLASSES),
    publicFrom: ATTACKED_DIGITS,
  };
}

/** Public digits alone, one file: for cells that touch nobody's data. */
let publicOnly: Promise<Digits> | null = null;
export function publicDigits(loading: Loading): Promise<Digits> {
  publicOnly ??= file(PUBLIC_FILE, loading, (...bytes) => tell(loading, ...bytes)).catch((error) => {
    publicOnly = null;
    throw error;
  });
  return publicOnly;
}
