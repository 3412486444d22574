/** Noise of cameras: of the sensor (Gaussian), of light itself (shot) and of bits that flip (impulse). */
import type { RandomSource } from '@/lib/random';
import type { PixelImage } from '../../detector';
import type { Severity } from './index';
import { at, type Five, mapValues } from './severity';

/** Standard deviation. */
export const GAUSSIAN: Five<number> = [0.08, 0.12, 0.18, 0.26, 0.38];
/** Photons that white is made of: the variance of a value v is v over this. */
export const PHOTONS: Five<number> = [60, 25, 12, 5, 3];
/** Part of the values that are hit, each colour by itself, half of them black. */
export const HIT: Five<number> = [0.03, 0.06, 0.09, 0.17, 0.27];

export function gaussianNoise(image: PixelImage, severity: Severity, random: RandomSource): PixelImage {
  const field = new Float32Array(image.data.length);
  random.fillGaussian(field, at(GAUSSIAN, severity));
  return { ...image, data: mapValues(image.data, (value, i) => value + field[i]!) };
}

export function shotNoise(image: PixelImage, severity: Severity, random: RandomSource): PixelImage {
  const photons = at(PHOTONS, severity);
  return { ...image, data: mapValues(image.data, (value) => poisson(value * photons, random) / photons) };
}

/** A Poisson draw by counting uniforms until their product falls below e^-mean (Knuth). Means here are 60 at most. */
function poisson(mean: number, random: RandomSource): number {
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > floor; product *= random.uniform()) count++;
  return count;
}

export function impulseNoise(image: PixelImage, severity: Severity, random: RandomSource): PixelImage {
  const hit = at(HIT, severity);
  const draw = (value: number) => {
    const rank = random.uniform();
    return rank >= hit ? value : rank < hit / 2 ? 0 : 1;
  };
  return { ...image, data: mapValues(image.data, draw) };
}
