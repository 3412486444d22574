/** Geometry of boxes `[x1, y1, x2, y2]`: overlap, clipping, suppression. */
import type { Box } from './detector';

/** Area of a box, 0 if it is inside out. */
export function area([x1, y1, x2, y2]: Box): number {
  return Math.max(0, x2 - x1) * Math.max(0, y2 - y1);
}

/**
 * Intersection over union of two boxes in the same picture, 0 … 1; 0 where the union is empty.
 * Continuous coordinates: no "+ 1" for pixels, as in COCO's own evaluation.
 */
export function iou(a: Box, b: Box): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (!(width > 0 && height > 0)) return 0;
  const intersection = width * height;
  return intersection / (area(a) + area(b) - intersection);
}

/** The part of a box that lies inside a picture. */
export function clip(box: Box, width: number, height: number): Box {
  const within = (value: number, limit: number) => Math.min(Math.max(value, 0), limit);
  return [within(box[0], width), within(box[1], height), within(box[2], width), within(box[3], height)];
}

interface Candidate {
  readonly box: Box;
  readonly score: number;
  readonly classId: number;
}

/**
 * Greedy non-maximum suppression: takes candidates by falling score (ties in the order given) and keeps each whose
 * overlap with every box kept so far *of its class* is at most `threshold`.
 * @param most ends once so many are kept: an untrained network at a low confidence has tens of thousands of candidates
 * @returns those kept, best first
 */
export function nonMaxSuppression<T extends Candidate>(
  candidates: readonly T[],
  threshold: number,
  most = Number.POSITIVE_INFINITY,
): T[] {
  const kept: T[] = [];
  const byScore = [...candidates].sort((a, b) => b.score - a.score);
  for (const candidate of byScore) {
    if (kept.length >= most) break;
    const covered = kept.some(
      (other) => other.classId === candidate.classId && iou(other.box, candidate.box) > threshold,
    );
    if (!covered) kept.push(candidate);
  }
  return kept;
}
