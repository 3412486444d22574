import { AUDIT_FINDINGS, sweepFindings } from '@/components/training/findings';
import { findings } from '@/lib/notebook/own/findings';
import type { Lesson } from '../lesson';
import type { DetectorNoiseResult } from './experiments/detector-noise';
import type { PipelineResult } from './experiments/pipeline';
import type { RareSymbolResult } from './experiments/rare-symbol';
import type { TrainDetectorResult } from './experiments/train-detector';

export const lesson: Lesson = {
  slug: 'a-privately-trained-detector',
  title: 'A privately trained detector',
  summary:
    'Train a small YOLO-style detector on the forms of 2,000 people, with and without privacy, and watch ε move the boxes.',
  minutes: 30,
  needs: 'Runs anywhere, in seconds on a laptop',
  downloadMegabytes: 11,
  cells: [
    {
      id: 'train-detector',
      title: 'Train a detector, twice',
      summary: 'Train a small detector on 2,000 forms, with and without privacy, and watch ε move its boxes.',
      load: async () =>
        (await import('#cells/a-privately-trained-detector/train-detector')).TrainDetectorCell,
      poster: async () => (await import('#posters/a-privately-trained-detector/train-detector')).poster,
      findings: findings<TrainDetectorResult>(
        ['mAP50, private', (r) => r.last?.privateMAP50],
        ['mAP50, plain', (r) => r.last?.plainMAP50],
        ['ε of the run', (r) => r.epsilon],
        ['loss, private', (r) => r.last?.privateLoss],
        ['loss, plain', (r) => r.last?.plainLoss],
        ['gradients clipped, share of the last lot', (r) => r.last?.clippedFraction],
        ['weights that learn', (r) => r.parameters],
      ),
    },
    {
      id: 'pipeline',
      title: 'What a pipeline does to ε',
      summary: 'Switch on the habits of detection code, and see what the ε that it prints is really worth.',
      load: async () => (await import('#cells/a-privately-trained-detector/pipeline')).PipelineCell,
      findings: findings<PipelineResult>(
        ['ε printed', (r) => r.printed],
        ['ε it is worth, for somebody in the training pictures', (r) => r.training],
      ),
    },
    {
      id: 'sweep-detector',
      title: 'mAP50 against ε',
      summary: 'Train the detector at many ε, several times each, and draw what privacy costs it.',
      load: async () =>
        (await import('#cells/a-privately-trained-detector/sweep-detector')).SweepDetectorCell,
      poster: async () => (await import('#posters/a-privately-trained-detector/train-detector')).poster,
      findings: sweepFindings('mAP50'),
    },
    {
      id: 'audit-detector',
      title: 'Audit your own detector',
      summary: 'Train the head once more with canaries, and see how much of the claimed ε can be proven.',
      load: async () =>
        (await import('#cells/a-privately-trained-detector/audit-detector')).AuditDetectorCell,
      findings: AUDIT_FINDINGS,
    },
    {
      id: 'rare-symbol',
      title: 'The rare symbol',
      summary: 'Train with and without the one person who drew a symbol, and see which models know it.',
      load: async () => (await import('#cells/a-privately-trained-detector/rare-symbol')).RareSymbolCell,
      poster: async () => (await import('#posters/a-privately-trained-detector/rare-symbol')).poster,
      findings: findings<RareSymbolResult>(
        ['score on the person’s form, plain, trained with them', (r) => r.last?.heads.plainWith.score],
        ['score, plain, without them', (r) => r.last?.heads.plainWithout.score],
        ['score, private, with them', (r) => r.last?.heads.privateWith.score],
        ['score, private, without them', (r) => r.last?.heads.privateWithout.score],
        ['ε of each private head', (r) => r.last?.epsilon],
      ),
    },
    {
      id: 'detector-noise',
      title: 'Noise on what they look at',
      summary: 'Open a detector that you trained, and add noise to what it looks at.',
      load: async () =>
        (await import('#cells/a-privately-trained-detector/detector-noise')).DetectorNoiseCell,
      findings: findings<DetectorNoiseResult>(
        ['mAP50 of the first detector', (r) => r.models[0]?.mAP50],
        ['mAP50 of the second', (r) => r.models[1]?.mAP50],
        ['scenes judged', (r) => r.count],
      ),
    },
  ],
};
