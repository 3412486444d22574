/** The models that the lesson on attacks trains: one plain, trained until it knows its digits by heart, and one private. */
import type { RandomSource } from '@/lib/random';
import type { Dataset } from '@/lib/training';
import { trainSoftmax } from '@/lib/training/softmax-regression';
import { attackNoise, PRIVATE_STEPS } from '../account';

/** Long enough to know every digit by heart. */
export const PLAIN_STEPS = 100;
const PLAIN_RATE = 0.05;
const PRIVATE_RATE = 0.05;
export const ATTACK_CLIP = 1;

interface Training {
  dataset: Dataset;
  rows: ArrayLike<number>;
  breathe: () => Promise<void>;
}

/** Trained until it remembers. */
export const trainToRemember = ({ dataset, rows, breathe }: Training) =>
  trainSoftmax({
    dataset,
    rows,
    steps: PLAIN_STEPS,
    learningRate: PLAIN_RATE,
    divisor: rows.length,
    privacy: null,
    breathe,
  });

/** Trained with ε over the whole run. */
export const trainToForget = (training: Training & { epsilon: number; random: RandomSource }) =>
  trainSoftmax({
    dataset: training.dataset,
    rows: training.rows,
    steps: PRIVATE_STEPS,
    learningRate: PRIVATE_RATE,
    divisor: training.rows.length,
    privacy: {
      maxGradNorm: ATTACK_CLIP,
      noiseMultiplier: attackNoise(training.epsilon),
      random: training.random,
    },
    breathe: training.breathe,
  });
