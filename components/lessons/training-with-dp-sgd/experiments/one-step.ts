/**
 * One step of private training with everything laid open: real digits, their gradients, the clip, the sum, the noise, the
 * change of the weights. A look behind the curtain: seeded, and what it shows no ε covers.
 */
import * as z from 'zod';
import { loadMnist, MNIST_CLASSES, type Mnist, ORIENTED_GRADIENT_WIDTH, OrientedGradients } from '@/lib/data';
import type { Experiment, ExperimentContext } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { privateLearningRate } from '@/lib/training/defaults';
import { descend, oneStep as takeStep } from '@/lib/training/one-step';

const params = z.object({
  /** C */
  maxGradNorm: z.number().positive().max(100),
  noiseMultiplier: z.number().min(0).max(100),
  expectedBatchSize: z.number().int().min(1).max(4096),
  /** Plain steps on 500 digits of the test set that the model has behind it. */
  earlierSteps: z.number().int().min(0).max(100),
  seed: z.number().int().min(0),
});

export type OneStepParams = z.output<typeof params>;

export interface LotDigit {
  /** Place in the training set. */
  index: number;
  /** 28 × 28 grey values. */
  pixels: Uint8Array;
  label: number;
  guess: number;
  /** That the model gives to the right class. */
  probability: number;
  gradNorm: number;
  clipFactor: number;
}

export interface OneStepResult {
  /** Digits drawn. */
  lotSize: number;
  /** Digits whose gradient was longer than C. */
  clipped: number;
  /** The first of them. */
  digits: LotDigit[];
  /** Σ ‖gᵢ‖: how long the sum would be if all pulled the same way. */
  sumOfNorms: number;
  rawSumNorm: number;
  clippedSumNorm: number;
  noiseNorm: number;
  noisySumNorm: number;
  noisyMeanNorm: number;
  learningRate: number;
  changeNorm: number;
  cosine: number | null;
  parameters: number;
}

/** Digits shown one by one; a larger lot is summed up. */
const SHOWN_DIGITS = 12;
const EARLIER_DIGITS = 500;
const EARLIER_RATE = 1;
const PIXELS = 784;

let loading: Promise<Mnist> | null = null;

function digits({ signal, assetUrl, report }: ExperimentContext<null>): Promise<Mnist> {
  loading ??= loadMnist({
    fetch: (url, init) => fetch(url, init),
    assetUrl,
    signal,
    onProgress: (step, total) => report({ phase: 'download', step, total, label: 'Loading MNIST' }),
  }).catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

/** Features of these digits only, n × 392. */
async function featuresOf(images: Uint8Array, indices: Int32Array, signal: AbortSignal) {
  const extractor = new OrientedGradients();
  const out = new Float32Array(indices.length * ORIENTED_GRADIENT_WIDTH);
  for (const [i, index] of indices.entries()) {
    extractor.extract(images, index, out, i * ORIENTED_GRADIENT_WIDTH);
    if (i % 200 === 199) await pause(signal);
  }
  return out;
}

export const oneStep: Experiment<OneStepParams, null, OneStepResult> = {
  id: 'one-step',
  needs: 'maths',
  params,
  async run({ maxGradNorm, noiseMultiplier, expectedBatchSize, earlierSteps, seed }, context) {
    const { signal, random } = context;
    const { train, test, sha256 } = await digits(context);
    context.describe({ noise: 'seeded', seed, dataset: `MNIST (${sha256.slice(0, 12)}), one lot` });

    const first = Int32Array.from({ length: EARLIER_DIGITS }, (_, i) => i);
    const seen = await featuresOf(test.images, first, signal);
    const model = descend(
      { features: seen, labels: test.labels.subarray(0, EARLIER_DIGITS), classes: MNIST_CLASSES },
      earlierSteps,
      EARLIER_RATE,
    );

    const draws = random.seeded(seed);
    const lot = draws.poissonSample(train.size, expectedBatchSize / train.size);
    const normals = new Float64Array((ORIENTED_GRADIENT_WIDTH + 1) * MNIST_CLASSES);
    draws.fillGaussian(normals);
    const labels = Uint8Array.from(lot, (index) => train.labels[index]!);
    const features = await featuresOf(train.images, lot, signal);
    const learningRate = privateLearningRate(noiseMultiplier);
    const step = takeStep({
      ...model,
      ...{ features, labels, maxGradNorm, noiseMultiplier, expectedBatchSize, learningRate, normals },
    });
    const { examples, clippedSum: _, change: __, ...lengths } = step;
    return {
      ...lengths,
      lotSize: lot.length,
      clipped: examples.filter(({ clipFactor }) => clipFactor < 1).length,
      digits: examples.slice(0, SHOWN_DIGITS).map((example, i) => ({
        ...example,
        index: lot[i]!,
        label: labels[i]!,
        pixels: train.images.slice(lot[i]! * PIXELS, (lot[i]! + 1) * PIXELS),
      })),
      sumOfNorms: examples.reduce((sum, { gradNorm }) => sum + gradNorm, 0),
      learningRate,
      parameters: normals.length,
    };
  },
};
