/** One digit's gradient, as a server or an eavesdropper might see it: plain, and clipped with noise. And the picture read off each. */
import * as z from 'zod';
import { type Digits, MNIST_CLASSES, MNIST_SIDE, structuralSimilarity } from '@/lib/data';
import { gaussianEpsilon } from '@/lib/privacy';
import type { RandomSource } from '@/lib/random';
import type { Experiment } from '@/lib/runtime/experiment';
import { makeDataset } from '@/lib/training';
import { invertGradient } from '@/lib/training/gradient-inversion';
import { addOuter, softmaxSlopes } from '@/lib/training/softmax-regression';
import { ATTACK_DELTA } from '../account';
import { publicDigits } from './digits';

const params = z.object({
  /** Place among the public digits of one file. */
  digit: z.number().int().min(0).max(5999),
  /** σ of the noise relative to the clip; 0 adds none. */
  noiseMultiplier: z.number().min(0).max(100),
  /** C */
  maxGradNorm: z.number().positive().max(100),
  seed: z.number().int().min(0),
});

export type ReconstructParams = z.output<typeof params>;

export interface Reconstruction {
  /** 784 grey values 0 … 255, cut to that range. */
  pixels: Uint8Array;
  /** Structural similarity to the original. */
  similarity: number;
}

export interface ReconstructResult {
  label: number;
  original: Uint8Array;
  plain: Reconstruction;
  private: Reconstruction;
  /** Length of the gradient before clipping. */
  norm: number;
  /** The brightest pixel's part of the gradient and the intercepts' part, for the class of the digit. */
  step: { pixel: number; weightGradient: number; biasGradient: number; grey: number };
  /** ε of showing this one gradient, at δ = 1e-5, add-or-remove-one; null without noise. */
  epsilon: number | null;
}

const PIXELS = MNIST_SIDE ** 2;

/** @param random of the noise */
export function reconstruct(
  digits: Digits,
  { digit, noiseMultiplier, maxGradNorm }: Omit<ReconstructParams, 'seed'>,
  random: RandomSource,
): ReconstructResult {
  const original = digits.images.slice(digit * PIXELS, (digit + 1) * PIXELS);
  const label = digits.labels[digit]!;
  const grey = Float32Array.from(original, (value) => value / 255);
  const dataset = makeDataset(grey, Uint8Array.of(label), PIXELS, MNIST_CLASSES);
  // The first step of a training: all weights are zero.
  const weights = new Float64Array((PIXELS + 1) * MNIST_CLASSES);
  const slopes = new Float64Array(MNIST_CLASSES);
  softmaxSlopes(weights, dataset, 0, label, slopes);
  const gradient = new Float64Array(weights.length);
  addOuter(gradient, dataset, 0, slopes);
  const norm = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));

  const noise = new Float64Array(gradient.length);
  if (noiseMultiplier > 0) random.fillGaussian(noise, noiseMultiplier * maxGradNorm);
  const factor = Math.min(1, maxGradNorm / norm);
  const protectedGradient = gradient.map((value, i) => factor * value + noise[i]!);

  const see = (seen: Float64Array): Reconstruction => {
    const picture = invertGradient(seen, MNIST_CLASSES).map((value) => Math.min(1, Math.max(0, value)));
    return {
      pixels: Uint8Array.from(picture, (value) => Math.round(255 * value)),
      similarity: structuralSimilarity(grey, picture, MNIST_SIDE),
    };
  };
  const pixel = original.indexOf(Math.max(...original));
  return {
    label,
    original,
    plain: see(gradient),
    private: see(protectedGradient),
    norm,
    step: {
      pixel,
      weightGradient: gradient[pixel * MNIST_CLASSES + label]!,
      biasGradient: slopes[label]!,
      grey: grey[pixel]!,
    },
    epsilon: noiseMultiplier > 0 ? gaussianEpsilon({ noiseMultiplier, delta: ATTACK_DELTA }) : null,
  };
}

export const attackReconstruct: Experiment<ReconstructParams, never, ReconstructResult> = {
  id: 'attack-reconstruct',
  needs: 'maths',
  params,
  async run(settings, context) {
    const digits = await publicDigits(context);
    context.describe({
      noise: 'seeded',
      seed: settings.seed,
      dataset: 'MNIST: public digits, so that anybody may look at their pictures',
    });
    return reconstruct(digits, settings, context.random.seeded(settings.seed));
  },
};
