/**
 * Mean average precision by the rules of COCO's own evaluation (Lin et al. 2014, "Microsoft COCO: Common Objects in
 * Context"; pycocotools `COCOeval` for boxes, all areas, no crowds).
 */
import { iou } from '../boxes';
import type { Box } from '../detector';
import type { Reference } from './match';

/** Overlaps at which AP is averaged: 0.50, 0.55 … 0.95. */
export const IOU_THRESHOLDS = spaced(0.5, 0.95, 10);
/** Recalls at which precision is read: 0, 0.01 … 1. */
const RECALL_POINTS = spaced(0, 1, 101);
/** Best-scored detections of one class in one picture that count. */
const MAX_DETECTIONS = 100;

export interface ScoredBox {
  readonly box: Box;
  readonly score: number;
  readonly classId: number;
}

/** One picture: what was found and what is there. Boxes in pixels of that picture. */
export interface EvaluatedPicture {
  readonly predictions: readonly ScoredBox[];
  readonly groundTruth: readonly Reference[];
}

export interface ClassAccuracy {
  readonly classId: number;
  /** Labelled objects of this class in all pictures. */
  readonly groundTruth: number;
  readonly AP50: number;
  readonly AP75: number;
  readonly AP50_95: number;
}

export interface Accuracy {
  /** Means over the classes that have labels, 0 … 1; null if no picture has any label. */
  readonly mAP50: number | null;
  readonly mAP75: number | null;
  readonly mAP50_95: number | null;
  /** Classes with labels, in order of their number. */
  readonly perClass: readonly ClassAccuracy[];
}

/**
 * AP of each class and their mean. Give detections down to a very low score (0.001 is usual): AP is the area under the
 * whole precision–recall curve, and a confidence cut would shorten it.
 */
export function averagePrecision(pictures: readonly EvaluatedPicture[]): Accuracy {
  const labelled = new Set(pictures.flatMap((picture) => picture.groundTruth.map(({ classId }) => classId)));
  const perClass = [...labelled].sort((a, b) => a - b).map((classId) => classAccuracy(pictures, classId));
  const mean = (pick: (accuracy: ClassAccuracy) => number) =>
    perClass.length === 0 ? null : average(perClass.map(pick));
  return {
    mAP50: mean(({ AP50 }) => AP50),
    mAP75: mean(({ AP75 }) => AP75),
    mAP50_95: mean(({ AP50_95 }) => AP50_95),
    perClass,
  };
}

/**
 * AP of one class at one overlap: all of them together for each of ten overlaps take ten times as long.
 * @param threshold overlap from which a detection has found its object
 * @returns 0 … 1; null if no picture has a label of that class
 */
export function classPrecision(
  pictures: readonly EvaluatedPicture[],
  classId: number,
  threshold = IOU_THRESHOLDS[0]!,
): number | null {
  const objects = countOf(pictures, classId);
  if (objects === 0) return null;
  return precisionAt(
    pictures.map((picture) => rank(picture, classId)),
    threshold,
    objects,
  );
}

function classAccuracy(pictures: readonly EvaluatedPicture[], classId: number): ClassAccuracy {
  const groundTruth = countOf(pictures, classId);
  const ranked = pictures.map((picture) => rank(picture, classId));
  const perThreshold = IOU_THRESHOLDS.map((threshold) => precisionAt(ranked, threshold, groundTruth));
  return {
    classId,
    groundTruth,
    AP50: perThreshold[0]!,
    AP75: perThreshold[5]!,
    AP50_95: average(perThreshold),
  };
}

/** Labelled objects of a class in all pictures. */
const countOf = (pictures: readonly EvaluatedPicture[], classId: number): number =>
  pictures.reduce(
    (sum, { groundTruth }) => sum + groundTruth.filter((object) => object.classId === classId).length,
    0,
  );

/** @param objects that could be found */
function precisionAt(ranked: readonly RankedPicture[], threshold: number, objects: number): number {
  // All pictures' detections in one list, best first; equal scores stay in picture order.
  const pooled = ranked.flatMap((picture) => matchAt(picture, threshold)).sort((a, b) => b.score - a.score);
  return areaUnderCurve(
    pooled.map(({ matched }) => matched),
    objects,
  );
}

interface RankedPicture {
  /** Best first. */
  readonly scores: readonly number[];
  /** Overlap of each detection with each labelled object. */
  readonly overlaps: readonly (readonly number[])[];
}

/** The class's detections in one picture, best first, with their overlaps: the same for every threshold. */
function rank({ predictions, groundTruth }: EvaluatedPicture, classId: number): RankedPicture {
  const objects = groundTruth.filter((object) => object.classId === classId);
  const best = predictions
    .filter((prediction) => prediction.classId === classId)
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_DETECTIONS);
  return {
    scores: best.map(({ score }) => score),
    overlaps: best.map((prediction) => objects.map((object) => iou(prediction.box, object.box))),
  };
}

/** Each detection in turn takes the free object it overlaps most, if by at least the threshold. */
function matchAt({ scores, overlaps }: RankedPicture, threshold: number) {
  const taken = new Set<number>();
  return scores.map((score, detection) => {
    // An overlap of just the threshold is enough, and of equal overlaps the later object wins: COCO's rules.
    let best = threshold;
    let object = -1;
    for (const [index, overlap] of overlaps[detection]!.entries()) {
      if (taken.has(index) || overlap < best) continue;
      best = overlap;
      object = index;
    }
    if (object >= 0) taken.add(object);
    return { score, matched: object >= 0 };
  });
}

/**
 * Area under the precision–recall curve, read at 101 recalls, after making precision fall with recall.
 * @param matched for each detection, best first, whether it found an object
 */
function areaUnderCurve(matched: readonly boolean[], objects: number): number {
  let hits = 0;
  const recall: number[] = [];
  const precision: number[] = [];
  for (const [index, hit] of matched.entries()) {
    if (hit) hits++;
    recall.push(hits / objects);
    precision.push(hits / (index + 1));
  }
  for (let i = precision.length - 2; i >= 0; i--) precision[i] = Math.max(precision[i]!, precision[i + 1]!);
  let at = 0;
  let area = 0;
  for (const wanted of RECALL_POINTS) {
    while (at < recall.length && recall[at]! < wanted) at++;
    area += precision[at] ?? 0; // recall never reached: precision 0
  }
  return area / RECALL_POINTS.length;
}

/** Evenly spaced numbers, computed as NumPy's linspace does, so that comparisons on the very edge agree. */
function spaced(first: number, last: number, count: number): readonly number[] {
  const step = (last - first) / (count - 1);
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? last : i * step + first));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
