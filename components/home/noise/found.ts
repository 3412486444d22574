/** How many of the faces that are found without noise are found again. */
import type { Detection } from '@/lib/detection/detector';
import { compareDetections } from '@/lib/detection/metrics/match';
import { CLEAN } from './recorded';

export interface Found {
  /** One for each face of the clean picture. */
  faces: readonly boolean[];
  count: number;
}

export function foundAgain(detections: readonly Detection[]): Found {
  const { matches, truePositives } = compareDetections(detections, CLEAN);
  const again = new Set(matches.map(({ reference }) => reference));
  return { faces: CLEAN.map((_, index) => again.has(index)), count: truePositives };
}
