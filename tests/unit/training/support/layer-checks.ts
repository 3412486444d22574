/**
 * Every layer against what needs no derivation. In a backend's own float32:
 * - its slope against finite differences of its own forward pass;
 * - its parameter gradients against finite differences, weighted by example;
 * - norms and weighted sums of a batch against the same examples one at a time, and with rows that belong together.
 */
import * as tf from '@tensorflow/tfjs-core';
import { SeededRandom } from '@/lib/random';
import {
  averagePool,
  conv2d,
  dense,
  flatten,
  groupNorm,
  type Layer,
  maxPool,
  relu,
  sigmoid,
  silu,
  tanh,
  upsample,
} from '@/lib/training';

export interface LayerCase {
  name: string;
  layer: Layer;
  /** Of one example. */
  shape: number[];
}

const conv = (name: string, options: Parameters<typeof conv2d>[0]): LayerCase => ({
  name,
  layer: conv2d(options),
  shape: [...options.input],
});

export const LAYER_CASES: LayerCase[] = [
  { name: 'dense', layer: dense({ inputs: 5, outputs: 4, initial: 'glorot' }), shape: [5] },
  {
    name: 'dense without bias',
    layer: dense({ inputs: 5, outputs: 3, bias: false, initial: 'glorot' }),
    shape: [5],
  },
  ...(['explicit', 'ghost', 'depthwise'] as const).map((path) =>
    conv(`conv 3×3, one channel, ${path}`, { input: [6, 5, 1], filters: 3, kernel: 3, path }),
  ),
  ...(['explicit', 'ghost'] as const).flatMap((path) => [
    conv(`conv 3×2, valid, ${path}`, { input: [5, 6, 2], filters: 3, kernel: [3, 2], path }),
    conv(`conv 4×4 same, stride 2, ${path}`, {
      input: [7, 8, 2],
      filters: 3,
      kernel: 4,
      stride: 2,
      padding: 'same',
      path,
    }),
    conv(`conv 2×2, stride 3, pixels left over, ${path}`, {
      input: [7, 6, 2],
      filters: 2,
      kernel: 2,
      stride: 3,
      path,
    }),
  ]),
  conv('conv 8×8 same, stride 2, one channel, chosen by cost', {
    input: [9, 9, 1],
    filters: 4,
    kernel: 8,
    stride: 2,
    padding: 'same',
  }),
  conv('conv 3×2 same, stride 2, nine filters, chosen by cost', {
    input: [5, 6, 3],
    filters: 9,
    kernel: [3, 2],
    stride: 2,
    padding: 'same',
  }),
  conv('conv 1×1, stride 2, same, no bias', {
    input: [5, 5, 3],
    filters: 2,
    kernel: 1,
    stride: 2,
    padding: 'same',
    bias: false,
  }),
  { name: 'average pool 2', layer: averagePool({ size: 2 }), shape: [4, 6, 3] },
  { name: 'average pool 2, pixels left over', layer: averagePool({ size: 2 }), shape: [5, 5, 2] },
  {
    name: 'average pool 3, stride 2, same',
    layer: averagePool({ size: 3, stride: 2, padding: 'same' }),
    shape: [6, 5, 2],
  },
  { name: 'max pool 2', layer: maxPool({ size: 2 }), shape: [4, 6, 3] },
  { name: 'max pool 2, stride 1', layer: maxPool({ size: 2, stride: 1 }), shape: [4, 4, 2] },
  {
    name: 'max pool 3, stride 2, same',
    layer: maxPool({ size: 3, stride: 2, padding: 'same' }),
    shape: [6, 5, 2],
  },
  { name: 'relu', layer: relu(), shape: [7] },
  { name: 'tanh', layer: tanh(), shape: [7] },
  { name: 'sigmoid', layer: sigmoid(), shape: [7] },
  { name: 'silu', layer: silu(), shape: [7] },
  { name: 'flatten', layer: flatten(), shape: [3, 2, 2] },
  { name: 'group norm, pictures', layer: groupNorm({ channels: 6, groups: 2 }), shape: [3, 4, 6] },
  { name: 'group norm, rows', layer: groupNorm({ channels: 12, groups: 2 }), shape: [12] },
  { name: 'upsample', layer: upsample(2), shape: [3, 2, 2] },
  { name: 'upsample ×3', layer: upsample(3), shape: [2, 3, 1] },
];

export interface LayerReport {
  name: string;
  /** Worst error relative to the largest entry, against finite differences of float32: a few 1e-3 at best. */
  slope: number;
  parameters: number;
  /** Against the same examples one at a time: float32 to its last digits. */
  norms: number;
  sums: number;
  /** Norms where two rows are one example. */
  copies: number;
}

const BATCH = 4;
const FACTORS = [0.3, 1, 0, 0.7];
/** In float32 a difference of h ≈ ∛1e-7 loses as much to rounding as to curvature. */
const H = 1e-2;

const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const product = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

