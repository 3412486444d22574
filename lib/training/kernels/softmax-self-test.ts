/**
 * Whether the fused step computes rightly in this browser: a few rows against the definition in double. Takes less than a
 * millisecond, once.
 */
import { makeDataset } from '../dataset';
import { addOuter, softmaxSlopes } from '../softmax-regression';
import { FusedSoftmax } from './softmax';

/** Worst error of a sum whose terms are about 1. */
const TOLERANCE = 1e-5;

let verdict: Promise<boolean> | null = null;

export function softmaxIsRight(): Promise<boolean> {
  verdict ??= errorOfStep().then(
    (error) => error <= TOLERANCE,
    () => false,
  );
  return verdict;
}

/** Of clipped sums, over rows that are no multiple of four, of columns that are none either, and with fewer classes than ten. */
async function errorOfStep(): Promise<number> {
  const [size, width, classes] = [7, 9, 3];
  const value = (i: number) => ((i * 0.61803398875) % 1) * 2 - 1;
  const features = Float32Array.from({ length: size * width }, (_, i) => value(i + 1));
  const labels = Uint8Array.from({ length: size }, (_, i) => i % classes);
  const dataset = makeDataset(features, labels, width, classes);
  const weights = Float64Array.from({ length: (width + 1) * classes }, (_, i) => Math.fround(value(i + 100)));
  const maxGradNorm = 1.2;

  const expected = new Float64Array(weights.length);
  const slopes = new Float64Array(classes);
  for (let row = 0; row < size; row++) {
    softmaxSlopes(weights, dataset, row, labels[row]!, slopes);
    const length = Math.hypot(...slopes) * Math.sqrt(dataset.squaredNorms[row]! + 1);
    const factor = Math.min(1, maxGradNorm / length);
    addOuter(
      expected,
      dataset,
      row,
      slopes.map((slope) => slope * factor),
    );
  }

  const kernel = await FusedSoftmax.of(dataset);
  const split = [weights.subarray(0, width * classes), weights.subarray(width * classes)];
  const learner = { weights: split, clipping: { rule: 'flat' as const, maxGradNorm } };
  const everybody = Int32Array.from({ length: size }, (_, i) => i);
  const [found] = await kernel.sumLot([learner], everybody, async () => {});
  const errors = [...found!.sums[0]!, ...found!.sums[1]!].map((sum, i) => Math.abs(sum - expected[i]!));
  // Not a number is an error too.
  return errors.every(Number.isFinite) ? Math.max(...errors) : Number.POSITIVE_INFINITY;
}
