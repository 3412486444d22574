import { AUDIT_FINDINGS, sweepFindings } from '@/components/training/findings';
import { CLASSIFIER_FINDINGS } from '@/components/training/tumours/findings';
import { findings } from '@/lib/notebook/own/findings';
import type { Lesson } from '../lesson';
import type { OneStepResult } from './experiments/one-step';
import type { TrainMnistResult } from './experiments/train-mnist';

export const lesson: Lesson = {
  slug: 'training-with-dp-sgd',
  title: 'Training with DP-SGD',
  summary:
    'Train a network on 60,000 handwritten digits with a privacy guarantee, twice: with and without noise.',
  minutes: 30,
  needs: 'Runs anywhere, in seconds on a laptop',
  downloadMegabytes: 11,
  cells: [
    {
      id: 'train',
      title: 'Train privately, and plainly',
      summary:
        'Train on 60,000 handwritten digits, with and without differential privacy, at the ε you choose.',
      load: async () => (await import('#cells/training-with-dp-sgd/train')).TrainCell,
      poster: async () => (await import('#posters/training-with-dp-sgd/train')).poster,
      findings: findings<TrainMnistResult>(
        ['test accuracy, private', (r) => r.last?.privateAccuracy],
        ['test accuracy, plain', (r) => r.last?.plainAccuracy],
        ['ε of the run', (r) => r.epsilon],
        ['loss, private', (r) => r.last?.privateLoss],
        ['loss, plain', (r) => r.last?.plainLoss],
        ['gradients clipped, share of the last lot', (r) => r.last?.lot?.clippedFraction],
        ['clip C at the end', (r) => r.last?.maxGradNorm],
        ['right only privately, digits', (r) => r.last?.disagreements.privateOnly],
        ['right only plainly, digits', (r) => r.last?.disagreements.plainOnly],
        ['weights', (r) => r.parameters],
        ['ms a step', (r) => r.millisecondsPerStep],
      ),
    },
    {
      id: 'train-tumours',
      title: 'Train on 569 patients, while the slider moves',
      summary: 'Train on the measurements of 569 tumours, privately and plainly, anew at every move of ε.',
      load: async () => (await import('#cells/training-with-dp-sgd/train-tumours')).TrainTumoursCell,
      findings: CLASSIFIER_FINDINGS,
    },
    {
      id: 'one-step',
      title: 'One step, slowed down',
      summary: 'Follow a few digits through clip, sum, noise and update, number by number.',
      load: async () => (await import('#cells/training-with-dp-sgd/one-step')).OneStepCell,
      findings: findings<OneStepResult>(
        ['digits in the lot', (r) => r.lotSize],
        ['of these clipped', (r) => r.clipped],
        ['length of the sum', (r) => r.rawSumNorm],
        ['length after clipping', (r) => r.clippedSumNorm],
        ['length of the noise', (r) => r.noiseNorm],
        ['cosine to the plain direction', (r) => r.cosine],
        ['length of the change', (r) => r.changeNorm],
      ),
    },
    {
      id: 'audit-digits',
      title: 'Audit your own run',
      summary: 'Train once more with canaries, and see how much of the claimed ε an auditor can prove.',
      load: async () => (await import('#cells/training-with-dp-sgd/audit-digits')).AuditDigitsCell,
      findings: AUDIT_FINDINGS,
    },
    {
      id: 'sweep',
      title: 'Accuracy against ε',
      summary: 'Train at many ε, several times each, and draw what privacy costs beside published results.',
      load: async () => (await import('#cells/training-with-dp-sgd/sweep')).SweepCell,
      findings: sweepFindings('test accuracy'),
    },
  ],
};
