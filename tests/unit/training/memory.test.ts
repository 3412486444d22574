/** Thousands of steps on WASM with kernels of our own take no more memory than a few: neither tensors nor the backend's heap. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { SeededRandom } from '@/lib/random';
import {
  conv2d,
  dense,
  flatten,
  type Layer,
  makeDataset,
  softmaxCrossEntropy,
  Trainer,
  tanh,
} from '@/lib/training';
import { products } from '@/lib/training/kernels/products';
import { startBackend } from '@/tests/harness/backend';

beforeAll(() => startBackend('wasm'));

const heap = () => (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.length;

const MODELS: [string, Layer[]][] = [
  [
    'a perceptron',
    [
      dense({ inputs: 30, outputs: 5, initial: 'glorot' }),
      tanh(),
      dense({ inputs: 5, outputs: 3, initial: 'glorot' }),
    ],
  ],
  [
    'a convolutional network',
    [
      conv2d({ input: [5, 6, 1], filters: 3, kernel: 3, padding: 'same' }),
      tanh(),
      conv2d({ input: [5, 6, 3], filters: 4, kernel: 2, stride: 2 }),
      flatten(),
      dense({ inputs: 24, outputs: 3, initial: 'glorot' }),
    ],
  ],
];

test.each(MODELS)(
  '%s, 2,000 steps',
  async (_, layers) => {
    expect(products().kind).toBe('own');
    const random = new SeededRandom(4);
    const size = 40;
    const trainer = new Trainer({
      layers,
      loss: softmaxCrossEntropy,
      inputShape: layers.length === 3 ? [30] : [5, 6, 1],
      dataset: makeDataset(
        Float32Array.from({ length: size * 30 }, () => random.gaussian()),
        Uint8Array.from({ length: size }, () => random.integer(3)),
        30,
        3,
      ),
      expectedBatchSize: 6,
      learningRate: 0.1,
      privacy: { maxGradNorm: 1, noiseMultiplier: 1 },
      random,
      initial: new SeededRandom(5),
      physicalBatchSize: 8,
    });
    for (let i = 0; i < 100; i++) await trainer.next();
    const before = { tensors: tf.memory().numTensors, heap: heap() };
    for (let i = 0; i < 2000; i++) await trainer.next();
    expect({ tensors: tf.memory().numTensors, heap: heap() }).toEqual(before);
    expect(before.tensors).toBe(0);
    expect(trainer.weights.every((w) => w.every(Number.isFinite))).toBe(true);
  },
  120_000,
);
