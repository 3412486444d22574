/** The ways to disturb a picture, on one slider from 0 (nothing) to 1 (most). */
import type { RandomSource } from '@/lib/random';
import type { PixelImage } from '../detector';
import { addNoise, checkScale } from './add';
import { blur } from './blur';
import { type CorruptionKind, corrupt, severityOf } from './corruptions';
import { jpeg } from './jpeg';
import { pixelate } from './pixelate';
import { saltAndPepper } from './salt-and-pepper';
import { NoiseFields } from './unit-field';

/** Ways that have a strength of their own, in a unit of their own. */
export type ScaledKind =
  | 'gaussian'
  | 'laplace'
  | 'uniform'
  | 'salt-and-pepper'
  | 'blur'
  | 'pixelation'
  | 'jpeg';

export type NoiseKind = ScaledKind | CorruptionKind;

export interface NoiseInfo {
  readonly kind: NoiseKind;
  readonly title: string;
  /** False where nothing is drawn at random, so that the seed changes nothing. */
  readonly random: boolean;
  /** What the scale is for this kind, in words. */
  readonly scale: string;
  /** The scale on this picture in the kind's own unit: "σ = 0.1", "blocks of 12 px". */
  describe(scale: number, picture: { width: number; height: number }): string;
}

/** Standard deviation of the blur at scale 1, as a part of the picture's longer side. */
const WIDEST_BLUR = 1 / 20;
/** Side of the blocks at scale 1, as a part of the picture's longer side. */
const LARGEST_BLOCK = 1 / 8;

export const blurWidth = (scale: number, { width, height }: { width: number; height: number }) =>
  scale * WIDEST_BLUR * Math.max(width, height);

export const blockSide = (scale: number, { width, height }: { width: number; height: number }) =>
  1 + Math.round(scale * Math.max(0, LARGEST_BLOCK * Math.max(width, height) - 1));

export const jpegQuality = (scale: number) => Math.round(100 - 99 * Math.min(scale, 1));

const standardDeviation = (scale: number) => `standard deviation ${round(scale)}`;
const round = (value: number) => String(Number(value.toPrecision(3)));

const SCALED_KINDS: readonly NoiseInfo[] = [
  {
    kind: 'gaussian',
    title: 'Gaussian',
    random: true,
    scale: 'Standard deviation of the noise added to every value, on pixels in [0, 1].',
    describe: standardDeviation,
  },
  {
    kind: 'laplace',
    title: 'Laplace',
    random: true,
    scale:
      'Standard deviation of the noise added to every value, on pixels in [0, 1]; its tails are heavier.',
    describe: standardDeviation,
  },
  {
    kind: 'uniform',
    title: 'Uniform',
    random: true,
    scale:
      'Standard deviation of the noise added to every value, on pixels in [0, 1]; it never exceeds √3 times that.',
    describe: standardDeviation,
  },
  {
    kind: 'salt-and-pepper',
    title: 'Salt and pepper',
    random: true,
    scale: 'Part of the pixels turned black or white, half and half.',
    describe: (scale) => `${round(100 * Math.min(scale, 1))} % of the pixels`,
  },
  {
    kind: 'blur',
    title: 'Blur',
    random: false,
    scale: 'Width of a Gaussian blur: its standard deviation grows to a twentieth of the longer side.',
    describe: (scale, picture) => `standard deviation ${round(blurWidth(scale, picture))} px`,
  },
  {
    kind: 'pixelation',
    title: 'Pixelation',
    random: false,
    scale: 'Side of the blocks, each filled with its mean colour; grows to an eighth of the longer side.',
    describe: (scale, picture) => `blocks of ${blockSide(scale, picture)} px`,
  },
  {
    kind: 'jpeg',
    title: 'JPEG',
    random: false,
    scale: 'Compression: quality falls from 100 to 1.',
    describe: (scale) => `quality ${jpegQuality(scale)}`,
  },
];

