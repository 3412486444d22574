/**
 * The small case on which products are tested and timed: the products, sums and slopes of one dense layer, on numbers that are
 * the same on every machine, against plain loops in double.
 */
import * as tf from '@tensorflow/tfjs-core';
import { relativeError } from '@/lib/kernels/relative-error';
import { passes } from './passes';
import type { Products } from './products';

/** Of a layer, and how many rows meet it. */
interface Sizes {
  rows: number;
  inputs: number;
  outputs: number;
}

/** Widths that divide by four, and a few rows over; then nothing that divides by anything. */
const EVEN: Sizes = { rows: 66, inputs: 64, outputs: 32 };
const ODD: Sizes = { rows: 7, inputs: 9, outputs: 5 };
/** The size of a lesson's, where the arithmetic shows. */
const LARGE: Sizes = { rows: 256, inputs: 512, outputs: 128 };

interface Case extends Sizes {
  /** rows × inputs, inputs × outputs, rows × outputs */
  input: Float32Array;
  weights: Float32Array;
  slopes: Float32Array;
  labels: Int32Array;
}

/** In [−1, 1), on no grid that rounding likes. */
const values = (length: number, salt: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => (((i + 1) * 0.61803398875 + salt * 0.7548776662) % 1) * 2 - 1);

function makeCase({ rows, inputs, outputs }: Sizes): Case {
  return {
    ...{ rows, inputs, outputs },
    input: values(rows * inputs, 1),
    weights: values(inputs * outputs, 2),
    slopes: values(rows * outputs, 3),
    labels: Int32Array.from({ length: rows }, (_, i) => i % outputs),
  };
}

/** Worst error over all that the products can do, relative to the largest number of each answer. Leaves no tensor behind. */
export async function errorOfProducts(products: Products): Promise<number> {
  const errors = [];
  for (const [sizes, work] of [
    [EVEN, wholeStep],
    [ODD, productsAlone],
  ] as const) {
    const one = makeCase(sizes);
    const actual = tf.tidy(() => work(one, products));
    try {
      const answers = await Promise.all(actual.map((answer) => answer.data()));
      const expected = inDouble(one);
      errors.push(...answers.map((answer, i) => relativeError(answer, expected[i]!)));
    } finally {
      tf.dispose(actual);
    }
  }
  return Math.max(...errors);
}

/** Products of a lesson's size, one of them fetched: by then the device is done. */
export function timedWork(): (products: Products) => Promise<void> {
  const large = makeCase(LARGE);
  return async (products) => {
    const answers = tf.tidy(() => productsAlone(large, products));
    await answers[0]!.data();
    tf.dispose(answers);
  };
}

const slopesOf = ({ rows, outputs, slopes }: Case) => tf.tensor2d(slopes, [rows, outputs]);

function productsAlone(one: Case, products: Products): tf.Tensor[] {
  const { rows, inputs, outputs } = one;
  const input = tf.tensor2d(one.input, [rows, inputs]);
  const weights = tf.tensor2d(one.weights, [inputs, outputs]);
  const slopes = slopesOf(one);
  return [
    products.times(input, weights),
    products.timesTransposed(slopes, weights),
    products.transposedTimes(input, slopes),
  ];
}

function wholeStep(one: Case, products: Products): tf.Tensor[] {
  const slopes = slopesOf(one);
  const { columnSums, squaredLengths, softmaxSlopes } = passes(products);
  const { losses, gradient } = softmaxSlopes(slopes, tf.tensor1d(one.labels, 'int32'));
  return [...productsAlone(one, products), columnSums(slopes), squaredLengths(slopes), losses, gradient];
}

/** The same by plain loops, in the same order. */
function inDouble({ rows, inputs, outputs, input, weights, slopes, labels }: Case): Float64Array[] {
  const losses = new Float64Array(rows);
  const gradient = new Float64Array(rows * outputs);
  const sums = new Float64Array(outputs);
  const squares = new Float64Array(rows);
  const output = new Float64Array(rows * outputs);
  const back = new Float64Array(rows * inputs);
  const outer = new Float64Array(inputs * outputs);
  for (let r = 0; r < rows; r++) {
    const own = slopes.subarray(r * outputs, (r + 1) * outputs);
    const exponentials = own.reduce((sum, z) => sum + Math.exp(z), 0);
    losses[r] = Math.log(exponentials) - own[labels[r]!]!;
    for (let o = 0; o < outputs; o++) {
      const slope = own[o]!;
      gradient[r * outputs + o] = Math.exp(slope) / exponentials - (o === labels[r] ? 1 : 0);
      sums[o] = sums[o]! + slope;
      squares[r] = squares[r]! + slope * slope;
      for (let i = 0; i < inputs; i++) {
        const [at, x, w] = [i * outputs + o, input[r * inputs + i]!, weights[i * outputs + o]!];
        output[r * outputs + o] = output[r * outputs + o]! + x * w;
        back[r * inputs + i] = back[r * inputs + i]! + slope * w;
        outer[at] = outer[at]! + x * slope;
      }
    }
  }
  return [output, back, outer, sums, squares, losses, gradient];
}
