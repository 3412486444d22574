import { findings } from '@/lib/notebook/own/findings';
import type { Lesson } from '../lesson';
import type { AccuracySweepResult } from './experiments/accuracy-sweep';
import type { DetectResult } from './experiments/detect';
import type { HideDetectedResult } from './experiments/hide-detected';
import type { NoiseSweepResult } from './experiments/noise-sweep';
import type { PixelEpsilonResult } from './experiments/pixel-epsilon';

export const lesson: Lesson = {
  slug: 'noise-on-pixels',
  title: 'Noise on pixels',
  summary:
    'Disturb a detector’s pictures, measure what it loses, ask what ε that is, and learn why it is no guarantee.',
  minutes: 30,
  needs: 'Runs anywhere; a GPU makes it smoother',
  downloadMegabytes: 3.9,
  cells: [
    {
      id: 'detect',
      title: 'Noise, and what a detector still sees',
      summary: 'Add noise to a picture and watch a detector lose its boxes.',
      load: async () => (await import('#cells/noise-on-pixels/detect')).DetectCell,
      findings: findings<DetectResult>(
        ['boxes', (r) => r.count],
        ['mean confidence', (r) => r.meanConfidence],
        ['detection, ms', (r) => r.detectMs],
        ['noise, ms', (r) => r.noiseMs],
      ),
    },
    {
      id: 'noise-sweep',
      title: 'From clear to blind',
      summary: 'Sweep the noise from none to plenty and chart what the detector still finds.',
      load: async () => (await import('#cells/noise-on-pixels/noise-sweep')).NoiseSweepCell,
      findings: findings<NoiseSweepResult>(
        ['boxes without noise', (r) => r.cleanCount],
        ['boxes at the most noise', (r) => r.summary.at(-1)?.count],
        ['recall at the most noise', (r) => r.summary.at(-1)?.recall],
        ['precision at the most noise', (r) => r.summary.at(-1)?.precision],
        ['confidence at the most noise, lost boxes as 0', (r) => r.summary.at(-1)?.referenceConfidence],
      ),
    },
    {
      id: 'accuracy',
      title: 'Accuracy under noise',
      summary: 'Measure precision, recall and average precision on labelled pictures as noise grows.',
      load: async () => (await import('#cells/noise-on-pixels/accuracy')).AccuracyCell,
      findings: findings<AccuracySweepResult>(
        ['mAP50 at the least noise', (r) => r.points[0]?.mAP50],
        ['mAP50 at the most noise', (r) => r.points.at(-1)?.mAP50],
        ['recall at the most noise', (r) => r.points.at(-1)?.recall],
        ['precision at the most noise', (r) => r.points.at(-1)?.precision],
      ),
    },
    {
      id: 'not-dp',
      title: 'What ε is this?',
      summary: 'Ask what ε noise on pixels really is, and compare it with pixelation that has a guarantee.',
      load: async () => (await import('#cells/noise-on-pixels/not-dp')).NotDpCell,
      findings: findings<PixelEpsilonResult>(
        ['noise on each pixel in colour for the ε of DP-Pix', (r) => r.sameDeviation],
        ['noise on each pixel in grey for the ε of DP-Pix', (r) => r.greyDeviation],
        ['noise on a block’s mean, grey levels', (r) => r.blockScale],
      ),
    },
    {
      id: 'anonymise',
      title: 'Private by design: a picture without the people',
      summary: 'Cover the faces or people that a detector finds, and download the picture.',
      load: async () => (await import('#cells/noise-on-pixels/anonymise')).AnonymiseCell,
      findings: findings<HideDetectedResult>(['covered', (r) => r.hidden.length]),
    },
  ],
};
