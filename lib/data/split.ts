/**
 * Parting examples into training and test sets. By chance alone, without a look at classes or values: a split that balanced
 * the classes would depend on everybody's label.
 */
import type { RandomSource } from '@/lib/random';
import { DataError } from './files';

export interface Split {
  /** Indices of examples, ascending. */
  train: Int32Array;
  test: Int32Array;
}

/**
 * @param size how many examples there are
 * @param testFraction share held out, between 0 and 1; the nearest whole number of examples
 * @throws DataError `split-invalid` if either part would be empty
 */
export function trainTestSplit(size: number, testFraction: number, random: RandomSource): Split {
  const held = Math.round(size * testFraction);
  if (!(held >= 1 && held < size))
    throw new DataError(
      'split-invalid',
      `Holding out ${testFraction} of ${size} examples leaves nothing to ${held >= 1 ? 'train' : 'test'} on.`,
      'Choose a fraction between 0 and 1 that leaves examples on both sides.',
    );
  return part(shuffled(size, random), 0, held);
}

/**
 * k-fold cross-validation, by place: who is in which fold hangs on nobody's data, but on how many there are. So a bound on "every
 * example is in all training sets but one" is about an example whose row is emptied, and the others keep their places. Every example is in the test set of exactly one fold; fold sizes differ by one at most.
 * @throws DataError `split-invalid` unless 2 ≤ folds ≤ size
 */
export function kFold(size: number, folds: number, random: RandomSource): Split[] {
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= size))
    throw new DataError(
      'split-invalid',
      `${size} examples cannot be parted into ${folds} folds.`,
      `Choose a whole number of folds from 2 to ${size}.`,
    );
  const order = shuffled(size, random);
  const edge = (fold: number) => Math.floor((fold * size) / folds);
  return Array.from({ length: folds }, (_, fold) => part(order, edge(fold), edge(fold + 1)));
}

function shuffled(size: number, random: RandomSource): Int32Array {
  return random.shuffle(Int32Array.from({ length: size }, (_, i) => i));
}

function part(order: Int32Array, from: number, to: number): Split {
  const train = new Int32Array(order.length - (to - from));
  train.set(order.subarray(0, from));
  train.set(order.subarray(to), from);
  return { train: train.sort(), test: order.slice(from, to).sort() };
}
