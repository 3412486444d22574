/** One picture, disturbed and searched: the noise slider's experiment. */
import * as z from 'zod';
import { type Detection, NOISE_KINDS, type NoiseKind } from '@/lib/detection';
import type { Experiment } from '@/lib/runtime/experiment';
import { chosenDetector, detectorParams } from '@/lib/vision/chosen-detector';
import { pixelNoise, type RgbaPicture, toPixelImage, toRgba } from '@/lib/vision/pictures';

const kinds = NOISE_KINDS.map(({ kind }) => kind) as [NoiseKind, ...NoiseKind[]];

const params = z.object({
  /** Content key of a picture sent ahead. */
  picture: z.string(),
  noiseKind: z.enum(kinds),
  /** Standard deviation of the noise, on pixels in [0, 1]. */
  noise: z.number().min(0).max(1),
  seed: z.number().int().min(0),
  /** Detections of this score or less are not shown. */
  confidence: z.number().min(0.01).max(0.99),
  /** Counts what is found without the noise too: of a picture that stands still. */
  counts: z.boolean().optional(),
  ...detectorParams,
});

export type DetectParams = z.output<typeof params>;

export interface DetectResult {
  picture: RgbaPicture;
  detections: Detection[];
  count: number;
  /** How many are found without the noise; null where that was not looked at. */
  cleanCount: number | null;
  /** Null if nothing was found. */
  meanConfidence: number | null;
  /** Milliseconds of noise, and of the network with what comes before and after it. */
  noiseMs: number;
  detectMs: number;
  detector: string;
  /** Side of the square that the network saw, in pixels. */
  inputSize: number;
}

/** A second look that takes longer than this is not worth the wait before the first boxes. */
const QUICK_MS = 400;
/** The last picture that was looked at without noise, with its detector. */
let clean: { key: string; count: number } | null = null;

export const detect: Experiment<DetectParams, never, DetectResult> = {
  id: 'detect',
  needs: 'tensors',
  params,
  async run({ picture, noiseKind, noise, seed, confidence, counts = false, ...which }, context) {
    const source = toPixelImage(context.input<RgbaPicture>(picture));
    const detector = await chosenDetector(which, context);
    context.describe({ noise: 'seeded', seed, dataset: 'one picture' });
    const started = performance.now();
    const noisy = pixelNoise.apply(source, { kind: noiseKind, scale: noise, seed });
    const disturbed = performance.now();
    // Without the signal: a look that was begun is worth showing, whatever the slider did meanwhile.
    context.signal.throwIfAborted();
    const detections = await detector.detect(noisy, { confidence });
    const found = performance.now();
    const key = JSON.stringify([picture, confidence, which]);
    if (counts && clean?.key !== key) {
      if (noise === 0 && noiseKind === 'gaussian') clean = { key, count: detections.length };
      else if (found - disturbed < QUICK_MS)
        clean = { key, count: (await detector.detect(source, { confidence })).length };
    }
    const total = detections.reduce((sum, { score }) => sum + score, 0);
    return {
      picture: toRgba(noisy),
      detections,
      count: detections.length,
      cleanCount: counts && clean?.key === key ? clean.count : null,
      meanConfidence: detections.length === 0 ? null : total / detections.length,
      noiseMs: disturbed - started,
      detectMs: found - disturbed,
      detector: detector.title,
      inputSize: detector.inputSize,
    };
  },
};
