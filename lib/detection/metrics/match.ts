/** Compares the detections of a disturbed picture with those of the clean one, or with labels. */
import { iou } from '../boxes';
import type { Box, Detection } from '../detector';

/** A box that should be found. */
export interface Reference {
  readonly box: Box;
  readonly classId: number;
}

export interface Match {
  readonly detection: Detection;
  /** The reference it found, or null for a false alarm. */
  readonly reference: number | null;
  /** Overlap with that reference, or with the best one of its class; 0 if there is none. */
  readonly iou: number;
}

export interface Agreement {
  /** Detections in all. */
  readonly count: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  /** References nobody found. */
  readonly falseNegatives: number;
  /** Part of the detections that are right, 0 … 1; null if there are none (0 / 0). */
  readonly precision: number | null;
  /** Part of the references that were found, 0 … 1; null if there are none. */
  readonly recall: number | null;
  /** Mean score of the detections; null if there are none. */
  readonly meanConfidence: number | null;
  /**
   * Mean over the *references* of the score with which each was found, 0 where it was lost; null if there are none. The mean over the
   * detections rises when weak boxes are lost, since only the sure ones are left to be averaged; this one cannot rise by a loss.
   */
  readonly referenceConfidence: number | null;
  /** One a detection, best score first. */
  readonly matches: readonly Match[];
}

/**
 * Greedy matching, as in PASCAL VOC and COCO: detections by falling score each take the still free reference of their
 * class that they overlap most, if by at least `threshold`.
 */
export function compareDetections(
  detections: readonly Detection[],
  references: readonly Reference[],
  threshold = 0.5,
): Agreement {
  const taken = new Array<boolean>(references.length).fill(false);
  const matches = [...detections]
    .sort((a, b) => b.score - a.score)
    .map((detection): Match => {
      let best = 0;
      let bestFree = 0;
      let reference: number | null = null;
      for (const [index, { box, classId }] of references.entries()) {
        if (classId !== detection.classId) continue;
        const overlap = iou(detection.box, box);
        best = Math.max(best, overlap);
        if (taken[index] || overlap < threshold || overlap <= bestFree) continue;
        bestFree = overlap;
        reference = index;
      }
      if (reference !== null) taken[reference] = true;
      return { detection, reference, iou: reference === null ? best : bestFree };
    });

  const count = detections.length;
  const truePositives = matches.filter((match) => match.reference !== null).length;
  const scores = detections.reduce((sum, { score }) => sum + score, 0);
  const foundScores = matches.reduce(
    (sum, { reference, detection }) => sum + (reference === null ? 0 : detection.score),
    0,
  );
  return {
    count,
    truePositives,
    falsePositives: count - truePositives,
    falseNegatives: references.length - truePositives,
    precision: count === 0 ? null : truePositives / count,
    recall: references.length === 0 ? null : truePositives / references.length,
    meanConfidence: count === 0 ? null : scores / count,
    referenceConfidence: references.length === 0 ? null : foundScores / references.length,
    matches,
  };
}
