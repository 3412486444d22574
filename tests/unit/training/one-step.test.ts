/** The step that a lesson takes apart, against the trainer's own clipped sum and against the definition. */

import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { SeededRandom } from '@/lib/random';
import { clippedSum, dense, makeDataset, microBatches, softmaxCrossEntropy } from '@/lib/training';
import { descend, oneStep, softmax } from '@/lib/training/one-step';
import { startBackend } from '@/tests/harness/backend';

const [SIZE, WIDTH, CLASSES] = [9, 6, 4];
const draw = new SeededRandom(5);
const features = Float32Array.from({ length: SIZE * WIDTH }, () => 1.5 * draw.gaussian());
const labels = Uint8Array.from({ length: SIZE }, () => draw.integer(CLASSES));
const model = {
  weights: Float64Array.from({ length: WIDTH * CLASSES }, () => Math.fround(0.4 * draw.gaussian())),
  bias: Float64Array.from({ length: CLASSES }, () => Math.fround(0.4 * draw.gaussian())),
};
const normals = Float64Array.from({ length: (WIDTH + 1) * CLASSES }, () => draw.gaussian());
const CLIP = 3;
const settings = {
  ...{ ...model, features, labels, normals },
  ...{ maxGradNorm: CLIP, noiseMultiplier: 0.5, expectedBatchSize: 7, learningRate: 3 },
};
const step = oneStep(settings);
const lengthOf = (values: Iterable<number>) => Math.hypot(...values);

beforeAll(() => startBackend('cpu'));

describe('One step of private softmax regression', () => {
  test('has the norms and the clipped sum of the trainer', async () => {
    const dataset = makeDataset(features, labels, WIDTH, CLASSES);
    const [batch] = microBatches(
      dataset,
      Int32Array.from({ length: SIZE }, (_, i) => i),
      16,
    );
    const layers = [dense({ inputs: WIDTH, outputs: CLASSES })];
    const parameters = [
      [
        tf.tensor2d(Float32Array.from(model.weights), [WIDTH, CLASSES]),
        tf.tensor1d(Float32Array.from(model.bias)),
      ],
    ];
    const { sums, norms } = clippedSum(layers, softmaxCrossEntropy, parameters, batch!, [WIDTH], CLIP);
    const theirs = (await Promise.all(sums.map((sum) => sum.data()))).flatMap((values) => [...values]);
    const lengths = await norms!.data();
    expect(step.clippedSum).toHaveLength(theirs.length);
    for (const [i, value] of theirs.entries()) expect(step.clippedSum[i]).toBeCloseTo(value, 4);
    for (const [i, { gradNorm }] of step.examples.entries()) expect(gradNorm).toBeCloseTo(lengths[i]!, 4);
  });

  test('clips what is longer than C, and nothing else', () => {
    const clipped = step.examples.filter(({ clipFactor }) => clipFactor < 1);
    expect(clipped.length).toBeGreaterThan(0);
    expect(clipped.length).toBeLessThan(SIZE);
    for (const { gradNorm, clipFactor } of step.examples)
      expect(gradNorm * clipFactor).toBeCloseTo(Math.min(CLIP, gradNorm), 12);
  });

  test('adds σ C z, divides by the expected lot and not by the one that came', () => {
    const noisy = step.clippedSum.map((value, i) => value + 0.5 * CLIP * normals[i]!);
    expect(step.noiseNorm).toBeCloseTo(0.5 * CLIP * lengthOf(normals), 10);
    expect(step.noisySumNorm).toBeCloseTo(lengthOf(noisy), 10);
    expect(step.noisyMeanNorm).toBeCloseTo(lengthOf(noisy) / 7, 10);
    for (const [i, value] of step.change.entries())
      expect(value).toBeCloseTo((-3 * noisy[i]!) / (7 * CLIP), 10);
    // The law of cosines, on the triangle of clean sum, noise and noisy sum.
    const { clippedSumNorm: a, noisySumNorm: b, noiseNorm: c } = step;
    expect(step.cosine).toBeCloseTo((a * a + b * b - c * c) / (2 * a * b), 10);
  });

  test('takes an empty lot: the step is noise alone', () => {
    const empty = oneStep({ ...settings, features: new Float32Array(0), labels: [] });
    expect(empty.clippedSumNorm).toBe(0);
    expect(empty.cosine).toBeNull();
    expect(empty.noisySumNorm).toBeCloseTo(step.noiseNorm, 12);
  });

  test('starts from a model that has learned something', () => {
    const lossAfter = (steps: number) => {
      const learned = descend({ features, labels, classes: CLASSES }, steps, 0.1);
      return labels.reduce((sum, label, i) => {
        const row = features.subarray(i * WIDTH, (i + 1) * WIDTH);
        return sum - Math.log(softmax(row, learned)[label]!);
      }, 0);
    };
    expect(lossAfter(0)).toBeCloseTo(SIZE * Math.log(CLASSES), 10);
    expect(lossAfter(20)).toBeLessThan(0.8 * lossAfter(0));
  });
});
