/**
 * Whether the perceptron's step computes rightly in this browser: a few rows against the definition in double. Takes a few
 * milliseconds, once.
 */
import { makeDataset } from '../dataset';
import { Perceptron, type Products } from './perceptron';

/** Worst error of a sum whose terms are about 1. */
const TOLERANCE = 1e-5;
const CLIP = 0.8;

const verdicts = new Map<Products, Promise<boolean>>();

export function perceptronIsRight(products: Products): Promise<boolean> {
  let verdict = verdicts.get(products);
  if (!verdict) {
    verdict = errorOfStep(products).then(
      (error) => error <= TOLERANCE,
      () => false,
    );
    verdicts.set(products, verdict);
  }
  return verdict;
}

/** Of clipped sums, over numbers of rows, inputs, hidden numbers and classes that fill no tile. */
async function errorOfStep(products: Products): Promise<number> {
  const [size, width, hidden, classes] = [7, 9, 5, 3];
  const value = (i: number) => ((i * 0.61803398875) % 1) * 2 - 1;
  const numbers = (count: number, from: number) =>
    Float64Array.from({ length: count }, (_, i) => Math.fround(value(i + from)));
  const features = Float32Array.from(numbers(size * width, 1));
  const labels = Uint8Array.from({ length: size }, (_, i) => i % classes);
  const dataset = makeDataset(features, labels, width, classes);
  const weights = [
    numbers(width * hidden, 100),
    numbers(hidden, 200),
    numbers(hidden * classes, 300),
    numbers(classes, 400),
  ] as const;

  const expected = weights.map((w) => new Float64Array(w.length));
  for (let row = 0; row < size; row++) {
    const x = [...features.subarray(row * width, (row + 1) * width)];
    const h = product(x, weights[0], weights[1]).map(Math.tanh);
    const z = product(h, weights[2], weights[3]).map(Math.exp);
    const total = z.reduce((sum, one) => sum + one, 0);
    const behind = z.map((one, c) => one / total - (c === labels[row] ? 1 : 0));
    const inside = h.map((t, j) => {
      const sum = behind.reduce((part, slope, c) => part + slope * weights[2][j * classes + c]!, 0);
      return sum * (1 - t * t);
    });
    const gradient = [outer(x, inside), inside, outer(h, behind), behind];
    const factor = Math.min(1, CLIP / Math.hypot(...gradient.flat()));
    for (const [p, part] of gradient.entries())
      for (const [i, slope] of part.entries()) expected[p]![i] = expected[p]![i]! + factor * slope;
  }

  const sizes = [
    { inputs: width, outputs: hidden, bias: true },
    { inputs: hidden, outputs: classes, bias: true },
  ];
  const kernel = await Perceptron.of(dataset, sizes, products);
  const learner = { weights, clipping: { rule: 'flat' as const, maxGradNorm: CLIP } };
  const everybody = Int32Array.from({ length: size }, (_, i) => i);
  const [found] = await kernel.sumLot([learner], everybody, async () => {});
  const errors = found!.sums.flatMap((sum, p) => [...sum].map((one, i) => Math.abs(one - expected[p]![i]!)));
  // Not a number is an error too.
  return errors.every(Number.isFinite) ? Math.max(...errors) : Number.POSITIVE_INFINITY;
}

/** a W + b */
const product = (a: readonly number[], weights: Float64Array, bias: Float64Array): number[] =>
  Array.from(bias, (own, c) => a.reduce((sum, one, j) => sum + one * weights[j * bias.length + c]!, own));

const outer = (a: readonly number[], slopes: readonly number[]): number[] =>
  a.flatMap((one) => slopes.map((slope) => one * slope));
