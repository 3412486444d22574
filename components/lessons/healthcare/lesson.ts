import { CLASSIFIER_FINDINGS } from '@/components/training/tumours/findings';
import { findings } from '@/lib/notebook/own/findings';
import type { Lesson } from '../lesson';
import type { HospitalResult } from './experiments/hospitals';
import type { MemoryResult } from './experiments/memory';
import type { SubgroupResult } from './experiments/subgroups';

export const lesson: Lesson = {
  slug: 'healthcare',
  title: 'Healthcare',
  summary:
    'Judge 569 real tumours privately and plainly, see which patients pay for privacy, and whether hospitals should pool their data.',
  minutes: 35,
  needs: 'Runs anywhere',
  downloadMegabytes: 0.1,
  cells: [
    {
      id: 'classify',
      title: 'Benign or malignant?',
      summary: 'Judge 569 real tumours by models that are trained anew whenever you move ε.',
      load: async () => (await import('#cells/healthcare/classify')).ClassifyCell,
      findings: CLASSIFIER_FINDINGS,
    },
    {
      id: 'subgroups',
      title: 'Who pays for it?',
      summary: 'Compare the errors of private and plain models group by group.',
      load: async () => (await import('#cells/healthcare/subgroups')).SubgroupsCell,
      findings: findings<SubgroupResult>(
        ['error, private', (r) => r.overall?.private?.mean],
        ['error, plain', (r) => r.overall?.plain?.mean],
        ['patients of the small group in training', (r) => r.left],
      ),
    },
    {
      id: 'hospitals',
      title: 'Three hospitals',
      summary: 'See what each of three hospitals gains from pooling its data privately.',
      load: async () => (await import('#cells/healthcare/hospitals')).HospitalsCell,
      findings: findings<HospitalResult>(
        ['mean accuracy alone, plain', (r) => mean(r.hospitals.map((one) => one.accuracy.alone.mean))],
        [
          'mean accuracy alone, private',
          (r) => mean(r.hospitals.map((one) => one.accuracy.alonePrivate.mean)),
        ],
        ['mean accuracy pooled, plain', (r) => mean(r.hospitals.map((one) => one.accuracy.pooled.mean))],
        [
          'mean accuracy pooled, private',
          (r) => mean(r.hospitals.map((one) => one.accuracy.pooledPrivate.mean)),
        ],
      ),
    },
    {
      id: 'one-patient',
      title: 'One patient more or less',
      summary: 'Train with and without one patient, and see whether a model remembers.',
      load: async () => (await import('#cells/healthcare/one-patient')).OnePatientCell,
      findings: findings<MemoryResult>(
        ['guessed “in” or “not in” rightly', (r) => r.guessed],
        ['most that is possible', (r) => r.guessBound],
        ['plain model on the patient, with them', (r) => r.plain?.with],
        ['plain model on the patient, without', (r) => r.plain?.without],
        ['private model on the patient, with them', (r) => r.private?.with.mean],
        ['private model on the patient, without', (r) => r.private?.without.mean],
      ),
    },
    {
      id: 'release',
      title: 'Release a model in earnest',
      summary: 'Train once with cryptographic noise, charged to the ledger.',
      load: async () => (await import('#cells/healthcare/release')).ReleaseCell,
      findings: CLASSIFIER_FINDINGS,
    },
  ],
};

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
