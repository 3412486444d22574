/** What code may start of this lesson. */
import type { ClassifyParams } from '@/components/training/tumours/experiments/classify';
import { type OpenExperiment, SEEDED } from '@/lib/sandbox/open-experiment';
import type { SubgroupParams } from './experiments/subgroups';

const tumourClassify: OpenExperiment<ClassifyParams> = {
  text: 'Judges 569 tumours, plainly and privately. The result’s plain and private: accuracy, sensitivity, specificity, each with mean and spread.',
  defaults: { ...SEEDED, epsilon: 1, threshold: 0.5, models: 'five' },
};

const tumourSubgroups: OpenExperiment<SubgroupParams> = {
  text: 'The errors of both models, group by group.',
  defaults: { epsilon: 1, border: 16, kept: 1, draws: 4, seed: 1 },
};

export const open = { 'tumour-classify': tumourClassify, 'tumour-subgroups': tumourSubgroups };
