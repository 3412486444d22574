/** What a server reads off one client’s update: as it is, clipped, with noise, and hidden in a sum. On test digits, at a seed. */
import { z } from 'zod';
import { MNIST_SIDE } from '@/lib/data';
import { structuralSimilarity } from '@/lib/data/ssim';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { clipUpdate, localUpdate } from '@/lib/training/federated/fed-avg';
import { readExample, toPicture } from '@/lib/training/federated/read-picture';
import { parameterCount } from '@/lib/training/federated/softmax';
import { testDigits } from './digits';

const params = z.object({
  /** Which test digit the client holds. */
  digit: z.number().int().min(0).max(9_999),
  /** Digits on the client; its update is their mean. */
  digits: z.number().int().min(1).max(50),
  localSteps: z.number().int().min(1).max(100),
  maxUpdateNorm: z.number().positive().max(1000),
  noiseMultiplier: z.number().min(0).max(10_000),
  /** Clients in the sum that secure aggregation shows. */
  clients: z.number().int().min(2).max(200),
  seed: z.number().int().min(0),
});
export type PeekParams = z.output<typeof params>;

export type Seen = 'alone' | 'clipped' | 'noisy' | 'sum';

export interface PeekResult {
  label: number;
  /** What the client holds, 784 grey values from 0 to 1. */
  truth: Float64Array;
  /** What the server reads off what it sees, and how like it is to the truth. */
  read: Record<Seen, { picture: Float64Array; ssim: number }>;
  /** Length of the client’s update, before clipping. */
  length: number;
}

const LEARNING_RATE = 0.01;

export const federatedPeek: Experiment<PeekParams, never, PeekResult> = {
  id: 'federated-peek',
  needs: 'maths',
  params,
  async run(settings, context) {
    const { digit, digits, localSteps, maxUpdateNorm, noiseMultiplier, clients, seed } = settings;
    const examples = await testDigits(context);
    context.signal.throwIfAborted();
    context.describe({
      noise: 'seeded',
      seed,
      dataset: `MNIST (${examples.sha256.slice(0, 12)}), test digits`,
    });
    const { width, classes } = examples;
    const size = examples.labels.length;
    const weights = new Float64Array(parameterCount(examples));
    const held = (client: number) =>
      Array.from({ length: digits }, (_, i) => (digit + client * digits + i) % size);
    const train = { localSteps, learningRate: LEARNING_RATE };
    const update = localUpdate(weights, examples, held(0), train);
    const clipped = update.slice();
    const length = clipUpdate(clipped, maxUpdateNorm);
    const noisy = new Float64Array(update.length);
    context.random.seeded(seed).fillGaussian(noisy, noiseMultiplier * maxUpdateNorm);
    for (let j = 0; j < noisy.length; j++) noisy[j]! += clipped[j]!;
    const sum = update.slice();
    for (let client = 1; client < clients; client++) {
      const other = localUpdate(weights, examples, held(client), train);
      for (let j = 0; j < sum.length; j++) sum[j]! += other[j]!;
      if (client % 5 === 0) await pause(context.signal);
    }
    const truth = Float64Array.from({ length: width }, (_, j) => examples.inputs[digit * width + j]!);
    const look = (seen: Float64Array) => {
      const picture = toPicture(readExample(seen, width, classes));
      return { picture, ssim: structuralSimilarity(truth, picture, MNIST_SIDE) };
    };
    return {
      label: examples.labels[digit]!,
      truth,
      read: { alone: look(update), clipped: look(clipped), noisy: look(noisy), sum: look(sum) },
      length,
    };
  },
};
