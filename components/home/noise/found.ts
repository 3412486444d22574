/** Which of the faces on the picture a look has found. */
import type { Detection } from '@/lib/detection/detector';
import { compareDetections } from '@/lib/detection/metrics/match';
import { FACES } from './recorded';

export interface Found {
  /** One for each face. */
  faces: readonly boolean[];
  count: number;
}

const WANTED = FACES.map((box) => ({ box, classId: 0 }));

/** A face is found by a box that overlaps the one drawn by eye by half (IoU 0.5, as in PASCAL VOC). */
export function facesFound(detections: readonly Detection[]): Found {
  const { matches, truePositives } = compareDetections(detections, WANTED);
  const found = new Set(matches.map(({ reference }) => reference));
  return { faces: FACES.map((_, index) => found.has(index)), count: truePositives };
}
