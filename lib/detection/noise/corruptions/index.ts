/**
 * The fifteen corruptions of ImageNet-C (Hendrycks and Dietterich 2019, "Benchmarking Neural Network Robustness to Common
 * Corruptions and Perturbations", ICLR), each at five severities. Code of our own; the parameters are those that the authors
 * published with the paper.
 *
 * They were set for pictures of 224 pixels. As in the detection benchmark that followed (Michaelis et al. 2019, "Benchmarking
 * Robustness in Object Detection"), lengths in pixels stay as they are on larger pictures. Two things differ knowingly: frost is
 * drawn, for the authors' six photographs of frost are not ours to ship (`weather.ts`), and glass swaps pixels, as the paper says,
 * where the authors' program copies one over the other.
 */
import type { RandomSource } from '@/lib/random';
import type { PixelImage } from '../../detector';
import { defocusBlur, glassBlur, motionBlur, zoomBlur } from './blurs';
import { brightness, contrast, jpegCompression, pixelate } from './digital';
import { elastic } from './elastic';
import { gaussianNoise, impulseNoise, shotNoise } from './noises';
import { fog, frost, snow } from './weather';

export type Severity = 1 | 2 | 3 | 4 | 5;

/** @param random ignored by those that draw nothing */
type Corruption = (image: PixelImage, severity: Severity, random: RandomSource) => PixelImage;

const CORRUPTIONS = {
  'gaussian-noise': gaussianNoise,
  'shot-noise': shotNoise,
  'impulse-noise': impulseNoise,
  'defocus-blur': defocusBlur,
  'glass-blur': glassBlur,
  'motion-blur': motionBlur,
  'zoom-blur': zoomBlur,
  snow,
  frost,
  fog,
  brightness,
  contrast,
  elastic,
  pixelate,
  'jpeg-compression': jpegCompression,
} as const satisfies Record<string, Corruption>;

export type CorruptionKind = keyof typeof CORRUPTIONS;

/** The picture corrupted; the one given is not changed. */
export function corrupt(
  kind: CorruptionKind,
  image: PixelImage,
  severity: Severity,
  random: RandomSource,
): PixelImage {
  return (CORRUPTIONS[kind] as Corruption)(image, severity, random);
}

/** The severity that a place on the common scale means: up to 0.2 is 1, from above 0.8 on 5. Nothing at 0. */
export const severityOf = (scale: number): Severity =>
  Math.min(5, Math.max(1, Math.ceil(5 * scale - 1e-9))) as Severity;
