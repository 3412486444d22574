/**
 * Two models learn the same digits with the same settings, side by side: one privately, one plainly.
 * Everything a learner sees of it is reported as it happens.
 */
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { loadMnist, MNIST_CLASSES, type Mnist, ORIENTED_GRADIENT_WIDTH, orientedGradients } from '@/lib/data';
import type { Refusal } from '@/lib/ledger';
import { rdpEpsilon } from '@/lib/privacy';
import {
  AVERAGING,
  type Dataset,
  dense,
  evaluate,
  makeDataset,
  plainLearningRate,
  privateLearningRate,
  type StepReport,
  softmaxCrossEntropy,
  Trainer,
} from '@/lib/training';
import type { Experiment, ExperimentContext } from '../experiment';
import { pause } from '../pause';
import { chargeTraining } from './charge-training';
import { countNorms } from './norm-bins';

const params = z.object({
  /** σ: what really sets the privacy, together with q, the steps and δ. */
  noiseMultiplier: z.number().positive().max(1000),
  delta: z.number().positive().max(0.1),
  /** C */
  maxGradNorm: z.number().positive().max(100),
  /** q N */
  expectedBatchSize: z.number().int().min(16).max(16384),
  steps: z.number().int().min(1).max(5000),
  noiseSource: z.enum(['cryptographic', 'seeded']),
  seed: z.number().int().min(0),
});

export type TrainMnistParams = z.output<typeof params>;

export interface WatchedDigit {
  /** Place in the test set. */
  index: number;
  pixels: Uint8Array;
  label: number;
  privateGuess: number;
  plainGuess: number;
}

export interface TrainMnistUpdate {
  step: number;
  /** Spent so far, in nats, at the run's δ. */
  epsilon: number;
  /** On the 10,000 test digits. */
  privateAccuracy: number;
  plainAccuracy: number;
  privateLoss: number;
  plainLoss: number;
  /** Of the private model's last lot; not covered by ε. */
  lot: { size: number; clippedFraction: number; counts: number[] } | null;
  /** The same test digits in every update. */
  digits: WatchedDigit[];
  /** Test digits that just one of the two gets right: how many, and the first few. */
  disagreements: { privateOnly: number; plainOnly: number; examples: WatchedDigit[] };
}

export interface TrainMnistResult {
  /** Why the budget did not allow the run; then nothing else is here. */
  refusal: Refusal | null;
  last: TrainMnistUpdate | null;
  epsilon: number;
  parameters: number;
  /** Mean over the steps, both models together. */
  millisecondsPerStep: number;
}

const WATCHED = 16;
const SHOWN_DISAGREEMENTS = 12;
/** Points of a curve: enough to look smooth, few enough to draw eight times a second. */
const EVALUATIONS = 50;

interface Prepared {
  mnist: Mnist;
  train: Dataset;
  testFeatures: Float32Array;
}

let prepared: Promise<Prepared> | null = null;

/** Loads and transforms the digits once a worker. */
function prepare(context: ExperimentContext<TrainMnistUpdate>): Promise<Prepared> {
  const { signal, report, assetUrl } = context;
  prepared ??= (async () => {
    const mnist = await loadMnist({
      fetch: (url, init) => fetch(url, init),
      assetUrl,
      signal,
      onProgress: (step, total) => report({ phase: 'download', step, total, label: 'Loading MNIST' }),
    });
    const both = mnist.train.size + mnist.test.size;
    const extract = (images: Uint8Array, before: number) =>
      orientedGradients(images, {
        breathe: () => pause(signal),
        onProgress: (done) =>
          report({
            phase: 'compile',
            step: before + done,
            total: both,
            label: 'Finding edges in 70,000 digits',
          }),
      });
    const features = await extract(mnist.train.images, 0);
    const testFeatures = await extract(mnist.test.images, mnist.train.size);
    return {
      mnist,
      train: makeDataset(features, mnist.train.labels, ORIENTED_GRADIENT_WIDTH, MNIST_CLASSES),
      testFeatures,
    };
  })().catch((error) => {
    prepared = null;
    throw error;
  });
  return prepared;
}

