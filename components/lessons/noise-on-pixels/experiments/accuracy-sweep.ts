/** Precision, recall and average precision on a whole set of pictures, as noise grows. */
import { z } from 'zod';
import { type PixelImage, parseYoloLabels, type SetPicture, type SetPoint, sweepSet } from '@/lib/detection';
import type { Experiment } from '@/lib/runtime/experiment';
import { chosenDetector } from '@/lib/vision/chosen-detector';
import { pixelNoise, type RgbaPicture, toPixelImage } from '@/lib/vision/pictures';
import { sweepParams } from './sweep-params';

const params = z.object({
  pictures: z
    .array(
      z.object({
        /** Content key of the picture, sent ahead. */
        key: z.string(),
        /** For messages. */
        name: z.string(),
        /** Content key of its labels, a text in YOLO's form, sent ahead; null for what is seen in the clean picture. */
        labels: z.string().nullable(),
      }),
    )
    .min(1)
    .max(200),
  /** For the provenance: "9 sample pictures, labels of ours". */
  dataset: z.string().max(200),
  ...sweepParams,
});

export type AccuracySweepParams = z.output<typeof params>;

export interface AccuracySweepResult {
  points: SetPoint[];
  detector: string;
}

/** Seeds of two pictures never meet: seeds on the page end at 999, and draws at 20. */
const SEED_STRIDE = 10_000;

export const accuracySweep: Experiment<AccuracySweepParams, SetPoint, AccuracySweepResult> = {
  id: 'accuracy-sweep',
  needs: 'tensors',
  params,
  async run(settings, context) {
    const {
      pictures,
      dataset,
      noiseKind: kind,
      confidence,
      seed,
      draws,
      maxNoise,
      points,
      ...which
    } = settings;
    const { signal, report, describe } = context;
    const detector = await chosenDetector(which, context);
    describe({ noise: 'seeded', seed, dataset });
    const counts = which.classes === null ? () => true : (id: number) => which.classes!.includes(id);
    const set = pictures.map(({ key, name, labels }): SetPicture => {
      const rgba = context.input<RgbaPicture>(key);
      const load = async (): Promise<PixelImage> => toPixelImage(rgba);
      if (labels === null) return { name, load };
      const references = parseYoloLabels(context.input<string>(labels), rgba, {
        classes: detector.classes.length,
        file: name,
      });
      return { name, load, labels: references.filter(({ classId }) => counts(classId)) };
    });
    const scales = Array.from({ length: points }, (_, i) =>
      Number(((maxNoise * i) / (points - 1)).toFixed(4)),
    );
    const all: SetPoint[] = [];
    const label = 'Looking at the set';
    for await (const point of sweepSet({
      ...{ detector, pictures: set, scales, confidence, signal },
      seeds: Array.from({ length: draws }, (_, i) => seed + i),
      disturb: (image, scale, drawSeed, index) =>
        pixelNoise.apply(image, { kind, scale, seed: drawSeed + SEED_STRIDE * index }),
      progress: (step, total) => report({ phase: 'run', step, total, label }),
    })) {
      all.push(point);
      const unlabelled = pictures.filter(({ labels }) => labels === null).length;
      const total = unlabelled + point.total * pictures.length;
      report({
        phase: 'run',
        step: unlabelled + point.done * pictures.length,
        total,
        label,
        update: point,
      });
    }
    return { points: all, detector: detector.title };
  },
};