const CORRUPTIONS: readonly (readonly [CorruptionKind, title: string, random: boolean, what: string])[] = [
  ['gaussian-noise', 'Gaussian noise', true, 'A sensor in bad light'],
  ['shot-noise', 'Shot noise', true, 'Too little light: each value is a count of photons'],
  ['impulse-noise', 'Impulse noise', true, 'Bits that flip: single colours turned on or off'],
  ['defocus-blur', 'Defocus blur', false, 'A lens out of focus'],
  ['glass-blur', 'Glass blur', true, 'Frosted glass: pixels change places with neighbours'],
  ['motion-blur', 'Motion blur', true, 'A camera that moves, in a direction drawn at random'],
  ['zoom-blur', 'Zoom blur', false, 'A camera that comes nearer'],
  ['snow', 'Snow', true, 'Flakes that fall, and a bleached picture'],
  ['frost', 'Frost', true, 'Ice on the lens; drawn here, where the authors use photographs of frost'],
  ['fog', 'Fog', true, 'Fog of uneven thickness'],
  ['brightness', 'Brightness', false, 'Too bright'],
  ['contrast', 'Contrast', false, 'Too flat'],
  ['elastic', 'Elastic', true, 'A picture that is stretched unevenly; boxes stay where they were'],
  ['pixelate', 'Pixelate', false, 'Too few pixels'],
  ['jpeg-compression', 'JPEG compression', false, 'Too few bytes'],
];

const PIXELS =
  ' Its lengths are in pixels, published for pictures of 224: on a larger picture it looks finer.';
/** How a corruption that was set for pictures of 224 pixels is scaled to others. */
const SIZES: Partial<Record<CorruptionKind, string>> = {
  'defocus-blur': PIXELS,
  'glass-blur': PIXELS,
  'motion-blur': PIXELS,
  snow: PIXELS,
  elastic: PIXELS,
  fog: ' It grows with the picture.',
  frost: ' It grows with the picture.',
};

/** Every way to disturb a picture: those with a strength of their own, then the fifteen of ImageNet-C with five severities. */
export const NOISE_KINDS: readonly NoiseInfo[] = [
  ...SCALED_KINDS,
  ...CORRUPTIONS.map(
    ([kind, title, random, what]): NoiseInfo => ({
      ...{ kind, random, title: `${title} (ImageNet-C)` },
      scale: `${what}. One of the fifteen corruptions of ImageNet-C, with its five severities.${SIZES[kind] ?? ''}`,
      describe: (scale) => (scale === 0 ? 'severity 0: none' : `severity ${severityOf(scale)} of 5`),
    }),
  ),
];

/** Whether a kind has five severities, and not a strength. */
export const isCorruption = (kind: NoiseKind): kind is CorruptionKind =>
  CORRUPTIONS.some(([corruption]) => corruption === kind);

export interface Disturbance {
  readonly kind: NoiseKind;
  /** 0 … 1. For Gaussian, Laplace and uniform noise larger values work too. */
  readonly scale: number;
  /** Ignored by the kinds that draw nothing. */
  readonly seed: number;
}

/**
 * Applies any kind of noise. Keeps the noise it drew, so that moving the scale does not draw again: the same seed at
 * another scale is the same noise, more or less of it.
 */
export class PixelNoise {
  private readonly fields: NoiseFields;

  /** @param seeded a fresh stream for a seed: the same seed must give the same stream */
  constructor(private readonly seeded: (seed: number) => RandomSource) {
    this.fields = new NoiseFields(seeded);
  }

  /** The disturbed picture; the one given is not changed. */
  apply(image: PixelImage, { kind, scale, seed }: Disturbance): PixelImage {
    checkScale(scale);
    if (scale === 0) return { ...image, data: image.data.slice() };
    switch (kind) {
      case 'gaussian':
      case 'laplace':
      case 'uniform':
        return addNoise(image, this.fields.get(kind, seed, image.data.length), scale);
      case 'salt-and-pepper':
        return saltAndPepper(image, this.fields.get('ranks', seed, image.width * image.height), scale);
      case 'blur':
        return blur(image, blurWidth(scale, image));
      case 'pixelation':
        return pixelate(image, blockSide(scale, image));
      case 'jpeg':
        return jpeg(image, jpegQuality(scale));
      default:
        return corrupt(kind, image, severityOf(scale), this.seeded(seed));
    }
  }

  /** Forgets the noise drawn so far. */
  clear(): void {
    this.fields.clear();
  }
}
