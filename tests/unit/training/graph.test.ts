/** Branches that part and meet, and the losses of a detector, against finite differences. */
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SeededRandom } from '@/lib/random';
import {
  add,
  averagePool,
  boxLoss,
  clippedSum,
  concat,
  conv2d,
  dense,
  flatten,
  groupNorm,
  INPUT,
  type Loss,
  layersOf,
  type Model,
  makeDataset,
  microBatches,
  sigmoidCrossEntropy,
  silu,
  softmaxCrossEntropy,
  upsample,
  withTargets,
} from '@/lib/training';
import { NODE_BACKENDS, startBackend } from '@/tests/harness/backend';

/** A small detector's neck: down, up again, a skip connection joined on, a residual block. */
const neck: Model = [
  conv2d({ input: [4, 4, 2], filters: 3, kernel: 3, padding: 'same' }), // 0: 4 × 4 × 3
  silu(), // 1
  averagePool({ size: 2 }), // 2: 2 × 2 × 3
  conv2d({ input: [2, 2, 3], filters: 3, kernel: 1 }), // 3
  upsample(2), // 4: 4 × 4 × 3
  { join: concat(), from: [4, 1] }, // 5: 4 × 4 × 6
  groupNorm({ channels: 6, groups: 2 }), // 6
  conv2d({ input: [4, 4, 6], filters: 6, kernel: 1 }), // 7
  { join: add(), from: [5, 7] }, // 8: the residual goes round 6 and 7
  flatten(), // 9
  dense({ inputs: 96, outputs: 3, initial: 'glorot' }), // 10
];

/** A straight path beside the first layer: the input used twice. */
const twoWays: Model = [
  dense({ inputs: 4, outputs: 4, initial: 'glorot' }),
  { layer: dense({ inputs: 4, outputs: 4, initial: 'glorot' }), from: INPUT },
  { join: add(), from: [0, 1, INPUT] },
  dense({ inputs: 4, outputs: 3, initial: 'glorot' }),
];

async function against(
  model: Model,
  loss: Loss,
  shape: number[],
  options: {
    targets?: { values: Float32Array; shape: number[] };
    bias?: (values: Float64Array) => void;
  } = {},
) {
  const random = new SeededRandom(9);
  const normals = (count: number) => Float32Array.from({ length: count }, () => random.gaussian());
  const size = 3;
  const width = shape.reduce((a, b) => a * b, 1);
  let dataset = makeDataset(normals(size * width), Uint8Array.of(0, 1, 2), width, 3);
  if (options.targets) dataset = withTargets(dataset, options.targets.values, options.targets.shape);
  const layers = layersOf(model);
  const weights = layers.map((layer) =>
    layer.initialise(random).map((p) => Float32Array.from(p, (v) => v + 0.05 * random.gaussian())),
  );
  const batch = microBatches(dataset, Int32Array.of(0, 1, 2), 4).next().value!;
  const run = async (values: Float32Array[][]) => {
    const parameters = layers.map((layer, l) =>
      layer.parameterShapes.map((s, p) => tf.tensor(values[l]![p]!, [...s])),
    );
    const sum = clippedSum(model, loss, parameters, batch, shape, null);
    const losses = await sum.losses.data();
    const sums = await Promise.all(sum.sums.map((t) => t.data()));
    tf.dispose([sum.losses, ...sum.sums, ...parameters.flat()]);
    return { loss: Array.from(losses).reduce((a, b) => a + b, 0), sums };
  };
  const ours = (await run(weights)).sums.flatMap((values) => Array.from(values));
  const expected: number[] = [];
  const h = 1e-2;
  for (const own of weights)
    for (const parameter of own)
      for (let i = 0; i < parameter.length; i++) {
        const before = parameter[i]!;
        parameter[i] = before + h;
        const up = (await run(weights)).loss;
        parameter[i] = before - h;
        const down = (await run(weights)).loss;
        parameter[i] = before;
        expected.push((up - down) / (2 * h));
      }
  const scale = Math.max(...expected.map(Math.abs));
  expect(ours.length).toBe(expected.length);
  expect(scale).toBeGreaterThan(0.1);
  return Math.max(...ours.map((v, i) => Math.abs(v - expected[i]!))) / scale;
}

describe.each(NODE_BACKENDS)('on %s', (backend) => {
  beforeAll(() => startBackend(backend));
  afterEach(() => expect(tf.memory().numTensors).toBe(0));

  test('a neck with a skip and a residual', async () => {
    expect(await against(neck, softmaxCrossEntropy, [4, 4, 2])).toBeLessThan(5e-3);
  });

  test('an input used three times', async () => {
    expect(await against(twoWays, softmaxCrossEntropy, [4])).toBeLessThan(2e-3);
  });

  test('sigmoid cross-entropy with many answers', async () => {
    const targets = { values: Float32Array.of(1, 0, 0.3, 0, 1, 1, 0, 0, 1), shape: [3] };
    expect(
      await against([dense({ inputs: 4, outputs: 3 })], sigmoidCrossEntropy, [4], { targets }),
    ).toBeLessThan(2e-3);
  });

  test('box loss: boxes that overlap, that do not, and places without an object', async () => {
    // Outputs near [0, 0, 1, 1] by the targets chosen: the first overlaps, the second lies apart, the third does not count.
    const layer = dense({ inputs: 4, outputs: 8, initial: 'glorot' });
    const model: Model = [
      {
        ...layer,
        initialise: (r) => [
          layer.initialise(r)[0]!.map((v) => v * 0.1),
          Float64Array.of(0, 0, 2, 2, 1, 1, 4, 3),
        ],
      },
      {
        name: 'to boxes',
        parameterShapes: [],
        initialise: () => [],
        forward: (input) => ({ output: tf.reshape(input, [-1, 2, 4]), saved: [] }),
        backward: (gradient) => tf.reshape(gradient, [-1, 8]),
        squaredNorms: () => null,
        weightedSums: () => [],
      },
    ];
    const values = Float32Array.from([0, 1, 2].flatMap(() => [1, 1, 3.2, 3, 1, 9, 9, 12, 11, 0.5]));
    values[9 + 10] = 0;
    expect(await against(model, boxLoss, [4], { targets: { values, shape: [2, 5] } })).toBeLessThan(5e-3);
  });
});

test('a model that takes what does not come before it is refused', () => {
  expect(() => layersOf([{ layer: silu(), from: 1 }, silu()])).toThrow('does not come before');
  expect(() => layersOf([])).toThrow('learns nothing');
});
