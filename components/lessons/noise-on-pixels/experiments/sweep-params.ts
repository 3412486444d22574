/** What a sweep over the noise is told, over one picture or a whole set. */
import * as z from 'zod';
import { NOISE_KINDS, type NoiseKind } from '@/lib/detection/noise';
import { detectorParams } from '@/lib/vision/chosen-detector';

export const sweepParams = {
  noiseKind: z.enum(NOISE_KINDS.map(({ kind }) => kind) as [NoiseKind, ...NoiseKind[]]),
  confidence: z.number().min(0.01).max(0.99),
  /** First of the noise seeds; the others follow it. */
  seed: z.number().int().min(0),
  /** Draws of the noise at each scale. */
  draws: z.number().int().min(1).max(20),
  maxNoise: z.number().min(0.05).max(1),
  /** Scales from 0 to `maxNoise`. */
  points: z.number().int().min(2).max(41),
  ...detectorParams,
};