export const trainMnist: Experiment<TrainMnistParams, TrainMnistUpdate, TrainMnistResult> = {
  id: 'train-mnist',
  needs: 'tensors',
  params,
  async run(settings, context) {
    const { noiseMultiplier, delta, maxGradNorm, expectedBatchSize, steps, noiseSource, seed } = settings;
    const { signal, report, random } = context;
    const { mnist, train, testFeatures } = await prepare(context);
    const sampleRate = expectedBatchSize / train.size;
    const spent = (done: number) => rdpEpsilon({ sampleRate, noiseMultiplier, steps: done, delta }).epsilon;
    const epsilon = spent(steps);
    context.describe({
      noise: noiseSource,
      seed: noiseSource === 'seeded' ? seed : null,
      accountant: 'RDP, Poisson-sampled Gaussian, add-or-remove-one',
      epsilon,
      delta,
      dataset: `MNIST (${mnist.sha256.slice(0, 12)}), 60,000 to train and 10,000 to test`,
    });

    const common = {
      layers: [dense({ inputs: ORIENTED_GRADIENT_WIDTH, outputs: MNIST_CLASSES })],
      loss: softmaxCrossEntropy,
      inputShape: [ORIENTED_GRADIENT_WIDTH],
      dataset: train,
      expectedBatchSize,
      averaging: AVERAGING,
      initial: random.seeded(seed),
    };
    const privately = new Trainer({
      ...common,
      privacy: { maxGradNorm, noiseMultiplier },
      learningRate: privateLearningRate(noiseMultiplier),
      random: noiseSource === 'cryptographic' ? random.secure() : random.seeded(seed),
    });
    const plainly = new Trainer({
      ...common,
      privacy: null,
      learningRate: plainLearningRate(),
      random: random.seeded(seed + 1),
    });

    const testInputs = tf.tensor2d(testFeatures, [mnist.test.size, ORIENTED_GRADIENT_WIDTH]);
    const { labels, images } = mnist.test;
    const stride = Math.floor(mnist.test.size / WATCHED);

    async function look(step: number, lot: StepReport | null): Promise<TrainMnistUpdate> {
      const ours = await evaluate(privately, testInputs, labels);
      const theirs = await evaluate(plainly, testInputs, labels);
      const digit = (index: number): WatchedDigit => ({
        index,
        pixels: images.slice(index * 784, (index + 1) * 784),
        label: labels[index]!,
        privateGuess: ours.guesses[index]!,
        plainGuess: theirs.guesses[index]!,
      });
      const differ: number[] = [];
      let privateOnly = 0;
      let plainOnly = 0;
      for (let i = 0; i < labels.length; i++) {
        const ourRight = ours.guesses[i] === labels[i];
        if (ourRight === (theirs.guesses[i] === labels[i])) continue;
        if (ourRight) privateOnly++;
        else plainOnly++;
        if (differ.length < SHOWN_DISAGREEMENTS) differ.push(i);
      }
      const clipped = lot ? lot.norms.reduce((count, norm) => count + (norm > maxGradNorm ? 1 : 0), 0) : 0;
      return {
        step,
        epsilon: step === 0 ? 0 : spent(step),
        privateAccuracy: ours.accuracy,
        plainAccuracy: theirs.accuracy,
        privateLoss: ours.loss,
        plainLoss: theirs.loss,
        lot: lot && {
          size: lot.lotSize,
          clippedFraction: lot.lotSize === 0 ? 0 : clipped / lot.lotSize,
          counts: countNorms(lot.norms),
        },
        digits: Array.from({ length: WATCHED }, (_, i) => digit(i * stride)),
        disagreements: { privateOnly, plainOnly, examples: differ.map(digit) },
      };
    }

    // Charged whole before anything is computed from the training data.
    const decision = await chargeTraining({
      datasetHash: mnist.sha256,
      datasetSize: train.size,
      sampleRate,
      noiseMultiplier,
      steps,
      seed: noiseSource === 'seeded' ? seed : null,
      settings: {
        maxGradNorm,
        expectedBatchSize,
        learningRate: privateLearningRate(noiseMultiplier),
        sampling: 'Poisson',
        model: 'softmax regression on oriented gradients',
      },
      plainSettings: {
        expectedBatchSize,
        learningRate: plainLearningRate(),
        sampling: 'Poisson, seeded',
        clipping: 'none',
        model: 'softmax regression on oriented gradients',
      },
      backend: context.backend?.name ?? null,
    });
    if (!decision.ok) {
      testInputs.dispose();
      return { refusal: decision.refusal, last: null, epsilon, parameters: 0, millisecondsPerStep: 0 };
    }
    const { charged } = decision;

    try {
      const every = Math.max(1, Math.floor(steps / EVALUATIONS));
      let last = await look(0, null);
      report({ phase: 'run', step: 0, total: steps, label: 'Training', update: last });
      let training = 0;
      for (let step = 1; step <= steps; step++) {
        await charged.before(step);
        const started = performance.now();
        const lot = await privately.next(() => pause(signal));
        await plainly.next(() => pause(signal));
        training += performance.now() - started;
        if (step % every === 0 || step === steps) {
          last = await look(step, lot);
          report({ phase: 'run', step, total: steps, label: 'Training', update: last });
        } else report({ phase: 'run', step, total: steps, label: 'Training' });
        await pause(signal);
      }
      await charged.close('finished', steps);
      return {
        refusal: null,
        last,
        epsilon,
        parameters: privately.parameterCount,
        millisecondsPerStep: training / steps,
      };
    } catch (error) {
      await charged.close(signal.aborted ? 'user' : 'error', privately.step);
      throw error;
    } finally {
      testInputs.dispose();
    }
  },
};
