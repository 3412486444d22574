/** A picture without the people in it: what a detector finds is covered. */
import * as z from 'zod';
import { anonymise, type Detection, type HidingMethod } from '@/lib/detection';
import type { Experiment } from '@/lib/runtime/experiment';
import { chosenDetector, detectorParams } from '@/lib/vision/chosen-detector';
import { type RgbaPicture, toPixelImage, toRgba } from '@/lib/vision/pictures';

const METHODS = ['fill', 'pixelate', 'blur'] as const satisfies readonly HidingMethod[];

const params = z.object({
  /** Content key of a picture sent ahead. */
  picture: z.string(),
  confidence: z.number().min(0.01).max(0.99),
  method: z.enum(METHODS),
  /** Each box is widened on every side by this part of its size. */
  margin: z.number().min(0).max(1),
  /** Blocks across a pixelated box; a blur is as wide as such a block. */
  blocks: z.number().int().min(1).max(40),
  ...detectorParams,
});

export type HideDetectedParams = z.output<typeof params>;

export interface HideDetectedResult {
  picture: RgbaPicture;
  hidden: Detection[];
  detector: string;
}

export const hideDetected: Experiment<HideDetectedParams, never, HideDetectedResult> = {
  id: 'hide-detected',
  needs: 'tensors',
  params,
  async run({ picture, confidence, method, margin, blocks, ...which }, context) {
    const image = toPixelImage(context.input<RgbaPicture>(picture));
    const detector = await chosenDetector(which, context);
    context.describe({ noise: 'none', dataset: 'one picture' });
    // Without the signal: a look that was begun is worth showing, whatever the slider did meanwhile.
    context.signal.throwIfAborted();
    const hidden = await detector.detect(image, { confidence });
    const boxes = hidden.map(({ box }) => box);
    return {
      picture: toRgba(anonymise(image, boxes, { method, margin, blocks, blur: 1 / blocks })),
      hidden,
      detector: detector.title,
    };
  },
};
