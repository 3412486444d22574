export {
  type Accuracy,
  averagePrecision,
  type ClassAccuracy,
  classPrecision,
  type EvaluatedPicture,
  IOU_THRESHOLDS,
  type ScoredBox,
} from './average-precision';
export { agreeOnClasses, type ClassAgreement } from './class-agreement';
export { formatYoloLabels, parseYoloLabels, withoutKeypoints } from './labels';
export { type Agreement, compareDetections, type Match, type Reference } from './match';
export {
  type ClassPoint,
  LOWEST_SCORE,
  type SetPicture,
  type SetPoint,
  type SetSweepOptions,
  sweepSet,
} from './set-sweep';
export { type SweepOptions, type SweepPoint, type SweepSummary, summarise, sweep } from './sweep';
export { type VanishingClass, vanishingOrder } from './vanishing';
