/** Nothing is left over on WASM, however many steps: neither tensors nor, below them, heap. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { SeededRandom } from '@/lib/random';
import { makeDataset, multilayerPerceptron, Trainer } from '@/lib/training';
import { startBackend } from '@/tests/harness/backend';

const STEPS = 2000;

/** Bytes that tfjs has taken from the system, which it never gives back. */
function heap(): number {
  const { HEAPU8 } = (tf.backend() as BackendWasm).wasm as unknown as { HEAPU8: Uint8Array };
  return HEAPU8.byteLength;
}

beforeAll(() => startBackend('wasm'));

test(`${STEPS} steps leave nothing behind`, async () => {
  const [size, width, classes] = [60, 13, 3];
  const random = new SeededRandom(4);
  const features = Float32Array.from({ length: size * width }, () => random.gaussian());
  const labels = Int32Array.from({ length: size }, (_, i) => i % classes);
  const { model, loss } = multilayerPerceptron(width, 6, classes);
  const trainer = new Trainer({
    ...{ layers: model, loss, inputShape: [width], expectedBatchSize: 12, learningRate: 0.05 },
    dataset: makeDataset(features, labels, width, classes),
    privacy: { maxGradNorm: 1, noiseMultiplier: 1 },
    random: new SeededRandom(1),
    initial: new SeededRandom(2),
    physicalBatchSize: 24,
  });
  const held = () => ({ tensors: tf.memory().numTensors, bytes: tf.memory().numBytes, heap: heap() });
  for (let step = 0; step < 50; step++) await trainer.next();
  const early = held();
  for (let step = 50; step < STEPS; step++) await trainer.next();
  expect(held()).toEqual(early);
  expect(early.tensors).toBe(0);
}, 300_000);