/** A layer with its input, its starting parameters and a gradient that arrives, the same on every backend. */
async function prepare({ name, layer, shape }: LayerCase) {
  const random = new SeededRandom(name.length, 5);
  const width = size(shape);
  // Half below zero: where a kernel looks for maxima among positive numbers alone, it shows. Spread out, so that a step of h
  // changes the order of no two numbers.
  const x = Float32Array.from(
    { length: BATCH * width },
    (_, i) => ((i * 37) % (BATCH * width)) * 0.05 + 0.021,
  );
  const scale = 2.5 / (0.05 * BATCH * width);
  const ordered = name.startsWith('max') || name === 'relu';
  for (let i = 0; i < x.length; i++) x[i] = ordered ? x[i]! - 0.041 * x.length : x[i]! * scale - 1.5;
  const starts = layer
    .initialise(random)
    .map((p) => Float32Array.from(p, (v) => v + 0.3 * random.gaussian()));

  const output = async (input: Float32Array, parameters: readonly Float32Array[]) => {
    const result = tf.tidy(() => {
      const p = parameters.map((values, k) => tf.tensor(values, [...layer.parameterShapes[k]!]));
      return layer.forward(tf.tensor(input, [BATCH, ...shape]), p).output;
    });
    const values = (await result.data()) as Float32Array;
    const outputShape = result.shape;
    result.dispose();
    return { values, outputShape };
  };
  const first = await output(x, starts);
  const d = Float32Array.from(first.values, () => random.gaussian());

  /** Backward, norms and sums of the rows named. */
  const gradients = async (rows: number[], factors: number[], copies = 1, share = true) => {
    const pick = (all: Float32Array) => {
      const each = all.length / BATCH;
      return Float32Array.from(rows.flatMap((row) => Array.from(all.subarray(row * each, (row + 1) * each))));
    };
    const tensors = tf.tidy(() => {
      const p = starts.map((values, k) => tf.tensor(values, [...layer.parameterShapes[k]!]));
      const { saved } = layer.forward(tf.tensor(pick(x), [rows.length, ...shape]), p);
      const arrived = tf.tensor(pick(d), [rows.length, ...first.outputShape.slice(1)]);
      const shared = {};
      const squares = layer.squaredNorms(arrived, saved, { copies }, shared);
      const sums = layer.weightedSums(arrived, saved, tf.tensor1d(factors), share ? shared : undefined);
      return [layer.backward(arrived, p, saved), ...(squares ? [squares] : []), ...sums];
    });
    const [back, squares, ...sums] = (await Promise.all(tensors.map((t) => t.data()))) as Float32Array[];
    tf.dispose(tensors);
    return { back: back!, squares, sums };
  };
  return { x, starts, d, output, gradients };
}

/** What a backend makes of a layer, to be laid beside what another makes of it: output, slope, norms, sums, pairs of rows. */
export async function layerResults(one: LayerCase): Promise<number[][]> {
  const { x, starts, output, gradients } = await prepare(one);
  const whole = await gradients([0, 1, 2, 3], FACTORS);
  const plain = await gradients([0, 1, 2, 3], FACTORS, 1, false);
  const pairs = await gradients([0, 1, 2, 3], [0.4, 0.4, 1, 1], 2);
  const parts = [
    (await output(x, starts)).values,
    whole.back,
    ...(whole.squares ? [whole.squares, pairs.squares!] : []),
    ...whole.sums,
    ...plain.sums,
    ...pairs.sums,
  ];
  return parts.map((values) => Array.from(values));
}

export async function checkLayer(one: LayerCase): Promise<LayerReport> {
  const { name, layer } = one;
  const { x, starts, d, output, gradients } = await prepare(one);
  const everybody = Array.from({ length: BATCH }, (_, i) => i);
  const factors = FACTORS;
  const whole = await gradients(everybody, factors);
  const scaleOf = (values: ArrayLike<number>) => Math.max(...Array.from(values, Math.abs), 1e-9);
  const worst = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    a.length === b.length ? scaleOf(Array.from(a, (v, i) => v - b[i]!)) / scaleOf(b) : Number.NaN;

  // The slope: one number of one example at a time, each of several directions through d.
  const slopes = await differences(x, async (moved) => product((await output(moved, starts)).values, d));
  let parameters = 0;
  for (const [k, start] of starts.entries()) {
    const weighted = d.map((v, i) => v * factors[Math.floor((i * BATCH) / d.length)]!);
    const expected = await differences(start, async (moved) => {
      const all = starts.map((p, i) => (i === k ? moved : p));
      return product((await output(x, all)).values, weighted);
    });
    parameters = Math.max(parameters, worst(whole.sums[k]!, expected));
  }

  // One at a time: gᵢ itself is the sum with factor 1, its norm follows.
  let norms = 0;
  let sums = 0;
  let copies = 0;
  if (layer.parameterShapes.length > 0) {
    const alone = await Promise.all(everybody.map((row) => gradients([row], [1], 1, false)));
    const each = alone.map(({ sums: own }) => own.flatMap((values) => Array.from(values)));
    norms = worst(
      whole.squares!,
      each.map((g) => product(g, g)),
    );
    const combined = each[0]!.map((_, i) => each.reduce((sum, g, row) => sum + factors[row]! * g[i]!, 0));
    const unshared = await gradients(everybody, factors, 1, false);
    for (const { sums: ours } of [whole, unshared])
      sums = Math.max(
        sums,
        worst(
          ours.flatMap((values) => Array.from(values)),
          combined,
        ),
      );
    const pairs = await gradients(everybody, [0.4, 0.4, 1, 1], 2);
    const merged = [0, 2].map((row) => each[row]!.map((v, i) => v + each[row + 1]![i]!));
    copies = Math.max(
      worst(
        pairs.squares!,
        merged.map((g) => product(g, g)),
      ),
      worst(
        pairs.sums.flatMap((values) => Array.from(values)),
        merged[0]!.map((v, i) => 0.4 * v + merged[1]![i]!),
      ),
    );
  }
  return { name, slope: worst(whole.back, slopes), parameters, norms, sums, copies };
}

/** Central differences of a function of many numbers. */
async function differences(at: Float32Array, f: (moved: Float32Array) => Promise<number>): Promise<number[]> {
  const result: number[] = [];
  for (let i = 0; i < at.length; i++) {
    const value = async (step: number) => {
      const moved = at.slice();
      moved[i] = moved[i]! + step;
      return { f: await f(moved), at: moved[i]! };
    };
    const up = await value(H);
    const down = await value(-H);
    result.push((up.f - down.f) / (up.at - down.at));
  }
  return result;
}
