/**
 * Memorised canaries: pictures of pure noise with a random label each, which nothing but memory can explain. A few are put among the
 * training digits; hundreds more, made the same way, are not. How far down the list of all losses do those that were in lie?
 */
import * as z from 'zod';
import { MNIST_CLASSES, MNIST_SIDE } from '@/lib/data';
import type { Refusal } from '@/lib/ledger';
import type { RandomSource } from '@/lib/random';
import { ATTACKED_DIGITS } from '@/lib/runs/accounts/attacked-digits';
import { whileCharged } from '@/lib/runs/while-charged';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { type Dataset, makeDataset } from '@/lib/training';
import { lossOf, softmaxConfidences } from '@/lib/training/softmax-regression';
import { chargeAttack } from './charge-attack';
import { attackDigits } from './digits';
import { trainToForget, trainToRemember } from './models';

const params = z.object({
  epsilon: z.number().min(0.05).max(50),
  /** Digits trained on beside the canaries. */
  members: z.number().int().min(50).max(ATTACKED_DIGITS),
  /** Canaries put in. */
  canaries: z.number().int().min(1).max(50),
  noiseSource: z.enum(['cryptographic', 'seeded']),
  seed: z.number().int().min(0),
});

export type CanaryParams = z.output<typeof params>;

/** Canaries that were left out, to compare with. */
export const LEFT_OUT = 500;
const PIXELS = MNIST_SIDE ** 2;

export interface Memory {
  /** Of each canary that was put in: its loss in nats. */
  losses: number[];
  /** Of each, its place among itself and all that were left out, by loss; 1 for the smallest. */
  ranks: number[];
  /** Mean of log2((501) / rank): bits by which the model narrows down the search for a canary (Carlini et al. 2019). */
  exposure: number;
  /** Median loss of those left out. */
  medianLeftOut: number;
}

export interface CanaryResult {
  refusal: Refusal | null;
  plain: Memory | null;
  private: Memory | null;
}

/** The digits, then `inside` canaries, then those left out. */
export function withCanaries(
  digits: Dataset,
  { members, inside, random }: { members: number; inside: number; random: RandomSource },
): Dataset {
  const size = members + inside + LEFT_OUT;
  const features = new Float32Array(size * PIXELS);
  features.set(digits.features.subarray(0, members * PIXELS));
  for (let i = members * PIXELS; i < features.length; i++) features[i] = random.uniform();
  const labels = new Uint8Array(size);
  labels.set(digits.labels.subarray(0, members));
  for (let i = members; i < size; i++) labels[i] = random.integer(MNIST_CLASSES);
  return makeDataset(features, labels, PIXELS, MNIST_CLASSES);
}

export function remember(weights: Float64Array, dataset: Dataset, members: number, inside: number): Memory {
  const losses = (from: number, count: number) =>
    Array.from(
      softmaxConfidences(
        weights,
        dataset,
        Array.from({ length: count }, (_, i) => from + i),
      ),
      lossOf,
    );
  const mine = losses(members, inside);
  const others = losses(members + inside, LEFT_OUT).sort((a, b) => a - b);
  const ranks = mine.map((loss) => 1 + others.filter((other) => other < loss).length);
  return {
    losses: mine,
    ranks,
    exposure: ranks.reduce((sum, rank) => sum + Math.log2((LEFT_OUT + 1) / rank), 0) / ranks.length,
    medianLeftOut: (others[LEFT_OUT / 2 - 1]! + others[LEFT_OUT / 2]!) / 2,
  };
}

/** Both models on the same digits and canaries. */
export async function measureCanaries(options: {
  digits: Dataset;
  epsilon: number;
  members: number;
  canaries: number;
  noise: RandomSource;
  chance: RandomSource;
  breathe(): Promise<void>;
}): Promise<{ plain: Memory; private: Memory }> {
  const { digits, epsilon, members, canaries, noise, chance, breathe } = options;
  const dataset = withCanaries(digits, { members, inside: canaries, random: chance });
  const rows = Int32Array.from({ length: members + canaries }, (_, i) => i);
  const plain = await trainToRemember({ dataset, rows, breathe });
  const dp = await trainToForget({ dataset, rows, breathe, epsilon, random: noise });
  return {
    plain: remember(plain, dataset, members, canaries),
    private: remember(dp, dataset, members, canaries),
  };
}

export const attackCanaries: Experiment<CanaryParams, never, CanaryResult> = {
  id: 'attack-canaries',
  needs: 'maths',
  params,
  async run({ epsilon, members, canaries, noiseSource, seed }, context) {
    const { signal, report, random } = context;
    const { dataset: digits } = await attackDigits(context);
    const secure = noiseSource === 'cryptographic';
    const decision = await chargeAttack(context, {
      title: 'Canaries',
      dataset: `MNIST: ${members} training digits, and ${canaries} canaries made of noise`,
      epsilon,
      seed: secure ? null : seed,
      settings: { members, canaries },
    });
    if (!decision.ok) return { refusal: decision.refusal, plain: null, private: null };
    return whileCharged(decision.charged, context, async (before) => {
      await before(1);
      report({ phase: 'run', step: 0, total: null, label: 'Training' });
      const found = await measureCanaries({
        ...{ digits, epsilon, members, canaries },
        noise: secure ? random.secure() : random.seeded(seed),
        chance: random.seeded(seed + 1),
        breathe: () => pause(signal),
      });
      return { refusal: null, ...found };
    });
  },
};
