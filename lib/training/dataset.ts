/** Examples as rows of numbers with a class each. */
import type { NarrowRows } from './narrow-rows';

export interface Dataset {
  /** n × width, float32, row by row; empty where `narrow` keeps them. */
  readonly features: Float32Array;
  /** n class numbers, 0 … classes − 1. */
  readonly labels: Uint8Array | Int32Array;
  readonly size: number;
  readonly width: number;
  readonly classes: number;
  /** ‖xᵢ‖² of every example: each depends on that example alone, so keeping it costs no privacy. */
  readonly squaredNorms: Float32Array;
  /** The rows in 8 bits a number; then `features` is empty. */
  readonly narrow?: NarrowRows;
  /** For losses on numbers instead of classes: n × shape. */
  readonly targets?: { readonly values: Float32Array; readonly shape: readonly number[] };
}

export class TrainingError extends Error {
  override readonly name = 'TrainingError';
  constructor(
    readonly code: string,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** @throws TrainingError `dataset-malformed` if sizes or labels do not fit together */
export function makeDataset(
  features: Float32Array,
  labels: Uint8Array | Int32Array,
  width: number,
  classes: number,
): Dataset {
  const size = labels.length;
  if (features.length !== size * width)
    throw new TrainingError(
      'dataset-malformed',
      `${size} examples of ${width} values need ${size * width} numbers, but there are ${features.length}.`,
      'Check that features and labels come from the same file.',
    );
  checkLabels(labels, classes);
  const squaredNorms = new Float32Array(size);
  for (let i = 0; i < size; i++) squaredNorms[i] = squaredLength(features, i * width, width);
  return { features, labels, size, width, classes, squaredNorms };
}

/** The same of rows in 8 bits a number. @throws TrainingError as `makeDataset` does */
export function narrowDataset(narrow: NarrowRows, labels: Uint8Array | Int32Array, classes: number): Dataset {
  const { size, width } = narrow;
  if (labels.length !== size)
    throw new TrainingError(
      'dataset-malformed',
      `There are ${size} examples and ${labels.length} labels.`,
      'Check that features and labels come from the same file.',
    );
  checkLabels(labels, classes);
  const squaredNorms = new Float32Array(size);
  const row = new Float32Array(width);
  for (let i = 0; i < size; i++) {
    narrow.read(i, row);
    squaredNorms[i] = squaredLength(row, 0, width);
  }
  return { features: new Float32Array(), narrow, labels, size, width, classes, squaredNorms };
}

/** Copies the features of one example. @param out width numbers */
export function readRow({ features, narrow, width }: Dataset, index: number, out: Float32Array): void {
  if (narrow) narrow.read(index, out);
  else out.set(features.subarray(index * width, (index + 1) * width));
}

/** The features of all examples, n × width: a copy where they are kept in 8 bits a number. */
export function rowsOf({ features, narrow, size, width }: Dataset): Float32Array {
  if (!narrow) return features;
  const rows = new Float32Array(size * width);
  for (let i = 0; i < size; i++) narrow.read(i, rows, i * width);
  return rows;
}

function checkLabels(labels: Uint8Array | Int32Array, classes: number): void {
  const wrong = labels.findIndex((label) => !(label >= 0 && label < classes));
  if (wrong >= 0)
    throw new TrainingError(
      'label-out-of-range',
      `Example ${wrong} has the class ${labels[wrong]}, but there are only ${classes} classes from 0.`,
      'Check the labels, or give the number of classes.',
    );
}

function squaredLength(values: Float32Array, from: number, width: number): number {
  let sum = 0;
  for (let j = from; j < from + width; j++) sum += values[j]! * values[j]!;
  return sum;
}

/** The same examples with numbers to be predicted. @throws TrainingError `dataset-malformed` */
export function withTargets(dataset: Dataset, values: Float32Array, shape: readonly number[]): Dataset {
  const needed = shape.reduce((product, side) => product * side, dataset.size);
  if (values.length !== needed)
    throw new TrainingError(
      'dataset-malformed',
      `${dataset.size} targets of ${shape.join(' × ')} need ${needed} numbers, but there are ${values.length}.`,
      'Check that examples and targets belong together.',
    );
  return { ...dataset, targets: { values, shape } };
}
