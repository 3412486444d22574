/** What a classifier of tumours finds. */
import { findings } from '@/lib/notebook/own/findings';
import type { ClassifyResult } from './experiments/classify';

export const CLASSIFIER_FINDINGS = findings<ClassifyResult>(
  ['accuracy, private', (r) => r.private?.accuracy.mean],
  ['accuracy, plain', (r) => r.plain?.accuracy.mean],
  ['tumours missed, private', (r) => r.private?.missed],
  ['tumours missed, plain', (r) => r.plain?.missed],
  ['false alarms, private', (r) => r.private?.alarms],
  ['false alarms, plain', (r) => r.plain?.alarms],
  ['area under ROC, private', (r) => r.private?.auc.mean],
  ['area under ROC, plain', (r) => r.plain?.auc.mean],
  ['calibration error, private', (r) => r.private?.calibrationError],
  ['patients tested', (r) => r.tested],
);
