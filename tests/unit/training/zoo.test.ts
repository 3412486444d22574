/** The models that are offered: their sizes, that they learn, and that tumours are learnt privately in a blink. */
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BREAST_CANCER_WIDTH, loadBreastCancer, scaleBreastCancer, trainTestSplit } from '@/lib/data';
import { calibrateNoiseMultiplier } from '@/lib/privacy';
import { SeededRandom } from '@/lib/random';
import {
  evaluate,
  logisticRegression,
  makeDataset,
  multilayerPerceptron,
  type Recipe,
  smallConvolutional,
  softmaxRegression,
  Trainer,
  type TrainerOptions,
} from '@/lib/training';
import { startBackend } from '@/tests/harness/backend';
import { fromDisk } from '@/tests/harness/prepared';

const from = ({ model, loss, inputShape }: Recipe) => ({ layers: model, loss, inputShape });

describe('the models', () => {
  beforeAll(() => startBackend('wasm'));
  afterEach(() => expect(tf.memory().numTensors).toBe(0));

  test.each([
    [softmaxRegression(392, 10), 3930, 0.5],
    [multilayerPerceptron(), 101_770, 0.3],
    // The size that the papers give.
    [smallConvolutional(), 26_010, 0.3],
  ])('$name learns a batch by heart', async (recipe, parameters, learningRate) => {
    const width = recipe.inputShape.reduce((a, b) => a * b, 1);
    const random = new SeededRandom(2);
    const size = 20;
    const trainer = new Trainer({
      ...from(recipe),
      dataset: makeDataset(
        Float32Array.from({ length: size * width }, () => 0.3 * random.gaussian()),
        Uint8Array.from({ length: size }, (_, i) => i % 10),
        width,
        10,
      ),
      expectedBatchSize: size,
      learningRate,
      privacy: null,
      random,
      initial: new SeededRandom(3),
      physicalBatchSize: size,
    });
    expect(trainer.parameterCount).toBe(parameters);
    const first = (await trainer.next()).loss!;
    let last = first;
    for (let step = 0; step < 30; step++) last = (await trainer.next()).loss!;
    expect(last).toBeLessThan(0.5 * first);
  });
});

describe('tumours', () => {
  beforeAll(() => startBackend('wasm'));

  async function train(
    privacy: TrainerOptions['privacy'],
    seed: number,
    learningRate: number,
    steps: number,
  ) {
    const tumours = await loadBreastCancer(fromDisk);
    const scaled = scaleBreastCancer(tumours);
    const split = trainTestSplit(tumours.size, 0.25, new SeededRandom(11));
    const pick = (indices: Int32Array) => ({
      features: Float32Array.from(
        Array.from(indices).flatMap((i) =>
          Array.from(scaled.subarray(i * BREAST_CANCER_WIDTH, (i + 1) * BREAST_CANCER_WIDTH)),
        ),
      ),
      labels: Uint8Array.from(indices, (i) => tumours.labels[i]!),
    });
    const [train, held] = [pick(split.train), pick(split.test)];
    const trainer = new Trainer({
      ...from(logisticRegression(BREAST_CANCER_WIDTH)),
      dataset: makeDataset(train.features, train.labels, BREAST_CANCER_WIDTH, 2),
      expectedBatchSize: 128,
      learningRate,
      averaging: 0.9,
      privacy,
      random: new SeededRandom(seed, 1),
      initial: new SeededRandom(seed),
      physicalBatchSize: 192,
    });
    for (let step = 0; step < steps; step++) await trainer.next();
    const input = tf.tensor2d(held.features, [held.labels.length, BREAST_CANCER_WIDTH]);
    const { accuracy } = await evaluate(trainer, input, held.labels);
    input.dispose();
    return accuracy;
  }

  test('are told apart, plainly and at ε = 1', async () => {
    const steps = 60;
    expect(await train(null, 1, 2, steps)).toBeGreaterThan(0.93);
    const { noiseMultiplier } = calibrateNoiseMultiplier({
      targetEpsilon: 1,
      delta: 1e-4,
      sampleRate: 128 / 427,
      steps,
    });
    const accuracies = [];
    for (let seed = 0; seed < 5; seed++)
      accuracies.push(await train({ maxGradNorm: 1, noiseMultiplier }, seed, 0.5, steps));
    expect(accuracies.reduce((a, b) => a + b) / 5).toBeGreaterThan(0.88);
    // At a thousand times the noise it is guessing.
    expect(await train({ maxGradNorm: 1, noiseMultiplier: 1e4 }, 1, 0.5, steps)).toBeLessThan(0.8);
  });
});
