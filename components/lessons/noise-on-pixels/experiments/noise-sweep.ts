/** The whole curve behind the noise slider: what is still found, at every scale, for several draws of the noise. */
import * as z from 'zod';
import { type SweepPoint, type SweepSummary, summarise, sweep } from '@/lib/detection';
import type { Experiment } from '@/lib/runtime/experiment';
import { chosenDetector } from '@/lib/vision/chosen-detector';
import { pixelNoise, type RgbaPicture, toPixelImage } from '@/lib/vision/pictures';
import { sweepParams } from './sweep-params';

const params = z.object({
  picture: z.string(),
  ...sweepParams,
});

export type NoiseSweepParams = z.output<typeof params>;

export interface NoiseSweepUpdate {
  scale: number;
  seed: number;
  count: number;
  /** Of the boxes of the clean picture; a lost one counts as 0. */
  referenceConfidence: number | null;
  precision: number | null;
  recall: number | null;
}

export interface NoiseSweepResult {
  points: NoiseSweepUpdate[];
  summary: SweepSummary[];
  /** Boxes in the clean picture, the yardstick of recall and precision. */
  cleanCount: number;
}

const facts = ({
  scale,
  seed,
  count,
  referenceConfidence,
  precision,
  recall,
}: SweepPoint): NoiseSweepUpdate => ({
  scale,
  seed,
  count,
  referenceConfidence,
  precision,
  recall,
});

export const noiseSweep: Experiment<NoiseSweepParams, NoiseSweepUpdate, NoiseSweepResult> = {
  id: 'noise-sweep',
  needs: 'tensors',
  params,
  async run({ picture, noiseKind, confidence, seed, draws, maxNoise, points, ...which }, context) {
    const { signal, report, describe } = context;
    const image = toPixelImage(context.input<RgbaPicture>(picture));
    const detector = await chosenDetector(which, context);
    describe({ noise: 'seeded', seed, dataset: 'one picture, against its own clean detections' });
    const kind = noiseKind;
    const scales = Array.from({ length: points }, (_, i) =>
      Number(((maxNoise * i) / (points - 1)).toFixed(4)),
    );
    const seeds = Array.from({ length: draws }, (_, i) => seed + i);
    const references = await detector.detect(image, { confidence, signal });
    const all: SweepPoint[] = [];
    report({ phase: 'run', step: 0, total: points * draws, label: 'Sweeping the noise' });
    for await (const point of sweep({
      detector,
      image,
      scales,
      seeds,
      references,
      confidence,
      signal,
      disturb: (clean, scale, drawSeed) => pixelNoise.apply(clean, { kind, scale, seed: drawSeed }),
    })) {
      all.push(point);
      report({
        phase: 'run',
        step: point.done,
        total: point.total,
        label: 'Sweeping the noise',
        update: facts(point),
      });
    }
    return { points: all.map(facts), summary: summarise(all), cleanCount: references.length };
  },
};
