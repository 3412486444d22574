/**
 * The fifteen corruptions of ImageNet-C (Hendrycks and Dietterich 2019, "Benchmarking Neural Network Robustness to Common
 * Corruptions and Perturbations", ICLR), each at five severities. Code of our own; the parameters are those of the authors' program
 * for pictures of 224 pixels (hendrycks/robustness, `ImageNet-C/create_c/make_imagenet_c.py`), compared one by one, and what they do
 * to a picture is compared with what that program's formulas do (`tests/unit/detection/imagenet-c.test.ts`).
 *
 * Lengths are in pixels of the 224 and stay as they are on larger pictures, as in the detection benchmark that followed (Michaelis
 * et al. 2019, "Benchmarking Robustness in Object Detection"): blurs, flakes and torn parts are smaller beside a larger picture. Fog
 * and frost grow with it, and pixelation is a part of the side. Three things differ knowingly: frost is drawn, for the authors' six
 * photographs of frost are not ours to ship (`weather.ts`); glass swaps pixels, as the paper says, where the authors' program copies
 * one over the other; and zooms are about the very middle of pictures of any shape, where theirs are of squares, by whole pixels.
 */
import type { RandomSource } from '@/lib/random';
import type { PixelImage } from '../../detector';
import { defocusBlur, glassBlur, motionBlur, zoomBlur } from './blurs';
import { brightness, contrast, jpegCompression, pixelate } from './digital';
import { elastic } from './elastic';
import { gaussianNoise, impulseNoise, shotNoise } from './noises';
import type { Severity } from './severity';
import { fog, frost, snow } from './weather';

export type { Severity };

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
